"""Constant load on a Service, by clients that never send a request twice."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

CLIENTS = 4
PAUSE = 0.004
"""Seconds between two requests of a client."""


class Load:
    """Half of the clients keep their connections until the server closes them, half open one for each request.

    Every tenth request writes. Whatever is no answer of 200 or 201 is a failure.
    """

    def __init__(self, address: str, port: int) -> None:
        self.address, self.port = address, port
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._began = time.monotonic()
        self._threads = [
            threading.Thread(target=self._run, args=(number % 2 == 0,)) for number in range(CLIENTS)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self, keep_alive: bool) -> None:
        counts: Counter[str] = Counter()
        while not self._stop.is_set():
            connection = http.client.HTTPConnection(self.address, self.port, timeout=10)
            counts["connections"] += 1
            try:
                self._use(connection, counts, 1000 if keep_alive else 1)
            except (OSError, http.client.HTTPException) as error:
                self._failed(f"{type(error).__name__}: {error}")
            finally:
                connection.close()
        with self._lock:
            self.counts += counts

    def _use(self, connection: http.client.HTTPConnection, counts: Counter[str], requests: int) -> None:
        """So many requests on one connection, fewer when the server closes it."""
        for _ in range(requests):
            if self._stop.is_set():
                return
            counts["requests"] += 1
            if counts["requests"] % 10:
                connection.request("GET", "/orders?limit=3")
            else:
                connection.request("POST", "/orders", b'{"item": "tea", "quantity": 2}')
            answer = connection.getresponse()
            text = answer.read()
            if answer.status not in {200, 201}:
                self._failed(f"{answer.status} {text[:80]!r}")
            time.sleep(PAUSE)
            if answer.will_close:
                return

    def _failed(self, what: str) -> None:
        with self._lock:
            self.failures.append(f"{time.monotonic() - self._began:.2f} s: {what}")
