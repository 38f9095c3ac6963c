package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"app/internal/faults"
	"app/internal/health"
	"app/internal/metrics"
	"app/internal/server"
	"app/internal/settings"
	"app/internal/store"
)

var paths = settings.Paths{Liveness: "/healthz", Readiness: "/readyz", Startup: "/startupz"}

// newApp on a database of its own, with one required check.
func newApp(t *testing.T, probe health.Probe) (App, http.Handler) {
	t.Helper()
	config := settings.Settings{
		Port: 8080, MetricsPort: 8080, Paths: paths, Faults: true, SQLitePath: t.TempDir() + "/orders.db",
		Health: settings.Health{Threshold: 80, Checks: []settings.Check{
			{Name: "database", Weight: 100, Required: true, Interval: time.Hour, Timeout: time.Second},
		}},
	}
	orders, err := store.Open(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = orders.Close() })
	if err := orders.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	cache := &store.Cache{}
	checks := health.New(config.Health, []health.Probe{probe})
	checks.Start(t.Context())
	app := App{
		Settings: config, Orders: store.Cached{Store: orders, Cache: cache}, Checks: checks, State: &server.State{},
		Metrics: metrics.New(metrics.NewPhases(), checks, orders, cache), Faults: faults.New(t.Context(), orders),
	}
	app.State.Started.Store(true)
	app.State.Migrated.Store(true)
	return app, Router(app)
}

func healthy(context.Context) error { return nil }

func ask(router http.Handler, method, path, body string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	router.ServeHTTP(recorder, httptest.NewRequest(method, path, strings.NewReader(body)))
	return recorder
}

func want(t *testing.T, router http.Handler, method, path, body string, status int) *httptest.ResponseRecorder {
	t.Helper()
	recorder := ask(router, method, path, body)
	if recorder.Code != status {
		t.Errorf("%s %s answers %d, want %d: %s", method, path, recorder.Code, status, recorder.Body)
	}
	return recorder
}

func TestOrdersAreKept(t *testing.T) {
	_, router := newApp(t, healthy)
	created := want(t, router, "POST", "/orders", `{"item": "tea", "quantity": 2}`, 201)
	found := want(t, router, "GET", created.Header().Get("Location"), "", 200)
	if created.Body.String() != found.Body.String() || !strings.Contains(found.Body.String(), `"item":"tea"`) {
		t.Errorf("created %s, found %s", created.Body, found.Body)
	}
	want(t, router, "GET", "/orders?limit=10", "", 200)
	want(t, router, "GET", "/orders?limit=0", "", 400)
	want(t, router, "GET", "/orders/99", "", 404)
	want(t, router, "GET", "/orders/tea", "", 404)
	want(t, router, "POST", "/orders", `{"item": "", "quantity": 2}`, 400)
	want(t, router, "DELETE", "/orders", "", 405)
}

func TestProbes(t *testing.T) {
	app, router := newApp(t, healthy)
	want(t, router, "GET", paths.Readiness, "", 200)
	app.State.Started.Store(false)
	want(t, router, "GET", paths.Startup, "", 503)
	want(t, router, "GET", paths.Readiness, "", 503)
	app.State.Started.Store(true)
	want(t, router, "GET", paths.Startup, "", 200)
	app.State.Draining.Store(true)
	want(t, router, "GET", paths.Readiness, "", 503)
	want(t, router, "GET", paths.Liveness, "", 200)
	want(t, router, "GET", "/health", "", 200)
}

func TestAFailedCheckIsNoReasonToRestart(t *testing.T) {
	_, router := newApp(t, func(context.Context) error { return errors.New("away") })
	want(t, router, "GET", paths.Readiness, "", 503)
	want(t, router, "GET", paths.Liveness, "", 200)
	want(t, router, "GET", paths.Startup, "", 200)
}

func TestABodyHasALimit(t *testing.T) {
	_, router := newApp(t, healthy)
	long := `{"item": "` + strings.Repeat("x", maxBodyBytes) + `", "quantity": 1}`
	want(t, router, "POST", "/orders", long, 413)
	chunked := httptest.NewRequest("POST", "/orders", strings.NewReader(long))
	chunked.ContentLength = -1
	recorder := httptest.NewRecorder()
	if router.ServeHTTP(recorder, chunked); recorder.Code != 413 {
		t.Errorf("a body of unknown length answers %d", recorder.Code)
	}
}

func TestAPanicIsAnswered(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.GET("/", recovered, func(*gin.Context) { panic("a bug") })
	want(t, router, "GET", "/", "", 500)
}

func TestAPanicInTheMiddleOfAnAnswerCutsItOff(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.GET("/", recovered, func(c *gin.Context) {
		c.String(http.StatusOK, "a part")
		c.Writer.Flush()
		panic("a bug")
	})
	served := httptest.NewServer(router)
	t.Cleanup(served.Close)
	answer, err := http.Get(served.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if text, err := io.ReadAll(answer.Body); err == nil {
		t.Errorf("%q was taken for the whole", text)
	}
}

func TestAHandlerThatWaitsIsAnsweredInTime(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.GET("/", timeout(10*time.Millisecond), func(c *gin.Context) {
		<-c.Request.Context().Done()
		failed(c, c.Request.Context().Err())
	})
	want(t, router, "GET", "/", "", 504)
}

func TestARequestHasAnID(t *testing.T) {
	_, router := newApp(t, healthy)
	for given, kept := range map[string]bool{"abc-1": true, "a b": false, "": false, strings.Repeat("x", 65): false} {
		request := httptest.NewRequest("GET", paths.Liveness, nil)
		request.Header.Set(requestIDHeader, given)
		recorder := httptest.NewRecorder()
		router.ServeHTTP(recorder, request)
		id := recorder.Header().Get(requestIDHeader)
		if id == "" || (id == given) != kept {
			t.Errorf("%q becomes %q", given, id)
		}
	}
}

func TestMetricsCountByRoute(t *testing.T) {
	_, router := newApp(t, healthy)
	want(t, router, "GET", "/orders/1", "", 404)
	want(t, router, "GET", "/nowhere/at/all", "", 404)
	text := want(t, router, "GET", metricsPath, "", 200).Body.String()
	for _, line := range []string{
		`http_requests_total{method="GET",route="/orders/:id",status="404"} 1`,
		`http_requests_total{method="GET",route="unmatched",status="404"} 1`,
		`health_score 100`,
		`http_requests_in_flight 1`,
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("%s is missing", line)
		}
	}
}

func TestFaults(t *testing.T) {
	app, router := newApp(t, healthy)
	want(t, router, "POST", "/faults/errors?rate=1", "", 202)
	want(t, router, "GET", "/orders", "", 500)
	want(t, router, "GET", paths.Liveness, "", 200)
	want(t, router, "DELETE", "/faults", "", 204)
	want(t, router, "GET", "/orders", "", 200)
	want(t, router, "POST", "/faults/errors?rate=2", "", 400)

	want(t, router, "POST", "/faults/hang", "", 202)
	answered := make(chan int)
	go func() { answered <- ask(router, "GET", paths.Liveness, "").Code }()
	select {
	case <-answered:
		t.Error("a hung service answered")
	case <-time.After(50 * time.Millisecond):
	}
	want(t, router, "DELETE", "/faults", "", 204)
	if status := <-answered; status != 200 {
		t.Errorf("after the hang: %d", status)
	}

	app.Settings.Faults = false
	want(t, Router(app), "POST", "/faults/crash", "", 404)
}
