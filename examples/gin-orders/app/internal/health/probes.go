package health

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"

	"app/internal/settings"
	"app/internal/store"
)

var errUnset = errors.New("its address is not set")

// Probes are those of the settings' checks, in their order.
func Probes(config settings.Settings, orders store.Store, cache *store.Cache) []Probe {
	probes := make([]Probe, 0, len(config.Health.Checks))
	for _, each := range config.Health.Checks {
		probes = append(probes, probe(each, config, orders, cache))
	}
	return probes
}

func probe(check settings.Check, config settings.Settings, orders store.Store, cache *store.Cache) Probe {
	switch check.Type {
	case "sqlite":
		return orders.Ping
	case "postgres":
		// Without an address the service runs on SQLite, and that is what is checked: it is the database.
		if check.Env == config.DatabaseEnv {
			return orders.Ping
		}
		return store.PostgresPing(check.Address)
	case "redis":
		if check.Env == config.CacheEnv {
			return cache.Ping
		}
		return store.RedisPing(check.Address)
	case "http":
		return HTTP(check.Address)
	default:
		return TCP(check.Address)
	}
}

// HTTP asks for a URL; an answer below 400 is healthy.
func HTTP(address string) Probe {
	return func(ctx context.Context) error {
		if address == "" {
			return errUnset
		}
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return err
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return err
		}
		defer func() { _ = response.Body.Close() }()
		if response.StatusCode >= http.StatusBadRequest {
			return fmt.Errorf("answered %s", response.Status)
		}
		return nil
	}
}

// TCP opens a connection to host:port and closes it.
func TCP(address string) Probe {
	return func(ctx context.Context) error {
		if address == "" {
			return errUnset
		}
		connection, err := new(net.Dialer).DialContext(ctx, "tcp", address)
		if err != nil {
			return err
		}
		return connection.Close()
	}
}
