package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"time"

	_ "modernc.org/sqlite" // the driver, in pure Go: the program stays static
)

type sqlite struct{ db *sql.DB }

func openSQLite(path string) (Store, error) {
	source := "file:memory?mode=memory&cache=shared"
	if path != "" {
		source = "file:" + url.PathEscape(path) + "?_pragma=journal_mode(WAL)"
	}
	db, err := sql.Open("sqlite", source+"&_pragma=busy_timeout(5000)&_time_format=sqlite")
	if err != nil {
		return nil, err
	}
	connections := 4
	if path == "" {
		connections = 1 // several would lock each other out of a shared memory
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return &sqlite{db: db}, nil
}

func (*sqlite) Kind() string { return "sqlite" }

func (s *sqlite) Migrate(ctx context.Context) error {
	_, err := s.db.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS orders (
		id INTEGER PRIMARY KEY,
		item TEXT NOT NULL,
		quantity INTEGER NOT NULL CHECK (quantity > 0),
		created_at TIMESTAMP NOT NULL)`)
	return err
}

func (s *sqlite) Create(ctx context.Context, item string, quantity int) (Order, error) {
	order := Order{Item: item, Quantity: quantity, CreatedAt: time.Now().UTC()}
	result, err := s.db.ExecContext(ctx, `INSERT INTO orders (item, quantity, created_at) VALUES (?, ?, ?)`,
		order.Item, order.Quantity, order.CreatedAt)
	if err != nil {
		return Order{}, err
	}
	order.ID, err = result.LastInsertId()
	return order, err
}

func (s *sqlite) Get(ctx context.Context, id int64) (Order, error) {
	var order Order
	err := s.db.QueryRowContext(ctx, `SELECT id, item, quantity, created_at FROM orders WHERE id = ?`, id).
		Scan(&order.ID, &order.Item, &order.Quantity, &order.CreatedAt)
	if errors.Is(err, sql.ErrNoRows) {
		return Order{}, ErrNotFound
	}
	return order, err
}

func (s *sqlite) List(ctx context.Context, limit int) ([]Order, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, item, quantity, created_at FROM orders ORDER BY id DESC LIMIT ?`, limit)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	orders := []Order{}
	for rows.Next() {
		var order Order
		if err := rows.Scan(&order.ID, &order.Item, &order.Quantity, &order.CreatedAt); err != nil {
			return nil, err
		}
		orders = append(orders, order)
	}
	return orders, rows.Err()
}

// Ping reads, for opening a connection of SQLite proves little.
func (s *sqlite) Ping(ctx context.Context) error {
	var one int
	return s.db.QueryRowContext(ctx, `SELECT 1`).Scan(&one)
}

func (s *sqlite) Stats() Stats {
	stat := s.db.Stats()
	return Stats{
		Max:    stat.MaxOpenConnections,
		Open:   stat.OpenConnections,
		InUse:  stat.InUse,
		Idle:   stat.Idle,
		Waits:  stat.WaitCount,
		Waited: stat.WaitDuration,
	}
}

func (s *sqlite) Hold(ctx context.Context) (func(), error) {
	connection, err := s.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return func() { _ = connection.Close() }, nil
}

func (s *sqlite) Close() error { return s.db.Close() }
