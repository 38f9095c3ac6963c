"""What rendered objects promise: rollout, node drain, start-up, detection of a hang, shutdown.

Computed from the objects as Kubernetes will act on them, with the formulas of its own source, so that
a patch or a pass-through field counts like any other value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from k8sgen.resolve.arithmetic import slept_seconds

Object = Mapping[str, Any]

DEPLOYMENT = "ResolveFenceposts, k8s.io/kubernetes/pkg/controller/deployment/util"
BUDGET = "getExpectedPodCount, k8s.io/kubernetes/pkg/controller/disruption"
WORKER = "k8s.io/kubernetes/pkg/kubelet/prober/worker.go"
TERMINATION = "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination"
SCALER = "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing that will happen: `text` with the numbers, `formula` how they come about."""

    topic: str
    text: str
    formula: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the spec declares and no object holds: seconds of a normal start, and of the app's own shutdown."""

    start_seconds: int
    stop_seconds: int
    signal: str


@dataclass(frozen=True, slots=True)
class Probe:
    """A probe with Kubernetes' defaults filled in, times in seconds."""

    delay: int
    period: int
    timeout: int
    failures: int
    grace: int | None

    @property
    def hang_best(self) -> int:
        """The soonest that a hang is noticed: it began right before a probe."""
        return (self.failures - 1) * max(self.period, self.timeout) + self.timeout

    @property
    def hang_worst(self) -> int:
        """The latest that a hang is noticed: it began right after a probe."""
        return self.period + self.hang_best

    @property
    def start_guaranteed(self) -> int:
        """Seconds that a start may take and is never interrupted."""
        return self.delay + (self.failures - 1) * self.period

    @property
    def start_latest(self) -> int:
        """Seconds after which a start is interrupted at the latest."""
        return self.delay + self.failures * self.period + self.timeout


def promises(objects: Sequence[Object], facts: Facts) -> Iterator[Promise]:
    """Everything that the objects of one service promise."""
    deployment = find(objects, "Deployment")
    if deployment is None:
        return
    scaler, budget = find(objects, "HorizontalPodAutoscaler"), find(objects, "PodDisruptionBudget")
    low, high = replica_range(deployment, scaler)
    yield from scale(low, high, scaler)
    if high:
        yield from rollout(deployment, low, high, facts)
    yield from drain(budget, low)
    pod = deployment["spec"]["template"]["spec"]
    main = pod["containers"][0]
    yield from start(main)
    yield from detection(main, pod, facts)
    yield from shutdown(main, pod, facts)


def find(objects: Sequence[Object], kind: str) -> Object | None:
    """The first object of a kind."""
    return next((obj for obj in objects if obj.get("kind") == kind), None)


def replica_range(deployment: Object, scaler: Object | None) -> tuple[int, int]:
    """The fewest and the most pods that run on purpose."""
    if scaler is None:
        replicas = deployment["spec"].get("replicas", 1)
        return replicas, replicas
    return scaler["spec"].get("minReplicas", 1), scaler["spec"]["maxReplicas"]


def count(pods: int) -> str:
    """A number of pods in words."""
    return "1 pod" if pods == 1 else f"{pods} pods"


def scale(low: int, high: int, scaler: Object | None) -> Iterator[Promise]:
    """How many pods there are."""
    if scaler is None:
        alone = "; with one pod, each rollout, drain or crash is felt" if low == 1 else ""
        yield Promise("scale", f"{count(low)} run{'s' if low == 1 else ''}{alone}")
        return
    wanted = [metric_text(metric) for metric in scaler["spec"].get("metrics", [])]
    yield Promise(
        "scale",
        f"{low} to {high} pods, to hold {', '.join(wanted)}",
        "ceil(pods x measured / target), no change within 10 %; up at once, down after 300 s unless behavior says otherwise",
        SCALER,
    )


def metric_text(metric: Mapping[str, Any]) -> str:
    """A metric and its target."""
    kind = metric["type"][:1].lower() + metric["type"][1:]
    body = metric.get(kind, {})
    name = body.get("name") or body.get("metric", {}).get("name", "")
    target = body.get("target", {})
    if "averageUtilization" in target:
        return f"{name} at {target['averageUtilization']} % of the request"
    return f"{name} at {target.get('averageValue') or target.get('value')}"


