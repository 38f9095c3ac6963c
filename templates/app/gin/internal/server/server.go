// Package server serves on one or more ports, and stops without losing a request.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Limits of every connection.
const (
	maxHeaderBytes = 4 * 16 << 10 // four headers of 16 KB
	headerTimeout  = 10 * time.Second
	readTimeout    = 30 * time.Second // headers and body, so that a body that trickles in ends too
	writeTimeout   = 10 * time.Second
	keepAlive      = 65 * time.Second // longer than the 60 s of most proxies, which then close first
)

// State is how far the service has come; the probes read it.
type State struct {
	Started  atomic.Bool // all start-up phases are over
	Migrated atomic.Bool // the database has its tables
	Draining atomic.Bool // SIGTERM has come
}

// Group of servers that live and end together.
type Group struct {
	state     *State
	servers   []*http.Server
	listeners []net.Listener
	failed    chan error

	mu   sync.Mutex
	open map[net.Conn]struct{}
}

// NewGroup without a server.
func NewGroup(state *State) *Group {
	return &Group{state: state, failed: make(chan error, 1), open: map[net.Conn]struct{}{}}
}

// Failed says why a server ended by itself. A process that serves on some of its ports only is better gone.
func (g *Group) Failed() <-chan error { return g.failed }

// Listen on a port and serve.
func (g *Group) Listen(port int, handler http.Handler) error {
	listener, err := net.Listen("tcp", ":"+strconv.Itoa(port))
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	g.Serve(listener, handler)
	return nil
}

// Serve on a listener that is open already.
func (g *Group) Serve(listener net.Listener, handler http.Handler) {
	server := &http.Server{
		Handler:           g.closing(handler),
		MaxHeaderBytes:    maxHeaderBytes,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       keepAlive,
		ConnState:         g.track,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
	g.servers = append(g.servers, server)
	g.listeners = append(g.listeners, listener)
	go func() {
		err := server.Serve(listener)
		if g.state.Draining.Load() || errors.Is(err, http.ErrServerClosed) {
			return
		}
		select {
		case g.failed <- fmt.Errorf("serve %s: %w", listener.Addr(), err):
		default: // another server failed before
		}
	}()
}

// closing tells the client of every answer during a shutdown that this connection takes no other request.
func (g *Group) closing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := &closer{ResponseWriter: w, draining: &g.state.Draining}
		next.ServeHTTP(answer, r)
		if !answer.written {
			answer.WriteHeader(http.StatusOK)
		}
	})
}

// closer sets the header at the last moment: a request that began before SIGTERM may be answered after it.
type closer struct {
	http.ResponseWriter
	draining *atomic.Bool
	written  bool
}

func (c *closer) WriteHeader(status int) {
	if !c.written {
		c.written = status >= http.StatusOK
		if c.draining.Load() {
			c.Header().Set("Connection", "close")
		}
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *closer) Write(data []byte) (int, error) {
	if !c.written {
		c.WriteHeader(http.StatusOK)
	}
	return c.ResponseWriter.Write(data)
}

func (c *closer) Flush() {
	if !c.written {
		c.WriteHeader(http.StatusOK)
	}
	_ = http.NewResponseController(c.ResponseWriter).Flush()
}

// Unwrap lets http.ResponseController reach the connection.
func (c *closer) Unwrap() http.ResponseWriter { return c.ResponseWriter }

func (g *Group) track(connection net.Conn, state http.ConnState) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch state {
	case http.StateNew:
		g.open[connection] = struct{}{}
	case http.StateClosed, http.StateHijacked:
		delete(g.open, connection)
	}
}

func (g *Group) connections() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.open)
}

// Shutdown ends the servers: from now on readiness is 503 and every answer closes its connection.
//
//  1. For the time of drain new connections are taken as before.
//  2. The listeners close. Connections that are kept alive may bring one more request, whose answer closes
//     them: http.Server.Shutdown alone would close them at once, and lose a request that is on its way.
//     This takes a quarter of the time-out at most.
//  3. Requests in flight have the rest of the time-out.
func (g *Group) Shutdown(drain, timeout time.Duration) error {
	g.state.Draining.Store(true)
	time.Sleep(drain)
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	for _, listener := range g.listeners {
		_ = listener.Close()
	}
	for end := time.Now().Add(timeout / 4); g.connections() > 0 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	results := make(chan error, len(g.servers))
	for _, server := range g.servers {
		go func() { results <- server.Shutdown(ctx) }()
	}
	var failed error
	for range g.servers {
		// The listeners are closed already, which Shutdown reports and which is no failure.
		if err := <-results; err != nil && !errors.Is(err, net.ErrClosed) {
			failed = err
		}
	}
	if failed != nil {
		left := g.connections()
		for _, server := range g.servers {
			_ = server.Close()
		}
		return fmt.Errorf("%d connections were still busy after %s: %w", left, timeout, failed)
	}
	return nil
}
