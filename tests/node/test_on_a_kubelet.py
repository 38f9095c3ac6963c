"""On a real kubelet: what `explain` states is what happens, and what is computed for runtimes keeps them alive.

One module, since its fixtures start the node for it and take it down after it.
"""

from __future__ import annotations

import errno
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.node import runtimes, scenes
from tests.node.place import EARLY, SLACK

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.node.images import Image


@pytest.mark.scene.with_args(scenes.healthy)
def test_all_probes_pass_and_nothing_restarts(
    seen: scenes.Healthy, record_property: Callable[[str, str], None]
) -> None:
    """As the kubelet counts them; for longer than liveness would bear a failing one."""
    record_property(
        "figures",
        f"node: {len(seen.restarts)} pods available after {seen.available:.1f} s, no restart in {seen.watched:.0f} s, "
        f"probes {', '.join(f'{kind} {result} {count}' for (kind, result), count in sorted(seen.probes.items()))}",
    )
    assert list(seen.restarts.values()) == [0, 0]
    assert seen.probes["Startup", "successful"] == 2
    assert seen.probes["Liveness", "successful"] >= 2 * 3
    assert seen.probes["Readiness", "successful"] >= 2 * 6
    assert not seen.probes.get(("Liveness", "failed"))


@pytest.mark.scene.with_args(scenes.healthy)
def test_the_process_has_no_rights_and_nothing_to_write(seen: scenes.Healthy) -> None:
    """As the kernel has it: no root, no capability, no way to gain any, and a read-only root."""
    for pid in seen.processes:
        status = dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        assert status["Uid"].split() == ["65532"] * 4
        assert {status[name].strip("0") for name in ("CapEff", "CapPrm", "CapBnd", "CapInh", "CapAmb")} == {
            ""
        }
        assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
        with pytest.raises(OSError, match="Read-only") as refused:
            Path(f"/proc/{pid}/root/app.new").write_bytes(b"")
        assert refused.value.errno == errno.EROFS
        Path(f"/proc/{pid}/root/tmp/written").write_bytes(b"x")


@pytest.mark.scene.with_args(scenes.healthy)
def test_the_image_is_the_program_and_nothing_else(
    seen: scenes.Healthy, image: Image, record_property: Callable[[str, str], None]
) -> None:
    """No shell, no package, no user but a number; small, and quick to start."""
    files = image.files()
    record_property(
        "figures",
        f"image: {sum(files.values()) / 2**20:.1f} MiB in {len(files)} files, built in {image.build_seconds:.0f} s; "
        f"started in {', '.join(f'{each:.0f}' for each in seen.start_up)} ms",
    )
    assert sorted(files) == ["/app", "/etc/ssl/certs/ca-certificates.crt"]
    assert sum(files.values()) < 60 << 20
    assert image.settings()["User"] == "65532:65532"
    assert image.settings()["Entrypoint"] == ["/app"]
    assert max(seen.start_up) < 5000


@pytest.mark.scene.with_args(scenes.hang)
def test_a_hang_is_detected_in_the_time_that_explain_states(
    seen: scenes.Hang, record_property: Callable[[str, str], None]
) -> None:
    """First it gets no more traffic, then it is restarted, then it is back; its neighbour is left alone."""
    out_best, out_worst = seen.out_bounds
    best, worst, back = seen.bounds
    record_property(
        "figures",
        f"hang: out of traffic after {seen.out:.1f} s (stated {out_best} to {out_worst}), restarted after "
        f"{seen.detected:.1f} s (stated {best} to {worst}), back after {seen.back:.1f} s (stated at most {back})",
    )
    assert out_best - EARLY <= seen.out <= out_worst + SLACK
    assert best - EARLY <= seen.detected <= worst + SLACK
    assert seen.detected < seen.back <= back + SLACK
    assert len(seen.restarts) == 2
    assert seen.restarts.pop(seen.pod) == 1
    assert list(seen.restarts.values()) == [0]


@pytest.mark.scene.with_args(scenes.outage)
def test_pods_leave_the_service_with_their_database_and_come_back_without_a_restart(
    seen: scenes.Outage, record_property: Callable[[str, str], None]
) -> None:
    """Although it is away for longer than liveness waits: a restart would bring no database back."""
    record_property(
        "figures",
        f"database: out of traffic {seen.out:.1f} s after it was killed (at most {seen.latest}), away for "
        f"{seen.away:.0f} s, back {seen.back:.1f} s after its start, no restart",
    )
    assert seen.out <= seen.latest + SLACK
    assert seen.away > seen.liveness
    assert len(seen.pods_before) == 2
    assert seen.pods_after == seen.pods_before
    assert list(seen.restarts.values()) == [0, 0]


@pytest.mark.scene.with_args(scenes.rolling)
def test_a_rolling_update_loses_no_request(
    seen: scenes.Rolling, record_property: Callable[[str, str], None]
) -> None:
    """Every pod is replaced three times, and every new one has answered."""
    above, below = seen.bounds
    record_property(
        "figures",
        f"rolling update: {seen.rollouts} rollouts in {seen.seconds:.0f} s, {seen.requests} requests over "
        f"{seen.connections} connections, {len(seen.failures)} failed; {seen.fewest} to {seen.most} pods "
        f"(stated {below} to {above})",
    )
    assert not seen.failures
    assert seen.requests > 1000 * seen.rollouts
    assert seen.rollouts == 3
    for old, new in zip(seen.generations, seen.generations[1:], strict=False):
        assert len(new) == 2
        assert not old & new
    assert min(seen.served) > 0
    assert seen.most == above
    assert seen.fewest == below


