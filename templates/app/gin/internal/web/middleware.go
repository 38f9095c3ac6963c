package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
)

const requestIDHeader = "X-Request-Id"

// A client may name its request, within what is safe in logs and headers.
var safeID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

func requestID(c *gin.Context) {
	id := c.GetHeader(requestIDHeader)
	if !safeID.MatchString(id) {
		id = rand.Text()
	}
	c.Set(requestIDHeader, id)
	c.Header(requestIDHeader, id)
}

// accessLog names route and outcome, and neither query, headers nor body: those may hold secrets. Probes and
// scrapes that succeed are only logged when debugging.
func accessLog(c *gin.Context) {
	began := time.Now()
	c.Next()
	level := slog.LevelDebug
	if c.Writer.Status() >= http.StatusInternalServerError {
		level = slog.LevelWarn
	} else if c.Request.Method != http.MethodGet {
		level = slog.LevelInfo
	}
	attributes := []slog.Attr{
		slog.String("method", c.Request.Method),
		slog.String("route", route(c)),
		slog.Int("status", c.Writer.Status()),
		slog.Float64("durationMs", float64(time.Since(began).Microseconds())/1000),
		slog.String("requestId", c.GetString(requestIDHeader)),
	}
	if last := c.Errors.Last(); last != nil {
		attributes = append(attributes, slog.String("error", last.Error()))
	}
	slog.LogAttrs(c.Request.Context(), level, "request", attributes...)
}

// measure counts by the route's pattern: a path of the client's would make a time series of its own.
func (app App) measure(c *gin.Context) {
	answered := app.Metrics.Begin()
	defer func() { answered(method(c), route(c), strconv.Itoa(c.Writer.Status())) }()
	c.Next()
}

func route(c *gin.Context) string {
	if path := c.FullPath(); path != "" {
		return path
	}
	return "unmatched"
}

// method is one of HTTP's own: a client can write anything there.
func method(c *gin.Context) string {
	switch c.Request.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch,
		http.MethodDelete, http.MethodOptions:
		return c.Request.Method
	default:
		return "other"
	}
}

// recovered turns a panic into a 500; the process and its other requests go on.
func recovered(c *gin.Context) {
	defer func() {
		problem := recover()
		if problem == nil {
			return
		}
		if err, is := problem.(error); is && err == http.ErrAbortHandler { //nolint:errorlint // the very value
			panic(problem)
		}
		slog.Error("panic", "error", fmt.Sprint(problem), "stack", string(debug.Stack()),
			"requestId", c.GetString(requestIDHeader))
		if c.Writer.Written() {
			panic(http.ErrAbortHandler) // the client must not take a part of an answer for the whole
		}
		refuse(c, http.StatusInternalServerError, "an internal error")
	}()
	c.Next()
}

func bodyLimit(bytes int64) gin.HandlerFunc {
	return func(c *gin.Context) {
		if c.Request.ContentLength > bytes {
			refuse(c, http.StatusRequestEntityTooLarge, "the body is too large")
			return
		}
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, bytes)
	}
}

// timeout ends what a handler waits for; the handler then answers with 504.
func timeout(after time.Duration) gin.HandlerFunc {
	return func(c *gin.Context) {
		ctx, cancel := context.WithTimeout(c.Request.Context(), after)
		defer cancel()
		c.Request = c.Request.WithContext(ctx)
		c.Next()
	}
}
