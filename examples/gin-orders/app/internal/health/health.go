// Package health watches the dependencies in the background and weighs what it sees.
//
// A probe reads the last results and never waits: a dependency that hangs makes the score fall, not the
// probe.
package health

import (
	"context"
	"errors"
	"sync"
	"time"

	"app/internal/logs"
	"app/internal/settings"
)

// Probe asks a dependency whether it works.
type Probe func(context.Context) error

var (
	errPending = errors.New("not checked yet")
	errStale   = errors.New("the last result is too old")
)

// Checks are all checks of the service with their last results.
type Checks struct {
	threshold float64
	checks    []*check
}

type check struct {
	settings.Check
	probe   Probe
	running chan error // the probe that is out, if one is; only ask touches it

	mu      sync.Mutex
	err     error
	latency time.Duration
	at      time.Time
}

// Result of one check, as the report says it.
type Result struct {
	Name      string  `json:"name"`
	Kind      string  `json:"kind"`
	Weight    float64 `json:"weight"`
	Required  bool    `json:"required"`
	Healthy   bool    `json:"healthy"`
	LatencyMS float64 `json:"latencyMs"`
	AgeMS     float64 `json:"ageMs"`
	Error     string  `json:"error,omitempty"`
}

// Report is the state of all checks at one moment.
type Report struct {
	Ready     bool     `json:"ready"`
	Score     float64  `json:"score"`
	Threshold float64  `json:"threshold"`
	Checks    []Result `json:"checks"`
}

// New makes the checks; nothing is checked before Start. The probes come in the order of the settings.
func New(health settings.Health, probes []Probe) *Checks {
	made := &Checks{threshold: health.Threshold}
	for i, each := range health.Checks {
		made.checks = append(made.checks, &check{Check: each, probe: probes[i], err: errPending})
	}
	return made
}

// Start checks everything once, and goes on in the background until the context ends.
func (c *Checks) Start(ctx context.Context) {
	var first sync.WaitGroup
	for _, each := range c.checks {
		first.Go(func() { each.ask(ctx) })
		go each.repeat(ctx, &first)
	}
	first.Wait()
}

func (c *check) repeat(ctx context.Context, first *sync.WaitGroup) {
	first.Wait()
	ticker := time.NewTicker(c.Interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			c.ask(ctx)
		}
	}
}

// ask waits for the probe as long as the check's time-out, even for a probe that does not heed its context.
// Of those only one is ever out: the next ask waits for the same one, and no goroutines pile up.
func (c *check) ask(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	began := time.Now()
	if c.running == nil {
		answer := make(chan error, 1)
		c.running = answer
		go func() { answer <- c.probe(ctx) }()
	}
	var err error
	select {
	case err = <-c.running:
		c.running = nil
	case <-ctx.Done():
		err = ctx.Err()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.err, c.at, c.latency = err, time.Now(), time.Since(began)
}

func (c *check) result(now time.Time) Result {
	c.mu.Lock()
	defer c.mu.Unlock()
	err := c.err
	result := Result{Name: c.Name, Kind: c.Kind, Weight: c.Weight, Required: c.Required}
	if !c.at.IsZero() {
		age := now.Sub(c.at)
		result.LatencyMS, result.AgeMS = milliseconds(c.latency), milliseconds(age)
		if err == nil && age > 2*(c.Interval+c.Timeout) {
			err = errStale
		}
	}
	result.Healthy = err == nil
	if err != nil {
		result.Error = logs.Redact(err.Error())
	}
	return result
}

// Report weighs the last results. Without any check the service is healthy.
func (c *Checks) Report() Report {
	now := time.Now()
	report := Report{Ready: true, Score: 100, Threshold: c.threshold, Checks: []Result{}}
	var passed, all float64
	for _, each := range c.checks {
		result := each.result(now)
		report.Checks = append(report.Checks, result)
		all += result.Weight
		if result.Healthy {
			passed += result.Weight
		} else if result.Required {
			report.Ready = false
		}
	}
	if all > 0 {
		report.Score = 100 * passed / all
	}
	// A third of a weight is no whole number; what adds up to the threshold must not miss it by rounding.
	report.Ready = report.Ready && report.Score >= c.threshold-1e-9
	return report
}

func milliseconds(duration time.Duration) float64 {
	return float64(duration.Microseconds()) / 1000
}
