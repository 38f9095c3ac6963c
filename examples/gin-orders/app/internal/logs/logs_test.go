package logs

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

func TestLogsCarryNoSecrets(t *testing.T) {
	var out bytes.Buffer
	log := New(&out, slog.LevelInfo, "hunter2")
	log.Error("connecting to redis://:abc@cache", "error", errors.New("hunter2 is wrong, password=xyz"),
		"address", "postgres://user:p@ss@db/orders")
	for _, secret := range []string{"hunter2", "abc", "xyz", "p@ss"} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("%s is in %s", secret, out.String())
		}
	}
	if !strings.Contains(out.String(), `"level":"ERROR"`) {
		t.Errorf("the level is missing: %s", out.String())
	}
}
