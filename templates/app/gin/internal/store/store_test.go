package store

import (
	"errors"
	"strings"
	"testing"

	"app/internal/settings"
)

func TestAnAddressThatCannotBeReadIsNotRepeated(t *testing.T) {
	for _, address := range []string{
		"postgres://orders:hunter2/5@db:5432/orders",
		"postgres://orders:hunter2@db:port/orders",
		"host=db password=hunter2 port=port",
		"redis://:hunter2/5@cache:6379",
		"redis://:hunter 2@cache:6379",
		"http://:hunter2@cache:6379",
	} {
		_, first := Open(settings.Settings{DatabaseURL: address})
		_, second := OpenCache(settings.Settings{CacheURL: address})
		for _, err := range []error{first, second, PostgresPing(address)(t.Context()), RedisPing(address)(t.Context())} {
			if err != nil && strings.Contains(err.Error(), "hunter") {
				t.Errorf("%q says %q", address, err)
			}
		}
		if first == nil && second == nil {
			t.Errorf("%q was taken by both", address)
		}
	}
}

func TestACheckWithoutAnAddressFails(t *testing.T) {
	for _, err := range []error{PostgresPing("")(t.Context()), RedisPing("")(t.Context())} {
		if !errors.Is(err, errUnset) {
			t.Errorf("got %v", err)
		}
	}
}

func TestOrdersInSQLite(t *testing.T) {
	orders, err := Open(settings.Settings{SQLitePath: t.TempDir() + "/orders #1?.db"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = orders.Close() })
	for range 2 { // a second start finds the tables
		if err := orders.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	created, err := orders.Create(t.Context(), "tea", 2)
	if err != nil {
		t.Fatal(err)
	}
	found, err := orders.Get(t.Context(), created.ID)
	if err != nil || !same(found, created) {
		t.Errorf("created %+v, found %+v (%v)", created, found, err)
	}
	if _, err := orders.Get(t.Context(), created.ID+1); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if listed, err := orders.List(t.Context(), 10); err != nil || len(listed) != 1 || !same(listed[0], created) {
		t.Errorf("listed %+v (%v)", listed, err)
	}
	release, err := orders.Hold(t.Context())
	if err != nil || orders.Stats().InUse != 1 {
		t.Errorf("in use %d (%v)", orders.Stats().InUse, err)
	}
	release()
}

// same is what == would be without the time zone's address.
func same(one, other Order) bool {
	if !one.CreatedAt.Equal(other.CreatedAt) {
		return false
	}
	one.CreatedAt = other.CreatedAt
	return one == other
}
