"""What runtimes read: the calculators' golden values, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8sgen.resolve.refuse import check_rules
from k8sgen.resolve.resources import resource_limits, resource_requests
from k8sgen.resolve.runtime import go, jvm, node, python
from k8sgen.spec.load import LoadedSettings, LoadedSpec, load_document, load_spec
from k8sgen.yamltext.read import Source
from tests.resolve.specs import MINIMAL, NEW, RELEASE, loaded, spec

MIB = 2**20


def jvm_spec(limit: str, parts: str) -> LoadedSpec:
    """A service on the JVM with a memory limit."""
    return loaded(
        f"resources: {{requests: {{}}, limits: {{memory: {limit}}}}}\nruntime: {{jvm: {{{parts}}}}}\n"
    )


@pytest.mark.parametrize(("limit", "mebibytes"), [("768Mi", "145.7"), ("1Gi", "401.7")])
def test_the_heap_is_what_19692_classes_leave(limit: str, mebibytes: str) -> None:
    """The same numbers as Paketo's calculator."""
    service = jvm_spec(limit, "loadedClasses: 19692").spec
    assert f"{jvm.jvm_heap_bytes(service) / MIB:.1f}" == mebibytes


def test_the_calculators_own_golden_value() -> None:
    """bell-sw/Liberica, issue 913: total 15605568K with 19692 classes."""
    options = jvm.java_tool_options(jvm_spec("15605568Ki", "loadedClasses: 19692").spec)
    assert "-XX:MaxMetaspaceSize=125208K" in options.split()
    assert "-Xmx14968359K" in options.split()


def test_512_mebibytes_are_110_too_few() -> None:
    """The parts beside the heap exceed the limit."""
    problems = check_rules(jvm_spec("512Mi", "loadedClasses: 19692"), RELEASE, NEW)
    (problem,) = problems
    assert problem.message == (
        "the JVM needs 623 MiB without the heap, and would leave it -110 MiB: direct memory 10 + code cache 240 + "
        "metaspace 123 + 250 stacks 250 + head-room 0; the memory limit is 512 MiB: 113 MiB are missing; "
        "the smallest limit that works is 625Mi"
    )


@given(
    limit=st.integers(16, 400),
    parts=st.sampled_from(
        ("", "headroomPercent: 7", "heap: 700Mi, headroomPercent: 3", "heapPercent: 33", "threads: 1000")
    ),
)
def test_the_smallest_limit_is_the_smallest(limit: int, parts: str) -> None:
    """It works, and a MiB less does not."""
    problems = check_rules(jvm_spec(f"{limit}Mi", parts), RELEASE, NEW)
    smallest = int(problems[0].message.rpartition(" ")[2].removesuffix("Mi"))
    assert not check_rules(jvm_spec(f"{smallest}Mi", parts), RELEASE, NEW)
    assert check_rules(jvm_spec(f"{smallest - 1}Mi", parts), RELEASE, NEW)


def test_flags_of_old_start_scripts_are_sayable() -> None:
    """`-Xms512m -Xmx2048m -XX:MetaspaceSize=256m -XX:+UseG1GC`."""
    service = jvm_spec("4Gi", "initialHeap: 512Mi, heap: 2Gi, metaspaceInitial: 256Mi, gc: G1").spec
    options = jvm.java_tool_options(service).split()
    assert {"-Xms524288K", "-Xmx2097152K", "-XX:MetaspaceSize=262144K", "-XX:+UseG1GC"} <= set(options)
    assert "-XX:MaxMetaspaceSize=262144K" in options  # never below the initial size


@pytest.mark.parametrize(
    ("limits", "collector"),
    [
        ("memory: 1791Mi", "Serial"),
        ("memory: 1792Mi", "G1"),
        ("memory: 2Gi, cpu: 1", "Serial"),
        ("memory: 2Gi, cpu: 1001m", "G1"),
        ("cpu: 2", "G1"),
    ],
)
def test_the_collector_is_the_jvms_choice(limits: str, collector: str) -> None:
    """G1 with 2 CPUs and 1792 MiB."""
    service = spec(f"resources: {{requests: {{}}, limits: {{{limits}}}}}\nruntime: jvm\n")
    assert jvm.jvm_collector(service) == collector


def test_flags_come_last() -> None:
    """The last one wins."""
    service = jvm_spec("1Gi", "flags: [-XX:-ExitOnOutOfMemoryError]").spec
    assert jvm.java_tool_options(service).endswith(" -XX:-ExitOnOutOfMemoryError")


def test_sizes_among_the_flags_win_and_count() -> None:
    """They stand in the budget, and nothing says them a second time."""
    service = jvm_spec(
        "1Gi", "flags: [-Xmx200m, -Xss512k, -XX:MaxMetaspaceSize=100m, -XX:+UseParallelGC]"
    ).spec
    assert jvm.java_tool_options(service) == (
        "-XX:MaxDirectMemorySize=10240K -XX:ReservedCodeCacheSize=245760K -XX:+ExitOnOutOfMemoryError "
        "-Xmx200m -Xss512k -XX:MaxMetaspaceSize=100m -XX:+UseParallelGC"
    )
    assert jvm.jvm_heap_bytes(service) == 200 * MIB
    assert jvm.jvm_fixed_bytes(service) == (10 + 240 + 100 + 125) * MIB
    (problem,) = check_rules(jvm_spec("1Gi", "flags: [-Xmx1g]"), RELEASE, NEW)
    assert "MiB with a heap of 1024 MiB" in problem.message


