package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

type postgres struct{ pool *pgxpool.Pool }

func openPostgres(url string) (Store, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, errAddress
	}
	config.ConnConfig.ConnectTimeout = 2 * time.Second
	config.MaxConnLifetimeJitter = time.Minute // so that pods started together do not reconnect together
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		return nil, err
	}
	return &postgres{pool: pool}, nil
}

func (*postgres) Kind() string { return "postgres" }

// Migrate may run in several pods at once: the lock lets one create what the others then find.
func (p *postgres) Migrate(ctx context.Context) error {
	return pgx.BeginFunc(ctx, p.pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext('orders'))`)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `CREATE TABLE IF NOT EXISTS orders (
			id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
			item text NOT NULL,
			quantity integer NOT NULL CHECK (quantity > 0),
			created_at timestamptz NOT NULL DEFAULT now())`)
		return err
	})
}

func (p *postgres) Create(ctx context.Context, item string, quantity int) (Order, error) {
	return one(p.pool.Query(ctx, `INSERT INTO orders (item, quantity) VALUES ($1, $2)
		RETURNING id, item, quantity, created_at`, item, quantity))
}

func (p *postgres) Get(ctx context.Context, id int64) (Order, error) {
	return one(p.pool.Query(ctx, `SELECT id, item, quantity, created_at FROM orders WHERE id = $1`, id))
}

func (p *postgres) List(ctx context.Context, limit int) ([]Order, error) {
	rows, err := p.pool.Query(ctx, `SELECT id, item, quantity, created_at FROM orders ORDER BY id DESC LIMIT $1`, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Order])
}

func one(rows pgx.Rows, err error) (Order, error) {
	if err != nil {
		return Order{}, err
	}
	order, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Order])
	if errors.Is(err, pgx.ErrNoRows) {
		return Order{}, ErrNotFound
	}
	return order, err
}

func (p *postgres) Ping(ctx context.Context) error { return p.pool.Ping(ctx) }

func (p *postgres) Stats() Stats {
	stat := p.pool.Stat()
	return Stats{
		Max:    int(stat.MaxConns()),
		Open:   int(stat.TotalConns()),
		InUse:  int(stat.AcquiredConns()),
		Idle:   int(stat.IdleConns()),
		Waits:  stat.EmptyAcquireCount(),
		Waited: stat.EmptyAcquireWaitTime(),
	}
}

func (p *postgres) Hold(ctx context.Context) (func(), error) {
	connection, err := p.pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	return connection.Release, nil
}

func (p *postgres) Close() error {
	p.pool.Close()
	return nil
}

// PostgresPing checks a further database, over a connection of its own each time.
func PostgresPing(url string) func(context.Context) error {
	return func(ctx context.Context) error {
		if url == "" {
			return errUnset
		}
		connection, err := pgx.Connect(ctx, url)
		if err != nil {
			return err
		}
		return errors.Join(connection.Ping(ctx), connection.Close(ctx))
	}
}
