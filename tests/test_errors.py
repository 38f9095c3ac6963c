"""Every refusal in the words that a user reads: file, line, column, what is wrong, how to mend it."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from k8sgen.resolve.registry import RULES
from tests.cli import k8sgen

ERRORS = Path(__file__).parent / "errors"
CASES = sorted(path for path in ERRORS.iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_broken_spec_is_refused_in_these_words(
    case: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Exit status 2, nothing on standard output, nothing written."""
    args = case / "args"
    arguments = shlex.split(args.read_text(encoding="utf-8")) if args.is_file() else ["service.yaml"]
    run = k8sgen("render", *arguments, "-o", str(tmp_path / "out"), cwd=case)
    expected = case / "stderr.txt"
    if request.config.getoption("--update-golden"):
        expected.write_text(run.stderr, encoding="utf-8")
    assert run.stderr == expected.read_text(encoding="utf-8")
    assert (run.status, run.stdout) == (2, "")
    assert not (tmp_path / "out").exists()


def test_every_rule_has_a_case_of_its_name() -> None:
    """A rule that nobody has seen refuse is not proven."""
    assert {rule.id for rule in RULES} <= {case.name for case in CASES}
