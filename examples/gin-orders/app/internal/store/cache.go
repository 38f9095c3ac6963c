package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"app/internal/settings"
)

const (
	cacheTime    = time.Minute
	cacheTimeout = 200 * time.Millisecond // a cache that takes longer is no help
)

var (
	errUnset   = errors.New("its address is not set")
	errAddress = errors.New("its address cannot be read")
)

// redisLog takes what the client has to say into our log.
type redisLog struct{}

func (redisLog) Printf(ctx context.Context, format string, values ...any) {
	slog.WarnContext(ctx, "redis", "message", fmt.Sprintf(format, values...))
}

// The client has one log for all of its uses, and no other way to set it than once for the process.
func init() { redis.SetLogger(redisLog{}) }

// Cache keeps orders in Redis. One without an address keeps nothing.
type Cache struct{ client *redis.Client }

// OpenCache prepares the cache of the settings; it is connected to when first needed.
func OpenCache(config settings.Settings) (*Cache, error) {
	if config.CacheURL == "" {
		return &Cache{}, nil
	}
	options, err := redis.ParseURL(config.CacheURL)
	if err != nil {
		return nil, errAddress // the cause repeats parts of the address, and there may be a password in it
	}
	options.MaxRetries = -1
	options.DialTimeout = time.Second
	options.ContextTimeoutEnabled = true
	return &Cache{client: redis.NewClient(options)}, nil
}

// Ping asks whether Redis is there. Without an address there is nothing that could be away.
func (c *Cache) Ping(ctx context.Context) error {
	if c.client == nil {
		return nil
	}
	return c.client.Ping(ctx).Err()
}

// Stats of the pool; nil without a cache.
func (c *Cache) Stats() *redis.PoolStats {
	if c.client == nil {
		return nil
	}
	return c.client.PoolStats()
}

// Close ends the connections.
func (c *Cache) Close() error {
	if c.client == nil {
		return nil
	}
	return c.client.Close()
}

// RedisPing checks a further Redis, over a connection of its own each time.
func RedisPing(url string) func(context.Context) error {
	return func(ctx context.Context) error {
		if url == "" {
			return errUnset
		}
		cache, err := OpenCache(settings.Settings{CacheURL: url})
		if err != nil {
			return err
		}
		return errors.Join(cache.Ping(ctx), cache.Close())
	}
}

// Cached are orders that are looked up in the cache first. A cache that is away costs its time-out.
type Cached struct {
	Store
	Cache *Cache
}

// Get an order from the cache, or from the store and into the cache.
func (c Cached) Get(ctx context.Context, id int64) (Order, error) {
	if c.Cache.client == nil {
		return c.Store.Get(ctx, id)
	}
	key := "orders:" + strconv.FormatInt(id, 10)
	var order Order
	if text, err := c.read(ctx, key); err == nil && json.Unmarshal(text, &order) == nil {
		return order, nil
	}
	order, err := c.Store.Get(ctx, id)
	if err == nil {
		c.write(ctx, key, order)
	}
	return order, err
}

func (c Cached) read(ctx context.Context, key string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, cacheTimeout)
	defer cancel()
	return c.Cache.client.Get(ctx, key).Bytes()
}

func (c Cached) write(ctx context.Context, key string, order Order) {
	text, err := json.Marshal(order)
	if err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, cacheTimeout)
	defer cancel()
	if err := c.Cache.client.Set(ctx, key, text, cacheTime).Err(); err != nil {
		slog.Debug("not cached", "error", err)
	}
}
