"""A cluster is shared while it is used, and gone when nobody uses it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from textwrap import dedent

import pytest

from tests.plugins.control_plane import ApiServer, used_cluster

ROOT = Path(__file__).resolve().parents[2]
USER = dedent("""\
    import sys, time
    from pathlib import Path
    from tests.plugins.control_plane import used_cluster

    with used_cluster(Path(sys.argv[1])) as kubeconfig:
        print(kubeconfig, flush=True)
        time.sleep(600)
    """)


@pytest.mark.needs("control-plane")
def test_a_killed_user_leaves_nothing_running(tmp_path: Path) -> None:
    """The first user starts it, the second shares it, and it stops once both are gone, even killed."""
    directory = tmp_path / "control-plane"
    first = subprocess.Popen(
        [sys.executable, "-c", USER, directory], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    with first:
        assert first.stdout
        assert first.stdout.readline() == f"{directory}/cluster/kubeconfig\n"
        etcd = process_id(directory, "etcd")
        with used_cluster(directory) as kubeconfig:
            first.kill()
            first.wait()
            server = ApiServer(kubeconfig)
            assert server.get("/api/v1/namespaces/default")["metadata"]["name"] == "default"
            server.close()
            assert process_id(directory, "etcd") == etcd
    until = time.monotonic() + 10
    while (directory / "cluster").exists():
        assert time.monotonic() < until, "the cluster still runs"
        time.sleep(0.05)
    with pytest.raises(ConnectionRefusedError):
        server.get("/api/v1/namespaces/default")


def process_id(directory: Path, name: str) -> int:
    """The recorded id of one of the cluster's programs."""
    return int((directory / "cluster" / "pid" / name).read_text())
