"""What is watched on the real node. Scenes run side by side, each in a namespace of its own.

A scene measures and waits; what its figures must be stands in the tests. Seconds are `time.monotonic()`.
"""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.node.load import Load
from tests.node.place import NAME, SLACK, ask, stated, until
from tests.node.stage import postgres

if TYPE_CHECKING:
    from tests.node.place import Object, Place
    from tests.node.stage import Stage

FAULTS = ("env.FAULTS=on", "resources.requests.cpu=50m")
"""Faults are off unless asked for; and a node of two cores must take all scenes at once."""


def ip(pod: Object) -> str:
    """The address of a pod."""
    return str(pod["status"]["podIP"])


def name(pod: Object) -> str:
    """The name of a pod."""
    return str(pod["metadata"]["name"])


def process(place: Place, pod: str) -> int:
    """This machine's id of the app's process in a pod."""
    return place.node.process(place.status(pod)["containerID"])


@dataclass(frozen=True)
class Healthy:
    """Pods that nothing happens to."""

    available: float
    watched: float
    restarts: dict[str, int]
    probes: dict[tuple[str, str], int]
    start_up: list[float]
    processes: list[int]
    place: Place


def healthy(stage: Stage) -> Healthy:
    """Until long after liveness would have restarted a pod whose probe does not pass."""
    began = time.monotonic()
    place = stage.place()
    pods = place.wait_until_available()
    available = time.monotonic()
    time.sleep(place.probe("livenessProbe").hang_worst + SLACK)
    told = place.server.kubectl("get", "--raw", "/api/v1/nodes/real/proxy/metrics/probes")
    assert told.returncode == 0, told.stderr
    probes: dict[tuple[str, str], int] = {}
    for line in told.stdout.splitlines():
        labels = dict(re.findall(r'(\w+)="([^"]*)"', line))
        if line.startswith("prober_probe_total{") and labels["namespace"] == place.namespace:
            key = labels["probe_type"], labels["result"]
            probes[key] = probes.get(key, 0) + int(float(line.rpartition(" ")[2]))
    return Healthy(
        available - began,
        time.monotonic() - available,
        place.restarts(),
        probes,
        [start_up(place, name(pod)) for pod in pods],
        [process(place, name(pod)) for pod in pods],
        place,
    )


def start_up(place: Place, pod: str) -> float:
    """Milliseconds from the first line of the program to the end of its start, as its log says."""
    log = place.server.kubectl("logs", "-n", place.namespace, pod).stdout
    told = re.search(r'"msg":"started","duration":"([\d.]+)(ms|s|µs)"', log)
    assert told, log
    return float(told[1]) * {"s": 1000, "ms": 1, "µs": 0.001}[told[2]]


@dataclass(frozen=True)
class Hang:
    """A pod whose app answers no more."""

    out_bounds: tuple[int, ...]
    bounds: tuple[int, ...]
    out: float
    detected: float
    back: float
    restarts: dict[str, int]
    pod: str


def hang(stage: Stage) -> Hang:
    """One of two pods hangs; its kubelet is told by nobody."""
    place = stage.place(*FAULTS)
    pod = place.wait_until_available()[0]
    ill = name(pod)
    began = place.fault(ip(pod), "hang")
    out = until("its end of traffic", lambda: ill not in place.in_traffic())
    detected = until("its end", lambda: bool(place.events(ill, "Killing")), pause=0.1)
    until("its restart", lambda: place.status(ill)["restartCount"] == 1)
    back = until("its return", lambda: ill in place.in_traffic())
    return Hang(
        stated("a hung pod gets no more traffic after # to # s", place.explanation),
        stated("a hung process is restarted after # to # s and is back by # s", place.explanation),
        out - began,
        detected - began,
        back - began,
        place.restarts(),
        ill,
    )


@dataclass(frozen=True)
class Outage:
    """A database that goes and comes back."""

    out: float
    latest: float
    away: float
    liveness: int
    back: float
    restarts: dict[str, int]
    pods_before: set[str]
    pods_after: set[str]


