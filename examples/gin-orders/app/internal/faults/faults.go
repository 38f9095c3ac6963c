// Package faults makes the service ill on demand, to show what heals it.
package faults

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"app/internal/store"
)

// Faults that are on.
type Faults struct {
	background context.Context
	pool       store.Store

	mu      sync.Mutex
	hang    chan struct{} // closed when the hang ends
	slow    time.Duration
	rate    float64
	leaked  [][]byte
	leaking context.CancelFunc
	held    []func()
	holding context.CancelFunc
}

// New has no fault on. Those that run in the background end with the context.
func New(background context.Context, pool store.Store) *Faults {
	return &Faults{background: background, pool: pool}
}

// Hang lets no request be answered any more, as a process whose threads wait for each other.
func (f *Faults) Hang() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.hang == nil {
		f.hang = make(chan struct{})
	}
}

// Slow adds a delay to every request.
func (f *Faults) Slow(delay time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.slow = delay
}

// Errors lets a share of the requests fail, from 0 to 1.
func (f *Faults) Errors(rate float64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rate = rate
}

// Leak takes so many MiB each second, and never gives them back.
func (f *Faults) Leak(mib int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.leaking != nil {
		return
	}
	ctx, cancel := context.WithCancel(f.background)
	f.leaking = cancel
	go func() {
		ticker := time.NewTicker(100 * time.Millisecond)
		defer ticker.Stop()
		for ctx.Err() == nil {
			block := make([]byte, mib<<20/10)
			for i := 0; i < len(block); i += 4096 {
				block[i] = 1 // memory counts when it is touched
			}
			f.mu.Lock()
			f.leaked = append(f.leaked, block)
			f.mu.Unlock()
			select {
			case <-ctx.Done():
			case <-ticker.C:
			}
		}
	}()
}

// Pool takes every connection to the database and keeps it.
func (f *Faults) Pool() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.holding != nil {
		return
	}
	ctx, cancel := context.WithCancel(f.background)
	f.holding = cancel
	for range f.pool.Stats().Max {
		go func() {
			if release, err := f.pool.Hold(ctx); err == nil {
				f.keep(ctx, release)
			}
		}()
	}
}

func (f *Faults) keep(ctx context.Context, release func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if ctx.Err() != nil {
		release()
		return
	}
	f.held = append(f.held, release)
}

// Crash ends the process as a bug would.
func (f *Faults) Crash() {
	go func() { panic("a crash was asked for") }()
}

// Heal ends every fault.
func (f *Faults) Heal() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.hang != nil {
		close(f.hang)
	}
	for _, cancel := range []context.CancelFunc{f.leaking, f.holding} {
		if cancel != nil {
			cancel()
		}
	}
	for _, release := range f.held {
		release()
	}
	f.hang, f.slow, f.rate, f.leaked, f.leaking, f.held, f.holding = nil, 0, 0, nil, nil, nil, nil
	slog.Info("faults are off")
}

// Before a request is handled: wait as the faults say, and whether the request is to fail. A probe is only
// ever hung: a slow service is alive.
func (f *Faults) Before(ctx context.Context, probe bool) (fail bool) {
	f.mu.Lock()
	hang, slow, rate := f.hang, f.slow, f.rate
	f.mu.Unlock()
	if hang != nil {
		select {
		case <-hang:
		case <-f.background.Done():
		}
	}
	if probe {
		return false
	}
	if slow > 0 {
		select {
		case <-time.After(slow):
		case <-ctx.Done():
		}
	}
	return rate > 0 && rand.Float64() < rate
}
