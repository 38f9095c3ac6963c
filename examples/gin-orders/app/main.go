// The service: reads its settings, connects, serves, and goes away without losing a request.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"app/internal/faults"
	"app/internal/health"
	"app/internal/logs"
	"app/internal/metrics"
	"app/internal/server"
	"app/internal/settings"
	"app/internal/store"
	"app/internal/web"
)

// closing is what closing the dependencies may take; the pod's grace period leaves it after the time-out.
const closing = 3 * time.Second

func main() {
	// Until the settings are known: an error in them is a line of JSON as well.
	slog.SetDefault(logs.New(os.Stdout, slog.LevelInfo))
	if err := run(); err != nil {
		slog.Error("ended with an error", "error", err)
		os.Exit(1)
	}
}

func run() error {
	// Both signals are caught from the first line on: one that comes early still ends the start in order.
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)

	phases := metrics.NewPhases()
	done := phases.Begin("config")
	config, err := settings.Load(os.Getenv)
	if err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	slog.SetDefault(logs.New(os.Stdout, config.LogLevel, config.Secrets()...))
	done()

	done = phases.Begin("pool")
	orders, err := store.Open(config)
	if err != nil {
		return fmt.Errorf("database (%s): %w", config.DatabaseEnv, err)
	}
	cache, err := store.OpenCache(config)
	if err != nil {
		return fmt.Errorf("cache (%s): %w", config.CacheEnv, err)
	}
	done()

	background, stop := context.WithCancel(context.Background())
	defer stop()
	checks := health.New(config.Health, health.Probes(config, orders, cache))
	state := &server.State{}
	registry := metrics.New(phases, checks, orders, cache)
	router := web.Router(web.App{
		Settings: config,
		Orders:   store.Cached{Store: orders, Cache: cache},
		Checks:   checks,
		State:    state,
		Metrics:  registry,
		Faults:   faults.New(background, orders),
	})
	servers, err := listen(config, state, router, registry)
	if err != nil {
		return err
	}
	slog.Info("listening", "port", config.Port, "metricsPort", config.MetricsPort, "database", orders.Kind())

	go start(background, phases, orders, checks, state)
	var failed error
	select {
	case failed = <-servers.Failed():
		config.Drain = 0 // who is not served now will not be served in a few seconds either
		slog.Error("shutting down", "error", failed)
	case sig := <-signals:
		slog.Info("shutting down", "signal", sig.String(), "drain", config.Drain.String(),
			"timeout", config.ShutdownTimeout.String())
	}
	go endAtOnce(signals)
	err = errors.Join(failed, servers.Shutdown(config.Drain, config.ShutdownTimeout))
	stop()
	closed, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	err = errors.Join(err, closeAll(closed, orders.Close, cache.Close))
	if err == nil {
		slog.Info("ended")
	}
	return err
}

// endAtOnce waits for a second signal, whose sender does not want to wait.
func endAtOnce(signals <-chan os.Signal) {
	sig := <-signals
	slog.Warn("second signal: ending at once", "signal", sig.String())
	code := 1
	if number, is := sig.(syscall.Signal); is {
		code = 128 + int(number) // as a shell says it of a process that a signal ended
	}
	os.Exit(code)
}

// listen opens the main port, and the port for metrics if it is another.
func listen(config settings.Settings, state *server.State, main, registry http.Handler) (*server.Group, error) {
	servers := server.NewGroup(state)
	if err := servers.Listen(config.Port, main); err != nil {
		return nil, err
	}
	if config.MetricsPort != config.Port {
		if err := servers.Listen(config.MetricsPort, web.MetricsRouter(config, registry)); err != nil {
			return nil, err
		}
	}
	return servers, nil
}

// start does what has to be done once. A database that is away delays readiness and not the start: a pod
// that restarts because of it would not bring it back.
func start(ctx context.Context, phases *metrics.Phases, orders store.Store, checks *health.Checks, state *server.State) {
	done := phases.Begin("migrations")
	err := orders.Migrate(ctx)
	done()
	done = phases.Begin("warm-up")
	checks.Start(ctx)
	done()
	state.Started.Store(true)
	slog.Info("started", "duration", phases.Total().String())
	for pause := time.Second; err != nil; pause = min(2*pause, 10*time.Second) {
		slog.Warn("migration failed, will be tried again", "error", err, "pause", pause.String())
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
			err = orders.Migrate(ctx)
		}
	}
	state.Migrated.Store(true)
}

// closeAll closes the dependencies; those that take longer than the context are left to the kernel.
func closeAll(ctx context.Context, closers ...func() error) error {
	closed := make(chan error, 1)
	go func() {
		var err error
		for _, each := range closers {
			err = errors.Join(err, each())
		}
		closed <- err
	}()
	select {
	case err := <-closed:
		return err
	case <-ctx.Done():
		slog.Warn("dependencies did not close in time")
		return nil
	}
}
