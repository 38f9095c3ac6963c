package health

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"app/internal/settings"
)

var (
	passes = func(context.Context) error { return nil }
	fails  = func(context.Context) error { return errors.New("postgres://user:hunter2@db is away") }
	hangs  = func(context.Context) error { select {} }
)

func weighing(name string, weight float64, required bool) settings.Check {
	return settings.Check{
		Name: name, Weight: weight, Required: required, Interval: time.Hour, Timeout: 20 * time.Millisecond,
	}
}

func TestTheScoreIsTheShareOfTheWeightsThatPass(t *testing.T) {
	thirds := []settings.Check{weighing("a", 20.0/3, false), weighing("b", 20.0/3, false), weighing("c", 20.0/3, false)}
	required := []settings.Check{weighing("a", 20, true), weighing("b", 80, false)}
	for _, test := range []struct {
		name      string
		checks    []settings.Check
		probes    []Probe
		threshold float64
		score     float64
		ready     bool
	}{
		{"without checks", nil, nil, 80, 100, true},
		{"all pass", required, []Probe{passes, passes}, 80, 100, true},
		{"a required one fails above the threshold", required, []Probe{fails, passes}, 80, 80, false},
		{"another one fails below the threshold", required, []Probe{passes, fails}, 80, 20, false},
		{"another one fails at the threshold", required, []Probe{passes, fails}, 20, 20, true},
		{"thirds add up", thirds, []Probe{passes, passes, passes}, 100, 100, true},
		{"one third is missing", thirds, []Probe{passes, hangs, passes}, 67, 200.0 / 3, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			checks := New(settings.Health{Threshold: test.threshold, Checks: test.checks}, test.probes)
			checks.Start(t.Context())
			report := checks.Report()
			if difference := report.Score - test.score; difference > 1e-6 || difference < -1e-6 {
				t.Errorf("score is %v, want %v", report.Score, test.score)
			}
			if report.Ready != test.ready {
				t.Errorf("ready is %v, want %v", report.Ready, test.ready)
			}
		})
	}
}

func TestNothingIsHealthyBeforeItWasChecked(t *testing.T) {
	checks := New(settings.Health{Threshold: 1, Checks: []settings.Check{weighing("a", 100, false)}}, []Probe{passes})
	if report := checks.Report(); report.Ready || report.Checks[0].Error != "not checked yet" {
		t.Errorf("got %+v", report)
	}
}

func TestAProbeThatHangsBlocksNothing(t *testing.T) {
	checks := New(settings.Health{Checks: []settings.Check{weighing("a", 100, false)}}, []Probe{hangs})
	began := time.Now()
	checks.Start(t.Context())
	if took := time.Since(began); took > time.Second {
		t.Errorf("the start took %s", took)
	}
	if result := checks.Report().Checks[0]; result.Healthy || result.Error != context.DeadlineExceeded.Error() {
		t.Errorf("got %+v", result)
	}
}

func TestAProbeThatHangsIsOutOnce(t *testing.T) {
	var out atomic.Int32
	release := make(chan struct{})
	checks := New(settings.Health{Checks: []settings.Check{weighing("a", 100, false)}}, []Probe{
		func(context.Context) error {
			out.Add(1)
			<-release
			return nil
		},
	})
	for range 3 {
		checks.checks[0].ask(t.Context())
	}
	if count := out.Load(); count != 1 {
		t.Errorf("%d probes are out", count)
	}
	close(release)
	checks.checks[0].ask(t.Context())
	if !checks.Report().Checks[0].Healthy {
		t.Error("the answer that came late was not taken")
	}
}

func TestAnOldResultIsNoResult(t *testing.T) {
	checks := New(settings.Health{Checks: []settings.Check{weighing("a", 100, false)}}, []Probe{passes})
	checks.Start(t.Context())
	if result := checks.checks[0].result(time.Now().Add(3 * time.Hour)); result.Healthy {
		t.Errorf("got %+v", result)
	}
}

func TestErrorsCarryNoPassword(t *testing.T) {
	checks := New(settings.Health{Checks: []settings.Check{weighing("a", 100, false)}}, []Probe{fails})
	checks.Start(t.Context())
	if got := checks.Report().Checks[0].Error; got != "postgres://[hidden]@db is away" {
		t.Errorf("got %q", got)
	}
}
