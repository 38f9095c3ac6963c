// Package metrics tells Prometheus how the service does.
package metrics

import (
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"app/internal/health"
	"app/internal/store"
)

// Metrics of the service, and the handler that prints them.
type Metrics struct {
	http.Handler
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	inFlight prometheus.Gauge
}

// New registers everything in a registry of its own.
func New(phases *Phases, checks *health.Checks, orders store.Store, cache *store.Cache) *Metrics {
	registry := prometheus.NewRegistry()
	m := &Metrics{
		Handler: promhttp.HandlerFor(registry, promhttp.HandlerOpts{Timeout: 5 * time.Second}),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "http_requests_total", Help: "Requests answered.",
		}, []string{"method", "route", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "http_request_duration_seconds", Help: "Time to answer a request.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"method", "route"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "http_requests_in_flight", Help: "Requests being answered.",
		}),
	}
	registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		m.requests, m.duration, m.inFlight,
		&state{phases: phases, checks: checks, orders: orders, cache: cache},
	)
	return m
}

// Begin counts a request as in flight; the answer is counted when it is known.
func (m *Metrics) Begin() (answered func(method, route, status string)) {
	began := time.Now()
	m.inFlight.Inc()
	return func(method, route, status string) {
		m.inFlight.Dec()
		m.requests.WithLabelValues(method, route, status).Inc()
		m.duration.WithLabelValues(method, route).Observe(time.Since(began).Seconds())
	}
}

// Phases of the start, with their durations.
type Phases struct {
	mu    sync.Mutex
	began time.Time
	took  []phase
}

type phase struct {
	name     string
	duration time.Duration
}

// NewPhases starts the clock.
func NewPhases() *Phases { return &Phases{began: time.Now()} }

// Begin a phase; the function that is returned ends it.
func (p *Phases) Begin(name string) (done func()) {
	began := time.Now()
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.took = append(p.took, phase{name, time.Since(began)})
	}
}

// Total time since the start.
func (p *Phases) Total() time.Duration { return time.Since(p.began) }

func (p *Phases) all() []phase {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]phase(nil), p.took...)
}

// state is read at each scrape: nothing is counted twice, and nothing gets out of step.
type state struct {
	phases *Phases
	checks *health.Checks
	orders store.Store
	cache  *store.Cache
}

var (
	phaseSeconds = desc("startup_phase_duration_seconds", "How long a phase of the start took.", "phase")
	score        = desc("health_score", "Weighted score of the checks, of 100.")
	ready        = desc("health_ready", "Whether score and required checks allow traffic.")
	checkHealthy = desc("health_check_healthy", "Whether the last check passed.", "check", "kind")
	checkLatency = desc("health_check_duration_seconds", "How long the last check took.", "check", "kind")
	connections  = desc("pool_connections", "Connections of a pool.", "pool", "state")
	waits        = desc("pool_waits_total", "Times that no connection was free.", "pool")
	waited       = desc("pool_wait_seconds_total", "Time waited for a connection.", "pool")
	timeouts     = desc("pool_timeouts_total", "Times that waiting for a connection was given up.", "pool")
)

func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

// Describe is part of prometheus.Collector.
func (s *state) Describe(out chan<- *prometheus.Desc) {
	for _, each := range []*prometheus.Desc{
		phaseSeconds, score, ready, checkHealthy, checkLatency, connections, waits, waited, timeouts,
	} {
		out <- each
	}
}

// Collect is part of prometheus.Collector.
func (s *state) Collect(out chan<- prometheus.Metric) {
	gauge := func(desc *prometheus.Desc, value float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, labels...)
	}
	counter := func(desc *prometheus.Desc, value float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(desc, prometheus.CounterValue, value, labels...)
	}
	for _, each := range s.phases.all() {
		gauge(phaseSeconds, each.duration.Seconds(), each.name)
	}
	report := s.checks.Report()
	gauge(score, report.Score)
	gauge(ready, number(report.Ready))
	for _, check := range report.Checks {
		gauge(checkHealthy, number(check.Healthy), check.Name, check.Kind)
		gauge(checkLatency, check.LatencyMS/1000, check.Name, check.Kind)
	}
	pool, stats := s.orders.Kind(), s.orders.Stats()
	gauge(connections, float64(stats.Max), pool, "max")
	gauge(connections, float64(stats.Open), pool, "open")
	gauge(connections, float64(stats.InUse), pool, "in_use")
	gauge(connections, float64(stats.Idle), pool, "idle")
	counter(waits, float64(stats.Waits), pool)
	counter(waited, stats.Waited.Seconds(), pool)
	if stats := s.cache.Stats(); stats != nil {
		gauge(connections, float64(stats.TotalConns), "redis", "open")
		gauge(connections, float64(stats.TotalConns-stats.IdleConns), "redis", "in_use")
		gauge(connections, float64(stats.IdleConns), "redis", "idle")
		counter(timeouts, float64(stats.Timeouts), "redis")
	}
}

func number(truth bool) float64 {
	if truth {
		return 1
	}
	return 0
}