def connects(address: str) -> bool:
    """Whether anything takes a new connection to a Service."""
    try:
        ask(address, "/healthz", timeout=2)
    except OSError:
        return False
    return True


def outage(stage: Stage) -> Outage:
    """Longer than liveness would bear if it asked for the database."""
    with postgres(stage.directory / "outage.log") as database:
        place = stage.place(database=database)
        before = {name(pod) for pod in place.wait_until_available()}
        until("traffic", lambda: place.in_traffic() == before)
        address = place.address()
        assert ask(address, "/orders")[0] == 200
        readiness, liveness = place.probe("readinessProbe"), place.probe("livenessProbe")
        began = time.monotonic()
        database.kill()
        out = until("the end of traffic", lambda: not place.in_traffic())
        until("the Service's refusal", lambda: not connects(address), patience=SLACK + readiness.period)
        time.sleep(max(0.0, began + liveness.hang_worst + SLACK - time.monotonic()))
        during = place.restarts()
        assert set(during) == before
        assert not place.in_traffic()
        started = time.monotonic()
        database.start()
        back = until("traffic", lambda: place.in_traffic() == before)
        assert ask(address, "/orders")[0] == 200
    return Outage(
        out - began,
        # The check runs every 2 s and waits 1 s; then the failures of a probe that is answered at once.
        2 + 1 + readiness.failures * readiness.period,
        started - began,
        liveness.hang_worst,
        back - started,
        place.restarts(),
        before,
        {name(pod) for pod in place.pods()},
    )


@dataclass(frozen=True)
class Rolling:
    """New versions under constant load."""

    rollouts: int
    seconds: float
    requests: int
    connections: int
    failures: list[str]
    most: int
    fewest: int
    bounds: tuple[int, ...]
    generations: list[set[str]]
    served: list[int]


def rolling(stage: Stage) -> Rolling:
    """To 1.0.1, back to 1.0.0, and to 1.0.1 again, by clients at the Service's address."""
    place = stage.place()
    pods = place.wait_until_available()
    until("traffic", lambda: len(place.in_traffic()) == len(pods))
    generations, served = [{name(pod) for pod in pods}], [0]
    most, fewest = 0, len(pods)
    finished = threading.Event()

    def count() -> None:
        nonlocal most, fewest
        server = stage.node.server()
        while not finished.is_set():
            # What is wanted: a busy machine may make a pod before it has deleted the other that was to go.
            sets = server.get(place.path("/apis/apps/v1", "replicasets"))["items"]
            most = max(most, sum(each["spec"]["replicas"] for each in sets))
            status = server.get(place.path("/apis/apps/v1", "deployments", NAME))["status"]
            fewest = min(fewest, status.get("availableReplicas", 0))
            time.sleep(0.1)

    counting = threading.Thread(target=count)
    counting.start()
    began = time.monotonic()
    try:
        with Load(place.address(), 8080) as load:
            time.sleep(2)
            for tag in ("1.0.1", "1.0.0", "1.0.1"):
                place.apply(f"image.tag={tag}")
                pods = place.wait_until_available()
                generations.append({name(pod) for pod in pods})
                time.sleep(2)
                served.append(min(answered(ip(pod)) for pod in pods))
    finally:
        finished.set()
        counting.join()
    return Rolling(
        len(generations) - 1,
        time.monotonic() - began,
        load.counts["requests"],
        load.counts["connections"],
        load.failures,
        most,
        fewest,
        stated("2 pods: never above #, never below # available", place.explanation),
        generations,
        served[1:],
    )


def answered(address: str) -> int:
    """How many requests for orders a pod has answered, as its metrics say."""
    text = ask(address, "/metrics", port=9090)[1].decode()
    found = re.findall(r'(?m)^http_requests_total\{[^}]*route="/orders"[^}]*\} (\S+)$', text)
    return int(sum(map(float, found)))


@dataclass(frozen=True)
class Ending:
    """How long a pod took from its deletion to the end of its process."""

    seconds: float
    answer: int