def rollout(deployment: Object, low: int, high: int, facts: Facts) -> Iterator[Promise]:
    """How a new version replaces the old one."""
    spec = deployment["spec"]
    strategy = spec.get("strategy", {})
    ready = spec.get("minReadySeconds", 0)
    if strategy.get("type") == "Recreate":
        pause = pause_seconds(deployment["spec"]["template"]["spec"]["containers"][0]) or 0
        yield Promise(
            "rollout",
            "all pods stop before any of the new version starts: no service for a shutdown and a start, "
            f"about {pause + facts.stop_seconds + facts.start_seconds} s and the image pulls",
            f"Recreate: pause {pause} s + time-out {facts.stop_seconds} s + start {facts.start_seconds} s",
            "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment",
        )
    else:
        rolling = strategy.get("rollingUpdate", {})
        for number in dict.fromkeys((low or high, high)):
            surge, unavailable = fenceposts(
                rolling.get("maxSurge", "25%"), rolling.get("maxUnavailable", "25%"), number
            )
            rounded = (share(rolling.get("maxSurge", "25%"), number, up=True), unavailable) == (0, 1)
            floor = (
                "unavailable 1, since both round to 0"
                if rounded and rolling.get("maxUnavailable", "25%") != 1
                else f"unavailable floor({rolling.get('maxUnavailable', '25%')} of {number}) = {unavailable}"
            )
            steps = -(-number // max(1, surge + unavailable))
            seconds = steps * (facts.start_seconds + ready)
            yield Promise(
                "rollout",
                f"{count(number)}: never above {number + surge}, never below {number - unavailable} available; "
                f"about {steps} step{'s' if steps != 1 else ''}, {seconds} s and the image pulls",
                f"surge ceil({rolling.get('maxSurge', '25%')} of {number}) = {surge}, "
                f"{floor}; steps x (start {facts.start_seconds} s + minReady {ready} s); terminating pods are not counted",
                DEPLOYMENT,
            )
    yield Promise(
        "rollout",
        f"a rollout without progress for {spec.get('progressDeadlineSeconds', 600)} s is reported as failed; nothing rolls back by itself",
        "",
        "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds",
    )


def fenceposts(surge: int | str, unavailable: int | str, replicas: int) -> tuple[int, int]:
    """Pods above and below the wanted number: surge rounds up, unavailable down, and both are never 0."""
    up, down = share(surge, replicas, up=True), share(unavailable, replicas, up=False)
    return (up, down) if up or down else (0, 1)


def share(value: int | str, total: int, *, up: bool) -> int:
    """A number, or a percentage of a total."""
    if isinstance(value, int):
        return value
    part = int(value.removesuffix("%")) * total
    return -(-part // 100) if up else part // 100


def drain(budget: Object | None, low: int) -> Iterator[Promise]:
    """What a node drain may take away."""
    if budget is None:
        felt = ", so a node drain takes it away at once" if low == 1 else ""
        if low > 1:
            felt = ", so a node drain may take all pods at once"
        yield Promise("drain", f"no disruption budget for {count(low)}{felt}")
        return
    spec = budget["spec"]
    if "minAvailable" in spec:
        wanted = share(spec["minAvailable"], low, up=True)
        formula = f"{low} - minAvailable {spec['minAvailable']}"
    else:
        wanted = low - share(spec["maxUnavailable"], low, up=True)
        formula = f"maxUnavailable {spec['maxUnavailable']} of {low}"
    yield Promise(
        "drain",
        f"takes at most {max(0, low - wanted)} of {low} pods at once and leaves {wanted} ready",
        formula,
        BUDGET,
    )


def read_probe(container: Mapping[str, Any], name: str) -> Probe | None:
    """A probe of a container."""
    found = container.get(name)
    if found is None:
        return None
    return Probe(
        found.get("initialDelaySeconds", 0),
        found.get("periodSeconds", 10),
        found.get("timeoutSeconds", 1),
        found.get("failureThreshold", 3),
        found.get("terminationGracePeriodSeconds"),
    )


def start(main: Mapping[str, Any]) -> Iterator[Promise]:
    """How long a start may take."""
    probe = read_probe(main, "startupProbe")
    if probe is None:
        yield Promise(
            "start-up",
            "no probe waits for the start" + ("; liveness begins at once" if "livenessProbe" in main else ""),
        )
        return
    yield Promise(
        "start-up",
        f"a start of up to {probe.start_guaranteed} s is never interrupted; a slower one is restarted after {probe.start_latest} s at the latest",
        f"initialDelay {probe.delay} + ({probe.failures} - 1) x period {probe.period}; "
        f"latest: {probe.delay} + {probe.failures} x {probe.period} + time-out {probe.timeout}",
        WORKER,
    )


def detection(main: Mapping[str, Any], pod: Mapping[str, Any], facts: Facts) -> Iterator[Promise]:
    """When a hang is noticed, and when it is over."""
    readiness, liveness = read_probe(main, "readinessProbe"), read_probe(main, "livenessProbe")
    formula = "period + (failures - 1) x max(period, time-out) + time-out, without the first period at best"
    if readiness is None:
        yield Promise(
            "detection", "no readiness probe: a pod counts as ready from the moment its process runs"
        )
    else:
        yield Promise(
            "detection",
            f"a hung pod gets no more traffic after {readiness.hang_best} to {readiness.hang_worst} s",
            formula,
            WORKER,
        )
    if liveness is None:
        yield Promise("detection", "no liveness probe: a hung process stays until somebody notices")
        return
    grace = liveness.grace if liveness.grace is not None else pod.get("terminationGracePeriodSeconds", 30)
    yield Promise(
        "detection",
        f"a hung process is restarted after {liveness.hang_best} to {liveness.hang_worst} s and is back by "
        f"{liveness.hang_worst + grace + facts.start_seconds} s when it starts as usual",
        f"{formula}; back by: + grace {grace} s + start {facts.start_seconds} s (a further restart waits 10 to 15 s, then 20 to 30, up to 300)",
        WORKER,
    )


def shutdown(main: Mapping[str, Any], pod: Mapping[str, Any], facts: Facts) -> Iterator[Promise]:
    """How a pod goes away."""
    grace = pod.get("terminationGracePeriodSeconds", 30)
    pause = pause_seconds(main)
    if pause is None:
        yield Promise(
            "shutdown",
            f"at 0 s proxies are told and the preStop handler runs, then {facts.signal}, {facts.stop_seconds} s later "
            f"the process has finished; at {grace} s it would be killed, so the handler may take {grace - facts.stop_seconds} s",
            f"grace period {grace} - time-out {facts.stop_seconds}",
            TERMINATION,
        )
    elif pause:
        yield Promise(
            "shutdown",
            f"at 0 s proxies are told and the pause begins, at {pause} s {facts.signal}, by {pause + facts.stop_seconds} s the process "
            f"has finished, at {grace} s it would be killed",
            f"pause {pause} + time-out {facts.stop_seconds}, killed at the grace period {grace}",
            TERMINATION,
        )
    else:
        yield Promise(
            "shutdown",
            f"at 0 s {facts.signal}, by {facts.stop_seconds} s the process has finished, at {grace} s it would be killed",
            f"no pause; time-out {facts.stop_seconds}, killed at the grace period {grace}",
            TERMINATION,
        )


def pause_seconds(main: Mapping[str, Any]) -> int | None:
    """Seconds of a preStop pause, 0 without one; None for a handler whose length nobody knows."""
    hook = main.get("lifecycle", {}).get("preStop", {})
    if "sleep" in hook:
        return int(hook["sleep"]["seconds"])
    if not hook:
        return 0
    return slept_seconds(hook.get("exec", {}).get("command", [])) or None


def asks_of_image(deployment: Object) -> Iterator[str]:
    """What the rendered pod expects of the image, so that nobody finds out in a crash loop."""
    pod = deployment["spec"]["template"]["spec"]
    main = pod["containers"][0]
    security = {**pod.get("securityContext", {}), **main.get("securityContext", {})}
    if security.get("runAsNonRoot"):
        how = (
            f"as user {security['runAsUser']}"
            if "runAsUser" in security
            else "as the image's own user, which must be a number and not 0"
        )
        yield f"runs without root: {how} (else set security.runAsUser, or security.runAsNonRoot: false under podSecurity baseline)"
    if security.get("readOnlyRootFilesystem"):
        mounts = [mount["mountPath"] for mount in main.get("volumeMounts", []) if not mount.get("readOnly")]
        yield f"writes only to {', '.join(mounts) or 'nothing'} (else add a volume, or set security.readOnlyRootFilesystem: false)"
    for name in ("startupProbe", "livenessProbe", "readinessProbe"):
        probe = main.get(name, {})
        if "tcpSocket" in probe:
            yield f"listens on port {probe['tcpSocket']['port']} for the {name.removesuffix('Probe')} probe"
        if "httpGet" in probe:
            yield f"answers GET {probe['httpGet'].get('path', '/')} on port {probe['httpGet']['port']} for the {name.removesuffix('Probe')} probe"
    command = main.get("lifecycle", {}).get("preStop", {}).get("exec", {}).get("command", [])
    if command:
        yield f"has the program {command[0]} for the preStop hook"
