"""The databases beside the node, and what every scene may use."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.app.conftest import Server, free_port
from tests.node.place import Place
from tests.plugins.real_node import HOST

if TYPE_CHECKING:
    from collections.abc import Generator

    from tests.node.images import Image
    from tests.plugins.real_node import RealNode


def listens(port: int) -> bool:
    """Whether a server answers on the address that pods know."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


@contextmanager
def postgres(log: Path) -> Generator[Server]:
    """A PostgreSQL that pods reach. It refuses to run as root, and its user must not need to read root's files."""
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory() as scratch:
        data, password, port = Path(scratch) / "data", Path(scratch) / "password", free_port()
        password.write_text("hunter2")
        if user:
            shutil.chown(scratch, user)
            shutil.chown(password, user)
        subprocess.run(
            ["initdb", "-D", data, "-U", "orders", "-A", "scram-sha-256", f"--pwfile={password}", "-N"],
            check=True,
            capture_output=True,
            user=user,
            cwd="/",
        )
        with (data / "pg_hba.conf").open("a") as rules:
            rules.write("host all all 10.99.7.0/24 scram-sha-256\n")
        options = ["-h", HOST, "-k", "", "-c", "fsync=off", "-c", "max_connections=300"]
        server = Server(
            ["postgres", "-D", str(data), "-p", str(port), *options],
            port,
            f"postgres://orders:hunter2@{HOST}:{port}/postgres",
            log,
            lambda: listens(port),
            user,
        )
        server.start()
        try:
            yield server
        finally:
            server.kill()


@contextmanager
def redis(directory: Path) -> Generator[Server]:
    """A Redis that pods reach."""
    directory.mkdir()
    port = free_port()
    server = Server(
        ["redis-server", "--bind", HOST, "--port", str(port), "--save", "", "--protected-mode", "no"],
        port,
        f"redis://{HOST}:{port}/0",
        directory / "log",
        lambda: listens(port),
    )
    server.start()
    try:
        yield server
    finally:
        server.kill()


@dataclass(frozen=True)
class Stage:
    """What every scene may use."""

    node: RealNode
    image: Image
    database: Server
    cache: Server
    directory: Path

    def place(self, *sets: str, database: Server | None = None) -> Place:
        """The app in a new namespace, on the databases beside the node."""
        return Place(self.node, (database or self.database).url, self.cache.url, sets)
