"""What Python servers read: WEB_CONCURRENCY, and a graceful time-out inside the grace period."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import Natural, ceil_div, quantity_bytes, size_in
from k8sgen.resolve.derivation import derived, rule
from k8sgen.resolve.runtime.limits import MIB, cpu_cores, memory_limit_bytes, sets_variable, variable_text
from k8sgen.spec.runtime import Workers
from k8sgen.spec.service_spec import Spec
from k8sgen.spec.types import Quantity

GUNICORN_WORKERS = "https://docs.gunicorn.org/en/stable/design.html#how-many-workers"
GUNICORN_SETTINGS = "https://docs.gunicorn.org/en/stable/settings.html#graceful-timeout"
UVICORN_SETTINGS = "https://www.uvicorn.org/settings/"

MASTER_BYTES = 33_554_432


@derived(given="runtime.python.server", source=GUNICORN_SETTINGS)
def python_server(spec: Spec) -> str:
    """The server that starts the workers."""
    return "gunicorn"


@derived(given="runtime.python.workerMemory")
def python_worker_memory(spec: Spec) -> Quantity:
    """Memory of one worker: a guess."""
    return "96Mi"


@derived(source=GUNICORN_WORKERS)
def python_worker_bytes(spec: Spec) -> Natural:
    """Memory of one worker in bytes, 1 MiB at least and 1 TiB at most."""
    return min(1_099_511_627_776, max(MIB, quantity_bytes(python_worker_memory(spec))))


@derived(given="runtime.python.workers", source=GUNICORN_WORKERS)
def python_workers(spec: Spec) -> Workers:
    """Worker processes: two a core and one, as many as the memory limit holds beside the first process."""
    workers = min(1000, 2 * min(cpu_cores(spec), 1000) + 1)
    if memory_limit_bytes(spec) > 0:
        room = max(0, memory_limit_bytes(spec) - MASTER_BYTES)
        workers = min(workers, room // max(1, python_worker_bytes(spec)))
    return max(1, workers)


@derived(source=GUNICORN_WORKERS)
def python_started_workers(spec: Spec) -> Natural:
    """Workers that are started: as many as `env.WEB_CONCURRENCY` says, if that is a number here."""
    if sets_variable("WEB_CONCURRENCY", spec):
        return min(1000, size_in(variable_text("WEB_CONCURRENCY", spec), ""))
    return python_workers(spec)


@derived(source=GUNICORN_WORKERS)
def web_concurrency(spec: Spec) -> str:
    """WEB_CONCURRENCY, the number of workers, which gunicorn and uvicorn read; "" when nothing is to be set."""
    if spec.runtime.python is None or sets_variable("WEB_CONCURRENCY", spec):
        return ""
    return f"{python_workers(spec)}"


@web_concurrency.because
def _(spec: Spec) -> str:
    if python_workers.given_value(spec) is not None:
        return ""
    wanted = 2 * cpu_cores(spec) + 1
    cores = "1 core" if cpu_cores(spec) == 1 else f"{cpu_cores(spec)} cores"
    if python_workers(spec) == wanted:
        return f"2 x {cores} + 1; workers of {python_worker_memory(spec)} fit into the memory limit"
    return (
        f"as many workers of {python_worker_memory(spec)} as fit into the memory limit; {wanted} by {cores}"
    )


@derived(source=GUNICORN_SETTINGS)
def gunicorn_arguments(spec: Spec) -> str:
    """GUNICORN_CMD_ARGS with time-out in seconds and threads; "" when nothing is to be set."""
    if spec.runtime.python is None or sets_variable("GUNICORN_CMD_ARGS", spec):
        return ""
    if python_server(spec) != "gunicorn":
        return ""
    arguments = f"--graceful-timeout={spec.shutdown.timeout_seconds}"
    if spec.runtime.python.threads is not None:
        return f"{arguments} --threads={spec.runtime.python.threads}"
    return arguments


@gunicorn_arguments.because
def _(spec: Spec) -> str:
    return "shutdown.timeoutSeconds; gunicorn's own 30 s know nothing of the grace period"


@derived(source=UVICORN_SETTINGS)
def uvicorn_graceful_timeout(spec: Spec) -> str:
    """UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN in seconds; "" when nothing is to be set."""
    if spec.runtime.python is None or sets_variable("UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN", spec):
        return ""
    if python_server(spec) != "uvicorn":
        return ""
    return f"{spec.shutdown.timeout_seconds}"


@uvicorn_graceful_timeout.because
def _(spec: Spec) -> str:
    return "shutdown.timeoutSeconds; uvicorn waits for ever by itself"


@rule(
    "runtime.python.workers",
    "runtime.python.workerMemory",
    "env.WEB_CONCURRENCY",
    "resources.limits",
    hint="raise resources.limits.memory, or have fewer workers, or a smaller workerMemory",
    source=GUNICORN_WORKERS,
)
def python_workers_do_not_fit(spec: Spec) -> str:
    """A worker too many is killed by the kernel, and started again, and killed."""
    if spec.runtime.python is None or memory_limit_bytes(spec) == 0 or python_started_workers(spec) == 0:
        return ""
    needed = python_started_workers(spec) * python_worker_bytes(spec) + MASTER_BYTES
    missing = needed - memory_limit_bytes(spec)
    if missing > 0:
        return (
            f"{python_started_workers(spec)} workers of {ceil_div(python_worker_bytes(spec), MIB)} MiB and 32 MiB for the "
            f"first process are {ceil_div(needed, MIB)} MiB, and the memory limit is "
            f"{memory_limit_bytes(spec) // MIB} MiB: {ceil_div(missing, MIB)} MiB are missing; "
            f"the smallest limit that works is {ceil_div(needed, MIB)}Mi"
        )
    return ""
