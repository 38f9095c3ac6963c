package web

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// alive says that the process answers, and nothing of its dependencies: to restart would not mend those.
func alive(c *gin.Context) { c.String(http.StatusOK, "alive\n") }

// ready says whether this pod should get traffic. One that should not leaves the Service, and lives on.
func (app App) ready(c *gin.Context) {
	switch {
	case app.State.Draining.Load():
		c.String(http.StatusServiceUnavailable, "draining\n")
	case !app.State.Started.Load():
		c.String(http.StatusServiceUnavailable, "starting\n")
	case !app.State.Migrated.Load():
		c.String(http.StatusServiceUnavailable, "the database has not been migrated\n")
	default:
		report := app.Checks.Report()
		if !report.Ready {
			c.String(http.StatusServiceUnavailable, "not ready: score %.4g of %.4g\n", report.Score, report.Threshold)
			return
		}
		c.String(http.StatusOK, "ready\n")
	}
}

func (app App) started(c *gin.Context) {
	if !app.State.Started.Load() {
		c.String(http.StatusServiceUnavailable, "starting\n")
		return
	}
	c.String(http.StatusOK, "started\n")
}

// report is for people: each check with its last result. It is 200 as long as it can be told.
func (app App) report(c *gin.Context) {
	c.JSON(http.StatusOK, struct {
		Draining bool `json:"draining"`
		Started  bool `json:"started"`
		Migrated bool `json:"migrated"`
		Health   any  `json:"health"`
	}{app.State.Draining.Load(), app.State.Started.Load(), app.State.Migrated.Load(), app.Checks.Report()})
}
