// Package store keeps the orders: in PostgreSQL, or in embedded SQLite when there is none.
package store

import (
	"context"
	"errors"
	"time"

	"app/internal/settings"
)

// ErrNotFound is returned for an order that does not exist.
var ErrNotFound = errors.New("no such order")

// Order is what a customer wants.
type Order struct {
	ID        int64     `json:"id"`
	Item      string    `json:"item"`
	Quantity  int       `json:"quantity"`
	CreatedAt time.Time `json:"createdAt"`
}

// Orders are kept, found and listed.
type Orders interface {
	Create(ctx context.Context, item string, quantity int) (Order, error)
	Get(ctx context.Context, id int64) (Order, error)
	List(ctx context.Context, limit int) ([]Order, error)
}

// Store is a database of orders and its pool of connections.
type Store interface {
	Orders
	Kind() string
	Migrate(ctx context.Context) error
	Ping(ctx context.Context) error
	Stats() Stats
	// Hold takes a connection out of the pool until the release is called.
	Hold(ctx context.Context) (release func(), err error)
	Close() error
}

// Stats of a pool of connections.
type Stats struct {
	Max, Open, InUse, Idle int
	Waits                  int64
	Waited                 time.Duration
}

// Open prepares the database of the settings; it is connected to when first needed.
func Open(config settings.Settings) (Store, error) {
	if config.DatabaseURL != "" {
		return openPostgres(config.DatabaseURL)
	}
	return openSQLite(config.SQLitePath)
}
