// Package settings holds what the service is told: by service.yaml when it was generated, and by the
// environment when it starts.
package settings

import (
	"fmt"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Settings of one run.
type Settings struct {
	Port            int
	MetricsPort     int // Port unless service.yaml has a port named metrics
	Paths           Paths
	Drain           time.Duration // how long to go on serving after SIGTERM while readiness says 503
	ShutdownTimeout time.Duration // for the requests in flight after that
	DatabaseEnv     string        // the variable that holds DatabaseURL
	CacheEnv        string        // the variable that holds CacheURL
	SQLiteEnv       string        // the variable that holds SQLitePath
	Health          Health

	DatabaseURL string // PostgreSQL; embedded SQLite when empty
	SQLitePath  string // in memory when empty
	CacheURL    string // Redis; none when empty
	Faults      bool   // whether faults may be asked for
	LogLevel    slog.Level
}

// Paths that the probes of the manifests ask for.
type Paths struct{ Liveness, Readiness, Startup string }

// Health says which checks there are, and how much each weighs.
type Health struct {
	Threshold float64 // ready at this score, of 100
	Checks    []Check
}

// Check of one dependency.
type Check struct {
	Name     string
	Kind     string // infrastructure, middleware or business
	Type     string // postgres, redis, sqlite, http or tcp
	Env      string // the variable that holds the address
	Address  string
	Weight   float64
	Required bool
	Interval time.Duration
	Timeout  time.Duration
}

// Load reads the environment over what service.yaml said.
func Load(getenv func(string) string) (Settings, error) {
	config := spec
	config.DatabaseURL = getenv(config.DatabaseEnv)
	config.CacheURL = getenv(config.CacheEnv)
	config.SQLitePath = getenv(config.SQLiteEnv)
	config.Faults = getenv("FAULTS") == "on"
	config.Health.Checks = append([]Check(nil), spec.Health.Checks...)
	for i := range config.Health.Checks {
		config.Health.Checks[i].Address = getenv(config.Health.Checks[i].Env)
	}
	// Kubernetes sets this variable in every container. There the pre-stop hook has drained before SIGTERM
	// comes, and to drain again would take the time twice that the grace period leaves once.
	if getenv("KUBERNETES_SERVICE_HOST") != "" {
		config.Drain = 0
	}
	var err error
	if config.Port, err = number(getenv, "PORT", config.Port); err != nil {
		return config, err
	}
	if spec.MetricsPort == spec.Port {
		config.MetricsPort = config.Port
	} else if config.MetricsPort, err = number(getenv, "METRICS_PORT", config.MetricsPort); err != nil {
		return config, err
	}
	if config.Drain, err = seconds(getenv, "DRAIN_SECONDS", config.Drain); err != nil {
		return config, err
	}
	if text := getenv("LOG_LEVEL"); text != "" {
		if err := config.LogLevel.UnmarshalText([]byte(text)); err != nil {
			return config, fmt.Errorf("LOG_LEVEL is %q: want debug, info, warn or error", text)
		}
	}
	return config, nil
}

// Secrets that must not be printed: the passwords of the addresses.
func (s Settings) Secrets() []string {
	var found []string
	addresses := []string{s.DatabaseURL, s.CacheURL}
	for _, check := range s.Health.Checks {
		addresses = append(addresses, check.Address)
	}
	for _, address := range addresses {
		if parsed, err := url.Parse(address); err == nil && parsed.User != nil {
			if password, given := parsed.User.Password(); given && password != "" {
				found = append(found, password, url.QueryEscape(password))
			}
		}
	}
	return found
}

func number(getenv func(string) string, name string, otherwise int) (int, error) {
	text := strings.TrimSpace(getenv(name))
	if text == "" {
		return otherwise, nil
	}
	value, err := strconv.Atoi(text)
	if err != nil || value < 0 || value > 65535 {
		return 0, fmt.Errorf("%s is %q: want a number from 0 to 65535", name, text)
	}
	return value, nil
}

func seconds(getenv func(string) string, name string, otherwise time.Duration) (time.Duration, error) {
	value, err := number(getenv, name, -1)
	if err != nil || value < 0 {
		return otherwise, err
	}
	return time.Duration(value) * time.Second, nil
}