@pytest.mark.parametrize(
    ("field", "flag", "what"),
    [
        ("heap: 1Gi", "-Xmx1g", "-Xmx, and runtime.jvm has heap"),
        ("heapPercent: 9", "-Xmx1g", "-Xmx, and runtime.jvm has heapPercent"),
        ("initialHeap: 1Mi", "-Xms1m", "-Xms, and runtime.jvm has initialHeap"),
        ("initialHeapPercent: 1", "-Xms1m", "-Xms, and runtime.jvm has initialHeapPercent"),
        ("gc: G1", "-XX:+UseZGC", "a collector, and runtime.jvm has gc"),
        (
            "metaspace: 99Mi",
            "-XX:MaxMetaspaceSize=9m",
            "-XX:MaxMetaspaceSize, and runtime.jvm has metaspace",
        ),
        (
            "metaspaceInitial: 9Mi",
            "-XX:MetaspaceSize=9m",
            "-XX:MetaspaceSize, and runtime.jvm has metaspaceInitial",
        ),
        (
            "directMemory: 9Mi",
            "-XX:MaxDirectMemorySize=9m",
            "-XX:MaxDirectMemorySize, and runtime.jvm has directMemory",
        ),
        (
            "codeCache: 9Mi",
            "-XX:ReservedCodeCacheSize=9m",
            "-XX:ReservedCodeCacheSize, and runtime.jvm has codeCache",
        ),
        ("threadStack: 1Mi", "-Xss1m", "-Xss, and runtime.jvm has threadStack"),
        (
            "classDataSharing: /a.jsa",
            "-XX:SharedArchiveFile=/b.jsa",
            "-XX:SharedArchiveFile, and runtime.jvm has classDataSharing",
        ),
    ],
)
def test_a_flag_against_its_field(field: str, flag: str, what: str) -> None:
    """Each pair is refused, and each alone is fine."""
    (problem,) = check_rules(jvm_spec("4Gi", f'{field}, flags: ["{flag}"]'), RELEASE, NEW)
    assert problem.message == f"runtime.jvm.flags has {what}"
    assert not check_rules(jvm_spec("4Gi", field), RELEASE, NEW)
    assert not check_rules(jvm_spec("4Gi", f'flags: ["{flag}"]'), RELEASE, NEW)


@pytest.mark.parametrize(
    ("added", "message"),
    [
        ('env: {WEB_CONCURRENCY: "3"}', "3 workers of 96 MiB and 32 MiB for the first process are 320 MiB"),
        ('env: {WEB_CONCURRENCY: "2"}', None),
        ("env: {WEB_CONCURRENCY: {secretKeyRef: {name: a, key: b}}}", None),
    ],
)
def test_workers_of_the_user_are_checked(added: str, message: str | None) -> None:
    """By the limit of 256 MiB."""
    problems = check_rules(loaded(f"runtime: python\n{added}\n"), RELEASE, NEW)
    assert [problem.message.partition(",")[0] for problem in problems] == ([message] if message else [])


@pytest.mark.parametrize(
    ("added", "limit", "threads"),
    [
        ("runtime: go\nresources: {limits: {memory: 100Mi}}\n", "94371840", ""),
        ('runtime: {go: {version: "1.24"}}\nresources: {limits: {cpu: 1500m}}\n', "", "2"),
        ('runtime: {go: {version: "1.25"}}\nresources: {limits: {cpu: 1500m}}\n', "", ""),
        (
            "runtime: {go: {memoryLimitPercent: 80}}\nresources: {limits: {memory: 999}, requests: {}}\n",
            "799",
            "",
        ),
        ("runtime: go\nenv: {GOMEMLIMIT: 1GiB}\n", "", ""),
        ("", "", ""),
    ],
)
def test_go(added: str, limit: str, threads: str) -> None:
    """Bytes, rounded down; threads only where Go does not see the limit."""
    service = spec(added)
    assert (go.go_memory_limit(service), go.go_max_procs(service)) == (limit, threads)


def test_node() -> None:
    """MiB, rounded down."""
    assert node.node_options(spec("runtime: node\nresources: {limits: {memory: 511Mi}}\n")) == (
        "--max-old-space-size=383"
    )


@pytest.mark.parametrize(
    ("limits", "workers"),
    [("memory: 1Gi, cpu: 2", "5"), ("memory: 400Mi, cpu: 2", "3"), ("cpu: 4", "9"), ("memory: 256Mi", "2")],
)
def test_python_workers(limits: str, workers: str) -> None:
    """By cores, as many as fit."""
    service = spec(f"runtime: python\nresources: {{limits: {{{limits}}}}}\n")
    assert python.web_concurrency(service) == workers
    assert python.gunicorn_arguments(service) == "--graceful-timeout=20"


def test_an_environment_switches_the_runtime() -> None:
    """`null` takes the other away."""
    text = f"{MINIMAL}runtime: go\nenvironments: {{java: {{runtime: {{go: null, jvm: {{heap: 64Mi}}}}}}}}\n"
    document = load_document(text.encode(), Source("service.yaml", Path()), LoadedSettings())
    base, java = load_spec(document).spec, load_spec(document, "java").spec
    assert go.go_memory_limit(base)
    assert not jvm.java_tool_options(base)
    assert not go.go_memory_limit(java)
    assert "-Xmx65536K" in jvm.java_tool_options(java).split()


def test_a_jvm_gets_a_gibibyte() -> None:
    """Request and limit, unless given; a sidecar keeps the small guess."""
    service = spec("runtime: jvm\nsidecars: {proxy: {image: a/b:1}}\n")
    assert resource_requests(service)["memory"] == resource_limits(service)["memory"] == "1Gi"
    assert resource_limits(service.sidecars["proxy"])["memory"] == "256Mi"
    assert not check_rules(loaded("runtime: jvm\n"), RELEASE, NEW)
