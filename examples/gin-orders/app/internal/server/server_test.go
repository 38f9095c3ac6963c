package server

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"testing"
	"time"
)

// client is one connection that is kept alive.
type client struct {
	net.Conn
	*bufio.Reader
}

func started(t *testing.T, handler http.HandlerFunc) (*Group, *State, func() client) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	state := &State{}
	group := NewGroup(state)
	group.Serve(listener, handler)
	return group, state, func() client {
		connection, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = connection.Close() })
		return client{connection, bufio.NewReader(connection)}
	}
}

func (c client) get(t *testing.T) (closes bool) {
	t.Helper()
	if _, err := fmt.Fprint(c.Conn, "GET / HTTP/1.1\r\nHost: orders\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(c.Reader, nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	return response.Close
}

func eventually(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !condition(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s never came", what)
		}
	}
}

func TestAConnectionThatIsKeptAliveBringsItsLastRequest(t *testing.T) {
	group, state, dial := started(t, func(http.ResponseWriter, *http.Request) {})
	kept := dial()
	if kept.get(t) {
		t.Fatal("the connection was closed before its time")
	}
	ended := make(chan error)
	go func() { ended <- group.Shutdown(0, 20*time.Second) }()
	eventually(t, "the shutdown", state.Draining.Load)
	time.Sleep(50 * time.Millisecond) // the listener is closed by now, and this connection is not
	if !kept.get(t) {
		t.Error("the answer did not say that the connection closes")
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestARequestInFlightFinishesAndClosesItsConnection(t *testing.T) {
	arrived, release := make(chan struct{}), make(chan struct{})
	group, state, dial := started(t, func(http.ResponseWriter, *http.Request) {
		close(arrived)
		<-release
	})
	closes := make(chan bool)
	kept := dial()
	go func() { closes <- kept.get(t) }()
	<-arrived
	ended := make(chan error)
	go func() { ended <- group.Shutdown(0, 20*time.Second) }()
	eventually(t, "the shutdown", state.Draining.Load)
	close(release)
	if !<-closes {
		t.Error("the answer did not say that the connection closes")
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestARequestThatTakesTooLongIsCutOff(t *testing.T) {
	arrived, release := make(chan struct{}), make(chan struct{})
	group, _, dial := started(t, func(http.ResponseWriter, *http.Request) {
		close(arrived)
		<-release
	})
	defer close(release)
	if _, err := fmt.Fprint(dial().Conn, "GET / HTTP/1.1\r\nHost: orders\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	<-arrived
	began := time.Now()
	if err := group.Shutdown(0, 200*time.Millisecond); err == nil {
		t.Error("no error")
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestAServerThatEndsByItselfIsReported(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	group := NewGroup(&State{})
	group.Serve(listener, http.NotFoundHandler())
	_ = listener.Close()
	select {
	case err := <-group.Failed():
		if err == nil {
			t.Error("no error")
		}
	case <-time.After(5 * time.Second):
		t.Error("nothing was reported")
	}
}

func TestAShutdownIsNoFailure(t *testing.T) {
	group, _, _ := started(t, func(http.ResponseWriter, *http.Request) {})
	if err := group.Shutdown(0, time.Second); err != nil {
		t.Error(err)
	}
	select {
	case err := <-group.Failed():
		t.Errorf("got %v", err)
	default:
	}
}
