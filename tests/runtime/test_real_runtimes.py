"""Real runtimes, started with what is computed for them, say what they have understood."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from k8sgen.resolve.runtime import go, jvm, node, python
from tests.resolve.specs import spec

if TYPE_CHECKING:
    from pathlib import Path

MIB = 2**20
SECONDS = 120

GO_PROGRAM = """\
package main

import (
\t"fmt"
\t"runtime"
\t"runtime/debug"
)

func main() { fmt.Println(debug.SetMemoryLimit(-1), runtime.GOMAXPROCS(0)) }
"""


def answer(*command: str, **variables: str) -> str:
    """What a program prints with further environment variables."""
    done = subprocess.run(
        command, env={**os.environ, **variables}, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.needs("java")
@pytest.mark.parametrize(
    ("limits", "parts", "collector"),
    [
        ("memory: 768Mi", "loadedClasses: 19692", "Serial"),
        ("memory: 2Gi, cpu: 2", "", "G1"),
        ("memory: 4Gi", "initialHeap: 512Mi, heap: 2Gi, metaspaceInitial: 256Mi, gc: G1", "G1"),
        ("memory: 2Gi", "gc: Parallel, codeCache: 128Mi, threadStack: 512Ki, directMemory: 64Mi", "Parallel"),
        ("memory: 1Gi", "gc: Z, heapPercent: 30, threads: 100", "Z"),
    ],
)
def test_the_jvm_reads_each_part(limits: str, parts: str, collector: str) -> None:
    """Heap, metaspace, direct memory, code cache, stack and collector; the JVM rounds up to its pages and regions."""
    service = spec(f"runtime: {{jvm: {{{parts}}}}}\nresources: {{limits: {{{limits}}}}}\n")
    printed = answer(
        "java", "-XX:+PrintFlagsFinal", "-version", JAVA_TOOL_OPTIONS=jvm.java_tool_options(service)
    )
    flags = dict(re.findall(r"^ *\S+ (\S+) += (\S+)", printed, re.MULTILINE))
    heap, metaspace = jvm.jvm_heap_bytes(service), jvm.jvm_metaspace_bytes(service)
    assert 0 <= int(flags["MaxHeapSize"]) - heap // 1024 * 1024 < 4 * MIB
    assert 0 <= metaspace - int(flags["MaxMetaspaceSize"]) < 64 * 1024
    assert flags[f"Use{collector}GC"] == "true"
    assert sum(flags[f"Use{name}GC"] == "true" for name in ("Serial", "Parallel", "G1", "Z")) == 1
    assert flags["ExitOnOutOfMemoryError"] == "true"
    assert int(flags["ThreadStackSize"]) * 1024 == jvm.jvm_stack_bytes(service)
    mebibytes = {"256Mi": 256, "240Mi": 240, "128Mi": 128, "64Mi": 64, "10Mi": 10}
    assert int(flags["ReservedCodeCacheSize"]) == mebibytes[jvm.jvm_code_cache(service)] * MIB
    assert int(flags["MaxDirectMemorySize"]) == mebibytes[jvm.jvm_direct_memory(service)] * MIB
    if "initialHeap" in parts:
        assert int(flags["InitialHeapSize"]) == jvm.jvm_initial_heap_bytes(service) == 512 * MIB
    if "metaspaceInitial" in parts:
        assert int(flags["MetaspaceSize"]) == 256 * MIB


@pytest.mark.needs("go")
def test_go_reads_its_limits(tmp_path: Path) -> None:
    """The number of bytes and of threads."""
    (tmp_path / "main.go").write_text(GO_PROGRAM)
    service = spec('runtime: {go: {version: "1.24"}}\nresources: {limits: {cpu: 1500m, memory: 333Mi}}\n')
    printed = answer(
        "go",
        "run",
        str(tmp_path / "main.go"),
        GOMEMLIMIT=go.go_memory_limit(service),
        GOMAXPROCS=go.go_max_procs(service),
    )
    assert printed.split() == [str(333 * MIB * 90 // 100), "2"]


@pytest.mark.needs("nodejs")
def test_node_reads_its_old_space() -> None:
    """V8's limit is the old space, and the young one beside it."""
    sizes = [
        int(
            answer(
                "node",
                "-p",
                "v8.getHeapStatistics().heap_size_limit",
                NODE_OPTIONS=node.node_options(
                    spec(f"runtime: node\nresources: {{limits: {{memory: {limit}}}}}\n")
                ),
            )
        )
        for limit in ("512Mi", "1Gi")
    ]
    assert sizes[1] - sizes[0] == (768 - 384) * MIB
    assert 0 <= sizes[0] - 384 * MIB <= 64 * MIB


def test_gunicorn_reads_workers_threads_and_time_out() -> None:
    """As its own report of its settings has them."""
    service = spec(
        "runtime: {python: {threads: 3}}\nshutdown: {timeoutSeconds: 17}\nresources: {limits: {memory: 1Gi, cpu: 2}}\n"
    )
    variables = {
        "WEB_CONCURRENCY": python.web_concurrency(service),
        "GUNICORN_CMD_ARGS": python.gunicorn_arguments(service),
    }
    printed = answer(
        sys.executable, "-m", "gunicorn", "--print-config", "wsgiref.simple_server:demo_app", **variables
    )
    settings = dict(re.findall(r"^(\w+) += (.*)$", printed, re.MULTILINE))
    assert {name: settings[name] for name in ("workers", "threads", "graceful_timeout")} == {
        "workers": "5",
        "threads": "3",
        "graceful_timeout": "17",
    }


def test_uvicorn_reads_workers_and_time_out() -> None:
    """As its command and its settings understand them."""
    service = spec(
        "runtime: {python: {server: uvicorn}}\nshutdown: {timeoutSeconds: 17}\nresources: {limits: {memory: 1Gi, cpu: 2}}\n"
    )
    variables = {
        "WEB_CONCURRENCY": python.web_concurrency(service),
        "UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN": python.uvicorn_graceful_timeout(service),
    }
    program = (
        "import uvicorn\n"
        "given = uvicorn.main.make_context('uvicorn', ['app:app']).params\n"
        "print(given['timeout_graceful_shutdown'], uvicorn.Config('app:app', workers=given['workers']).workers)\n"
    )
    assert answer(sys.executable, "-c", program, **variables).split() == ["17", "5"]
