package settings

import (
	"testing"
	"time"
)

func environment(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func TestAPodHasDrainedBeforeSIGTERM(t *testing.T) {
	for _, test := range []struct {
		name  string
		env   map[string]string
		drain time.Duration
	}{
		{"elsewhere", nil, spec.Drain},
		{"in a pod", map[string]string{"KUBERNETES_SERVICE_HOST": "10.0.0.1"}, 0},
		{"as told", map[string]string{"KUBERNETES_SERVICE_HOST": "10.0.0.1", "DRAIN_SECONDS": "3"}, 3 * time.Second},
	} {
		t.Run(test.name, func(t *testing.T) {
			config, err := Load(environment(test.env))
			if err != nil || config.Drain != test.drain {
				t.Errorf("drain is %s (%v), want %s", config.Drain, err, test.drain)
			}
		})
	}
}

func TestWhatCannotBeReadIsRefused(t *testing.T) {
	for _, name := range []string{"PORT", "DRAIN_SECONDS", "LOG_LEVEL"} {
		if _, err := Load(environment(map[string]string{name: "much"})); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestPasswordsAreSecrets(t *testing.T) {
	config := Settings{DatabaseURL: "postgres://user:hunter2@db/orders"}
	if secrets := config.Secrets(); len(secrets) == 0 || secrets[0] != "hunter2" {
		t.Errorf("got %q", secrets)
	}
}