@dataclass(frozen=True)
class Endings:
    """Three pods that are deleted at once: idle, with a request in flight, and hung with one."""

    pause: int
    finished: int
    killed: int
    idle: Ending
    busy: Ending
    hung: Ending


SLOW = 8
"""Seconds that the request in flight takes; it is sent a second before SIGTERM."""


def endings(stage: Stage) -> Endings:
    """The request in flight must be answered; the one that hangs must not hold up the end for ever."""
    place = stage.place(*FAULTS, "replicas=3")
    pods = place.wait_until_available()
    pause, finished, killed = stated(
        "at 0 s proxies are told and the pause begins, at # s SIGTERM, by # s the process has finished, "
        "at # s it would be killed",
        place.explanation,
    )
    place.fault(ip(pods[1]), f"slow?seconds={SLOW}")
    place.fault(ip(pods[2]), "hang")
    running = [process(place, name(pod)) for pod in pods]
    answers = [0, 0, 0]

    def request(number: int) -> None:
        time.sleep(pause - 1)
        try:
            answers[number] = ask(ip(pods[number]), "/orders", timeout=2 * killed)[0]
        except OSError:
            answers[number] = -1

    clients = [threading.Thread(target=request, args=(number,)) for number in (1, 2)]
    began = time.monotonic()
    for pod in pods:
        place.server.delete(place.path("/api/v1", "pods", name(pod)))
    for client in clients:
        client.start()
    ends = dict.fromkeys(running, 0.0)
    while not all(ends.values()):
        for pid, end in ends.items():
            if not end and not Path(f"/proc/{pid}").exists():
                ends[pid] = time.monotonic() - began
        assert time.monotonic() - began < 2 * killed, "a pod does not end"
        time.sleep(0.02)
    for client in clients:
        client.join()
    made = [Ending(seconds, answer) for seconds, answer in zip(ends.values(), answers, strict=True)]
    return Endings(pause, finished, killed, *made)


def has_restarted(place: Place, pod: str, times: int) -> bool:
    """Whether the app's container in a pod has been started again so often."""
    return bool(place.status(pod)["restartCount"] == times)


@dataclass(frozen=True)
class Death:
    """A container that took more memory than it may."""

    reason: str
    exit_code: int
    peak: int
    waited: float


@dataclass(frozen=True)
class Leak:
    """A pod whose app leaks, and leaks again after each restart."""

    limit: int
    deaths: list[Death]
    stated: tuple[int, ...]
    restarts: dict[str, int]
    pod: str


LEAK = 64
"""MiB a second."""
START = 6.0
"""Seconds that the kubelet of a busy machine may take to notice an end and to start a container."""


def leak(stage: Stage) -> Leak:
    """Three times, for the first restart comes at once and only the next ones wait."""
    place = stage.place(*FAULTS)
    pod = place.wait_until_available()[0]
    ill, deaths = name(pod), []
    for number in (1, 2, 3):
        pid = process(place, ill)
        usage = place.node.memory_file(pid, "memory.usage_in_bytes", "memory.current")
        place.fault(ip(pod), f"leak?mib={LEAK}")
        peak = 0
        while Path(f"/proc/{pid}").exists():
            try:
                peak = max(peak, int(usage.read_text()))
            except OSError:
                break
            time.sleep(0.01)
        died = time.monotonic()
        until("its restart", partial(has_restarted, place, ill, number))
        back = until("its process", lambda: "running" in place.status(ill)["state"])
        last = place.status(ill)["lastState"]["terminated"]
        deaths.append(Death(last["reason"], last["exitCode"], peak, back - died))
        until("its start", lambda: bool(place.status(ill)["started"]))
    limit = int(place.container["resources"]["limits"]["memory"].removesuffix("Mi")) << 20
    return Leak(
        limit,
        deaths,
        stated("a further restart waits # to # s, then # to #, up to #", place.explanation),
        place.restarts(),
        ill,
    )
