package settings

import "time"

// Name of the service.
const Name = "gin-orders"

// What service.yaml says; the environment may say otherwise (see Load).
var spec = Settings{
	Port:            8080,
	MetricsPort:     9090,
	Paths:           Paths{Liveness: "/healthz", Readiness: "/readyz", Startup: "/startupz"},
	Drain:           5 * time.Second,
	ShutdownTimeout: 20 * time.Second,
	DatabaseEnv:     "DATABASE_URL",
	CacheEnv:        "REDIS_URL",
	SQLiteEnv:       "SQLITE_PATH",
	Health: Health{
		Threshold: 70,
		Checks: []Check{
			{Name: "cache", Kind: "middleware", Type: "redis", Env: "REDIS_URL", Weight: 30, Required: false, Interval: 2 * time.Second, Timeout: 1 * time.Second},
			{Name: "database", Kind: "infrastructure", Type: "postgres", Env: "DATABASE_URL", Weight: 20, Required: true, Interval: 2 * time.Second, Timeout: 1 * time.Second},
			{Name: "orders", Kind: "business", Type: "postgres", Env: "DATABASE_URL", Weight: 50, Required: true, Interval: 5 * time.Second, Timeout: 2 * time.Second},
		},
	},
}
