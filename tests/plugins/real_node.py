"""A real node for a module of tests: containerd, runc, kubelet and kube-proxy beside a control plane of its own.

There is one a machine, for its network and its cgroups have fixed names: who needs it waits for it under
a file lock. Its tests come first, where pytest-xdist hands out a large share at once: so one of its
processes has them all, and waits while the others work. A watchdog takes the node down when that process
has gone, however it ended.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.plugins.control_plane import ApiServer, free_ports
from tests.plugins.needs import CACHE, REAL_NODE, TOOLS

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPTS = TOOLS / "control-plane" / "node"
STATE = CACHE / "control-plane" / "node"
HOST = "10.99.7.1"
"""This machine as pods see it."""
CGROUPS = Path("/sys/fs/cgroup")


class RealNode:
    """The running node. This machine reaches its pods and Services by their addresses."""

    def __init__(self, kubeconfig: Path) -> None:
        self.kubeconfig = kubeconfig
        self._servers: list[ApiServer] = []

    def server(self) -> ApiServer:
        """A connection of the caller's own to the API server: one is not for several threads."""
        self._servers.append(ApiServer(self.kubeconfig))
        return self._servers[-1]

    def close(self) -> None:
        """Close every connection that was asked for."""
        for server in self._servers:
            server.close()

    def ctr(self, *arguments: str | Path) -> str:
        """What containerd's own client prints."""
        socket = STATE / "run" / "containerd" / "containerd.sock"
        command = ["ctr", "-a", socket, "-n", "k8s.io", *arguments]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout

    def import_image(self, archive: Path) -> None:
        """Have an image there without a registry; pods name it and must not pull it."""
        self.ctr("images", "import", archive)

    @staticmethod
    def process(container: str) -> int:
        """This machine's id of a container's first process, by the id in a pod's status."""
        name = container.rpartition("/")[2]
        found = []
        for cgroup in Path("/proc").glob("[0-9]*/cgroup"):
            with suppress(OSError):  # it has ended
                if name in cgroup.read_text():
                    found.append(int(cgroup.parent.name))
        if not found:
            raise LookupError(f"{container} does not run")
        return min(found)

    @staticmethod
    def memory_file(process: int, version_1: str, version_2: str) -> Path:
        """A file of the memory cgroup that a process is in."""
        for line in Path(f"/proc/{process}/cgroup").read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            if "memory" in controllers.split(","):
                return CGROUPS / "memory" / path.lstrip("/") / version_1
            if not controllers and (CGROUPS / "cgroup.controllers").exists():
                return CGROUPS / path.lstrip("/") / version_2
        raise LookupError(f"process {process} is in no memory cgroup")


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealNode]:
    """A Ready node in an empty cluster, for this module alone."""
    cluster = tmp_path_factory.mktemp("node") / "cluster"
    lock = STATE.with_name("node.lock")
    environment = {
        **os.environ,
        "K8SGEN_CONTROL_PLANE": str(STATE.parent),
        "K8SGEN_CLUSTER": str(cluster),
        **dict(zip(("API_PORT", "ETCD_PORT", "ETCD_PEER_PORT"), free_ports(3), strict=True)),
    }
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        watchdog = 'setsid flock "$1" "$2" < /dev/null > /dev/null 2>&1 &'
        subprocess.run(
            ["bash", "-c", watchdog, "watchdog", lock, SCRIPTS / "down.sh"], env=environment, check=True
        )
        started = subprocess.run(
            [SCRIPTS / "up.sh"], env=environment, capture_output=True, text=True, check=False
        )
        assert started.returncode == 0, started.stderr
        running = RealNode(cluster / "kubeconfig")
        yield running
        running.close()
        subprocess.run([SCRIPTS / "down.sh"], env=environment, check=True)


@pytest.hookimpl(tryfirst=True)  # before tests.plugins.needs reads the marker
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for the node needs it, and comes before all others."""
    on_the_node = [item for item in items if "node" in getattr(item, "fixturenames", ())]
    for item in on_the_node:
        item.add_marker(pytest.mark.needs("full-check", REAL_NODE))
    items.sort(key=lambda item: item not in on_the_node)
