"""What a machine cannot have stops neither `make tools` nor the proof of the rest."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BUILD = Path(__file__).resolve().parents[2] / "tools" / "build.py"
REASON = "not root, which namespaces, mounts and cgroups need"


@pytest.mark.needs("go")
def test_a_real_node_without_root_is_noted_and_no_failure(tmp_path: Path) -> None:
    """In a namespace without its users root is nobody, too."""
    nobody = ["unshare", "--user"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*nobody, sys.executable, BUILD, "real-node"],
        env={**os.environ, "K8SGEN_CACHE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f"tools: real-node: NOT BUILT, impossible here: {REASON}; its tests will be skipped" in done.stdout
    assert (tmp_path / "impossible" / "real-node").read_text() == f"{REASON}\n"


@pytest.mark.needs("go")
def test_runtimes_that_cannot_be_had_are_noted_and_no_failure(tmp_path: Path) -> None:
    """On a machine with Go alone, for somebody who may install nothing."""
    programs, cache = tmp_path / "bin", tmp_path / "cache"
    programs.mkdir()
    (programs / "go").symlink_to(str(shutil.which("go")))
    nobody = [str(shutil.which("unshare")), "--user"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*nobody, sys.executable, BUILD, "runtimes"],
        env={**os.environ, "PATH": str(programs), "K8SGEN_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=False,
    )
    reason = "no java and no node, and not root, who could install openjdk-17-jdk-headless nodejs"
    assert (done.returncode, done.stderr) == (0, "")
    assert (cache / "impossible" / "runtimes").read_text() == f"{reason}\n"