@pytest.mark.scene.with_args(scenes.endings)
def test_the_end_takes_what_the_shutdown_budget_says(
    seen: scenes.Endings, record_property: Callable[[str, str], None]
) -> None:
    """Idle: the pause. With a request in flight: until that is answered. Hung: the whole budget, and no kill."""
    record_property(
        "figures",
        f"shutdown: idle {seen.idle.seconds:.1f} s, with a request of {scenes.SLOW} s in flight {seen.busy.seconds:.1f} s, "
        f"hung {seen.hung.seconds:.1f} s (stated: SIGTERM at {seen.pause}, finished by {seen.finished}, killed at {seen.killed})",
    )
    assert seen.pause <= seen.idle.seconds < seen.pause + SLACK
    answered = seen.pause - 1 + scenes.SLOW
    assert seen.busy.answer == 200
    assert answered <= seen.busy.seconds < answered + SLACK
    assert seen.hung.answer == -1
    assert seen.busy.seconds < seen.hung.seconds <= seen.finished + SLACK < seen.killed


@pytest.mark.scene.with_args(scenes.leak)
def test_a_leak_ends_at_the_limit_and_each_restart_waits_as_stated(
    seen: scenes.Leak, record_property: Callable[[str, str], None]
) -> None:
    """The first restart comes at once, the next ones wait longer and longer."""
    waits = [(0, 0), seen.stated[:2], seen.stated[2:4]]
    record_property(
        "figures",
        f"leak: OOMKilled at {', '.join(f'{death.peak / 2**20:.0f}' for death in seen.deaths)} of {seen.limit >> 20} MiB, "
        f"restarted after {', '.join(f'{death.waited:.1f}' for death in seen.deaths)} s "
        f"(stated {', '.join(f'{least} to {most}' for least, most in waits)}, and the start)",
    )
    assert len(seen.deaths) == len(waits)
    for death, (least, most) in zip(seen.deaths, waits, strict=True):
        assert (death.reason, death.exit_code) == ("OOMKilled", 137)
        assert 0.75 * seen.limit < death.peak <= seen.limit
        assert least - EARLY <= death.waited <= most + scenes.START
    assert seen.restarts.pop(seen.pod) == len(waits)
    assert list(seen.restarts.values()) == [0]


@pytest.mark.needs("go")
@pytest.mark.scene.with_args(runtimes.go_under_pressure)
def test_go_under_garbage_pressure_lives_by_its_memory_limit_alone(
    seen: runtimes.Compared, record_property: Callable[[str, str], None]
) -> None:
    """60 % of the limit are alive: the collector would wait for twice that."""
    assert seen.computed.lives, seen.computed
    told = json.loads(seen.computed.log)
    record_property(
        "figures",
        f"go: {told['liveBytes'] >> 20} of {seen.computed.limit >> 20} MiB alive, {told['allocatedBytes'] >> 20} MiB made, "
        f"{told['collections']} collections, at most {seen.computed.peak >> 20} MiB with "
        f"GOMEMLIMIT={seen.variables['GOMEMLIMIT']}; without it {seen.naive.reason}",
    )
    assert (seen.naive.reason, seen.naive.exit_code) == ("OOMKilled", 137)
    assert "memoryLimit" not in seen.naive.log
    assert seen.computed.restarts == 0
    assert told["memoryLimit"] == int(seen.variables["GOMEMLIMIT"])
    assert told["liveBytes"] >= seen.computed.limit * (runtimes.LIVE - 1) // 100
    assert told["allocatedBytes"] > runtimes.ROUNDS * told["liveBytes"]
    assert told["liveBytes"] < seen.computed.peak < seen.computed.limit


@pytest.mark.needs("java")
@pytest.mark.scene.with_args(runtimes.jvm_under_pressure)
def test_a_jvm_reads_its_parts_and_lives_within_their_sum(
    seen: runtimes.Compared, record_property: Callable[[str, str], None]
) -> None:
    """Heap, direct memory and stacks used to their end; with a heap of the whole limit it is killed."""
    assert seen.computed.lives, seen.computed.log[-2000:]
    flags = dict(re.findall(r"(?m)^ *\S+ (\S+) += (\S+)", seen.computed.log))
    done = re.search(r"done: live (\d+) direct (\d+) threads (\d+) allocated (\d+)", seen.computed.log)
    assert done, seen.computed.log[-2000:]
    live, direct, threads, allocated = map(int, done.groups())
    record_property(
        "figures",
        f"jvm: heap {int(flags['MaxHeapSize']) >> 20} MiB of {seen.computed.limit >> 20}, {allocated >> 20} MiB made, "
        f"{threads} deep stacks, at most {seen.computed.peak >> 20} MiB; with -Xmx of the whole limit {seen.naive.reason}",
    )
    wanted = runtimes.parts(seen.variables["JAVA_TOOL_OPTIONS"])
    assert {
        "MaxHeapSize",
        "MaxMetaspaceSize",
        "MaxDirectMemorySize",
        "ReservedCodeCacheSize",
    } <= wanted.keys()
    for name, size in wanted.items():
        # The JVM rounds to its pages and the alignment of its heap.
        assert abs(int(flags[name]) - size) < 4 << 20, name
    assert flags["UseSerialGC"] == "true"
    assert flags["ExitOnOutOfMemoryError"] == "true"
    assert (seen.naive.reason, seen.naive.exit_code) == ("OOMKilled", 137)
    assert seen.computed.restarts == 0
    assert threads == runtimes.THREADS
    assert allocated > runtimes.ROUNDS * live
    assert direct > wanted["MaxDirectMemorySize"] * 9 // 10
    assert live < seen.computed.peak < seen.computed.limit
