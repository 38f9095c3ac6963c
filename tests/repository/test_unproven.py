"""What a run did not prove is said aloud, and is a failure where everything must be proven."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONG = pytest.mark.needs("full-check")
"""Of further ways to skip: each starts two sessions of pytest. They run in `make check`, which they are about."""
TESTS = dedent("""\
    import pytest

    @pytest.mark.needs("helm3", "helm4")
    def test_both(): ...

    @pytest.mark.needs("helm4")
    def test_one(): ...

    @pytest.mark.needs("full-check")
    def test_long(): ...

    def test_plain(): ...
    """)


def run(directory: Path, source: str, *options: str, all_tools: bool = False) -> tuple[int, list[str]]:
    """Exit status and lines of a pytest session over one file, on a machine without any tool."""
    (directory / "test_it.py").write_text(source)
    session = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.plugins.needs", *options, directory],
        cwd=ROOT,
        env={**os.environ, "K8SGEN_CACHE": str(directory / "empty"), "K8SGEN_ALL_TOOLS": str(int(all_tools))},
        capture_output=True,
        text=True,
        check=False,
    )
    return session.returncode, session.stdout.splitlines()


@pytest.mark.parametrize(
    "options", [[], pytest.param(["-n", "2"], marks=LONG)], ids=["one-process", "two-workers"]
)
def test_missing_tools_are_counted_aloud(tmp_path: Path, options: list[str]) -> None:
    """The run is green, and says how much of it was not run and how to run it."""
    status, lines = run(tmp_path, TESTS, *options)
    assert status == 0
    assert [line for line in lines if line.startswith("not proven here")] == [
        "not proven here: 2 tests need helm3, helm4 (run: make tools)",
        "not proven here: 1 test needs the full check (run: make check)",
    ]


def test_a_missing_tool_fails_the_full_check(tmp_path: Path) -> None:
    """Nothing may be left out there, and the message names the command."""
    status, lines = run(tmp_path, TESTS, all_tools=True)
    assert status == 1
    assert "needs helm3, helm4 (run: make tools)" in lines
    assert not [line for line in lines if line.startswith("not proven here")]


@pytest.mark.parametrize(
    "source",
    [
        "import pytest\ndef test_it(): pytest.skip('no reason')",
        # sources of tests that skip, to see that a skip fails the full check; none of them is a test of ours
        pytest.param("import pytest\n@pytest.mark.skip(reason='no reason')\ndef test_it(): ...", marks=LONG),
        pytest.param("import pytest\npytest.skip('no reason', allow_module_level=True)", marks=LONG),
    ],
    ids=["inside", "marked", "module"],
)
def test_any_skip_fails_the_full_check(tmp_path: Path, source: str) -> None:
    """A skip that no tool explains is no proof either."""
    assert run(tmp_path, source)[0] in {0, 5}
    status, lines = run(tmp_path, source, all_tools=True)
    assert status in {1, 2}
    assert any("no reason" in line for line in lines)


def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    """A known defect, pinned by a strict xfail, may stand."""
    source = "import pytest\n@pytest.mark.xfail(reason='known')\ndef test_it(): assert False"
    assert run(tmp_path, source, all_tools=True)[0] == 0


SERVED = dedent("""\
    import pytest

    @pytest.mark.needs("full-check", "real-node")
    def test_on_a_node(): ...

    @pytest.mark.needs("real-node", "helm3")
    def test_on_both(): ...
    """)


def test_what_is_impossible_here_is_skipped_aloud_and_nothing_else(tmp_path: Path) -> None:
    """Only what `make tools` has noted excuses a skip; a tool that it could have built does not."""
    note = tmp_path / "empty" / "impossible" / "real-node"
    note.parent.mkdir(parents=True)
    note.write_text("not root, which namespaces, mounts and cgroups need\n")
    status, lines = run(tmp_path, SERVED, all_tools=True)
    assert status == 1
    assert "needs real-node, helm3 (run: make tools)" in lines
    assert [line for line in lines if line.startswith("NOT PROVEN")] == [
        "NOT PROVEN, impossible here: 1 test needs real-node: not root, which namespaces, mounts and cgroups need"
    ]
    assert "1 skipped, 1 error in " in lines[-1]


def test_a_node_that_could_be_built_and_is_not_fails_the_full_check(tmp_path: Path) -> None:
    """Without a note nothing says that it is impossible."""
    status, lines = run(tmp_path, SERVED, all_tools=True)
    assert status == 1
    assert "needs real-node (run: make tools)" in lines
    assert not [line for line in lines if line.startswith("NOT PROVEN")]
