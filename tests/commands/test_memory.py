"""The memory budget that `k8sgen explain` draws."""

from __future__ import annotations

import pytest

from k8sgen.explain.memory import memory_parts, memory_table
from tests.resolve.specs import spec

MIB = 2**20


@pytest.mark.parametrize(
    ("added", "table"),
    [
        (
            "runtime: go\n",
            """\
[############################################......] 256.0 MiB
# Go heap and stacks       230.4 MiB   90.0 %
. left over                 25.6 MiB   10.0 %""",
        ),
        (
            "runtime: node\n",
            """\
[#####################################.............] 256.0 MiB
# old space                192.0 MiB   75.0 %
. left over                 64.0 MiB   25.0 %""",
        ),
        (
            "runtime: {python: {server: uvicorn}}\n",
            """\
[#####################################======.......] 256.0 MiB
# 2 workers                192.0 MiB   75.0 %
= first process             32.0 MiB   12.5 %
. left over                 32.0 MiB   12.5 %""",
        ),
        (
            "runtime: {jvm: {headroomPercent: 5}}\n",
            """\
[#################======+++++++++++*************-..] 1024.0 MiB
# heap                     348.8 MiB   34.1 %
= metaspace                124.0 MiB   12.1 %
+ code cache               240.0 MiB   23.4 %
* 250 stacks               250.0 MiB   24.4 %
- direct memory             10.0 MiB    1.0 %
. left over                 51.2 MiB    5.0 %""",
        ),
    ],
)
def test_each_runtime_has_its_table(added: str, table: str) -> None:
    """The parts, their shares, and a bar in which each is seen."""
    assert list(memory_table(spec(added))) == table.splitlines()


@pytest.mark.parametrize(
    "added",
    ["", "runtime: go\nresources: {limits: {}}\n", "runtime: go\nenv: {GOMEMLIMIT: 100MiB}\n"],
)
def test_where_nothing_divides_the_memory_there_is_no_table(added: str) -> None:
    """No runtime, no limit, or a variable of the user's."""
    assert list(memory_table(spec(added))) == []


@pytest.mark.parametrize("percent", range(0, 51, 10))
def test_the_parts_of_a_jvm_are_the_limit(percent: int) -> None:
    """To the byte, whatever the head-room."""
    service = spec(
        f"runtime: {{jvm: {{headroomPercent: {percent}}}}}\nresources: {{limits: {{memory: 3Gi}}}}\n"
    )
    assert sum(part.size for part in memory_parts(service)) == 3 * 1024 * MIB
