package web

import (
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
)

// faults applies what is on. The routes that switch faults stand before it, so that a hang can be ended.
func (app App) faults(c *gin.Context) {
	paths := app.Settings.Paths
	path := c.FullPath()
	probe := path == paths.Liveness || path == paths.Readiness || path == paths.Startup ||
		path == "/health" || path == metricsPath
	if app.Faults.Before(c.Request.Context(), probe) {
		refuse(c, http.StatusInternalServerError, "a fault that was asked for")
	}
}

func (app App) faultRoutes(router *gin.Engine) {
	slog.Warn("faults can be asked for: never switch this on where it matters")
	routes := router.Group("/faults")
	add := func(name string, parameter string, otherwise, most float64, fault func(float64)) {
		routes.POST("/"+name, func(c *gin.Context) {
			value := otherwise
			if text := c.Query(parameter); parameter != "" && text != "" {
				var err error
				if value, err = strconv.ParseFloat(text, 64); err != nil || !(value >= 0 && value <= most) {
					refuse(c, http.StatusBadRequest, parameter+" is a number from 0 to "+
						strconv.FormatFloat(most, 'g', -1, 64))
					return
				}
			}
			slog.Warn("fault", "name", name, "value", value)
			fault(value)
			c.JSON(http.StatusAccepted, gin.H{"fault": name})
		})
	}
	add("hang", "", 0, 0, func(float64) { app.Faults.Hang() })
	add("slow", "seconds", 1, 60, func(seconds float64) {
		app.Faults.Slow(time.Duration(seconds * float64(time.Second)))
	})
	add("errors", "rate", 0.5, 1, app.Faults.Errors)
	add("leak", "mib", 10, 1024, func(mib float64) { app.Faults.Leak(int(mib)) })
	add("pool", "", 0, 0, func(float64) { app.Faults.Pool() })
	add("crash", "", 0, 0, func(float64) { time.AfterFunc(50*time.Millisecond, app.Faults.Crash) })
	routes.DELETE("", func(c *gin.Context) {
		app.Faults.Heal()
		c.Status(http.StatusNoContent)
	})
}
