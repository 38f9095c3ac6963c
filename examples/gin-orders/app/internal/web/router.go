// Package web answers requests.
package web

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"app/internal/faults"
	"app/internal/health"
	"app/internal/metrics"
	"app/internal/server"
	"app/internal/settings"
	"app/internal/store"
)

const (
	maxBodyBytes   = 10 << 20
	requestTimeout = 9 * time.Second // below the server's write time-out, so that the answer still gets out
	metricsPath    = "/metrics"
)

// App is what the handlers need.
type App struct {
	Settings settings.Settings
	Orders   store.Orders
	Checks   *health.Checks
	State    *server.State
	Metrics  *metrics.Metrics
	Faults   *faults.Faults
}

// Router of the main port.
func Router(app App) http.Handler {
	router := bare()
	router.Use(requestID, accessLog, app.measure, recovered)
	if app.Settings.Faults {
		app.faultRoutes(router)
		router.Use(app.faults)
	}
	router.GET(app.Settings.Paths.Liveness, alive)
	get(router, app.Settings.Paths.Readiness, app.ready)
	get(router, app.Settings.Paths.Startup, app.started)
	get(router, "/health", app.report)
	if app.Settings.MetricsPort == app.Settings.Port {
		get(router, metricsPath, gin.WrapH(app.Metrics))
	}
	orders := router.Group("/orders", bodyLimit(maxBodyBytes), timeout(requestTimeout))
	orders.POST("", app.createOrder)
	orders.GET("", app.listOrders)
	orders.GET("/:id", app.getOrder)
	return router
}

// MetricsRouter of a port for metrics alone. It is alive as the main port is, for probes that ask here.
func MetricsRouter(config settings.Settings, registry http.Handler) http.Handler {
	router := bare()
	router.Use(recovered)
	router.GET(metricsPath, gin.WrapH(registry))
	get(router, config.Paths.Liveness, alive)
	return router
}

func bare() *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.HandleMethodNotAllowed = true
	_ = router.SetTrustedProxies(nil) // what a client says of its address is not believed
	return router
}

// get adds a route unless the spec gave two probes the same path.
func get(router *gin.Engine, path string, handler gin.HandlerFunc) {
	for _, route := range router.Routes() {
		if route.Path == path {
			return
		}
	}
	router.GET(path, handler)
}
