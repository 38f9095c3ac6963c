"""One case per behaviour: the files that a spec renders to, byte for byte, none missing and none besides."""

from __future__ import annotations

import difflib
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli import k8sgen

ROOT = Path(__file__).parents[1]
CASES = sorted((ROOT / "tests" / "golden").glob("*/service.yaml"))
EXAMPLES = sorted(
    path.parent
    for path in (ROOT / "examples").glob("*/*")
    if path.name in {"service.yaml", "rendered"} and path.parent.name != "gitops"
)


def tree(directory: Path) -> dict[str, str]:
    """Every file below a directory, by its path."""
    return {
        path.relative_to(directory).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def difference(expected: dict[str, str], actual: dict[str, str]) -> str:
    """A unified diff of two trees; a missing or extra file shows whole."""
    return "".join(
        line
        for path in sorted({*expected, *actual})
        for line in difflib.unified_diff(
            expected.get(path, "").splitlines(keepends=True),
            actual.get(path, "").splitlines(keepends=True),
            f"expected/{path}",
            f"rendered/{path}",
        )
    )


def arguments_of(case: Path) -> list[str]:
    """The options of a case, from its file `args`."""
    file = case / "args"
    return shlex.split(file.read_text(encoding="utf-8")) if file.is_file() else []


def compare(case: Path, expected: Path, source: str, tmp_path: Path, *, update: bool) -> None:
    """Render a case into an empty directory and compare it with what is committed."""
    arguments = arguments_of(case)
    compare_output("render", case, expected, [source, *arguments], tmp_path, update=update)


def compare_output(  # noqa: PLR0913 - what is compared, with what, and how
    command: str, case: Path, expected: Path, arguments: list[str], tmp_path: Path, *, update: bool
) -> None:
    """Let a command write into an empty directory, and compare that with what is committed."""
    out = tmp_path / "out"
    run = k8sgen(command, *arguments, "-o", str(out), cwd=case)
    assert run.status == 0, run.stderr
    actual = tree(out)
    if update:
        shutil.rmtree(expected, ignore_errors=True)
        shutil.copytree(out, expected)
    assert not difference(tree(expected), actual)
    again = k8sgen(command, *arguments, "-o", str(out), cwd=case)
    assert again.stderr.startswith("0 written, 0 changed, "), "writing twice must change nothing"


@pytest.mark.parametrize("case", [case.parent for case in CASES], ids=lambda case: case.name)
def test_golden_case_renders_to_its_expected_files(
    case: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The directory's name is the behaviour."""
    update = request.config.getoption("--update-golden")
    compare(case, case / "expected", "service.yaml", tmp_path, update=update)


@pytest.mark.parametrize("example", sorted(set(EXAMPLES)), ids=lambda example: example.name)
def test_example_renders_to_its_committed_output(
    example: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """What an example's reader sees is what the tool makes of it today."""
    update = request.config.getoption("--update-golden")
    source = "service.yaml" if (example / "service.yaml").is_file() else "."
    compare(example, example / "rendered", source, tmp_path, update=update)


@pytest.mark.parametrize(
    "example", sorted(path.parent for path in (ROOT / "examples").glob("*/chart")), ids=lambda path: path.name
)
def test_example_has_its_committed_chart(
    example: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The chart that a reader of the example sees."""
    update = request.config.getoption("--update-golden")
    compare_output("chart", example, example / "chart", ["service.yaml"], tmp_path, update=update)


@pytest.mark.parametrize(
    "example", sorted(path.parent for path in (ROOT / "examples").glob("*/app")), ids=lambda path: path.name
)
def test_example_has_its_committed_app(example: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The service that a reader of the example sees."""
    update = request.config.getoption("--update-golden")
    compare_output("app", example, example / "app", ["service.yaml"], tmp_path, update=update)
