// Command garbage keeps so many MiB alive and makes many times as much that nobody needs, as a busy
// service does; then it says how the collector fared, and waits.
package main

import (
	"crypto/sha256"
	"encoding/json"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strconv"
	"syscall"
)

const block = 64 << 10

var kept [][]byte

// made is memory with something in it that took work, as an answer of a service has. A program that does
// nothing but touch memory outruns its collector when others have the CPU, and the limit is a soft one.
func made() []byte {
	memory := make([]byte, 0, block)
	sum := sha256.Sum256(nil)
	for len(memory) < block {
		sum = sha256.Sum256(sum[:])
		memory = append(memory, sum[:]...)
	}
	return memory
}

func main() {
	live, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	rounds, err := strconv.Atoi(os.Args[2])
	if err != nil {
		panic(err)
	}
	for range live << 20 / block {
		kept = append(kept, made())
	}
	var last []byte
	for range rounds * len(kept) {
		last = made()
	}
	runtime.KeepAlive(last)
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	_ = json.NewEncoder(os.Stdout).Encode(map[string]any{
		"memoryLimit":    debug.SetMemoryLimit(-1),
		"liveBytes":      len(kept) * block,
		"allocatedBytes": stats.TotalAlloc,
		"collections":    stats.NumGC,
	})
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	<-signals
	runtime.KeepAlive(kept)
}
