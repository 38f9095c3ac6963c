"""The mistakes that `tools/sabotage.py` plants can still be planted."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "sabotage.py"


@pytest.fixture
def sabotage(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The tool, which is a script and no package."""
    spec = importlib.util.spec_from_file_location("sabotage", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "sabotage", module)
    monkeypatch.syspath_prepend(str(TOOL.parent))
    spec.loader.exec_module(module)
    return module


def test_every_text_is_found_once(sabotage: Any) -> None:
    """A mistake whose text has changed would be planted nowhere, or in several places."""
    assert sabotage.stale_texts() == []
    assert len(sabotage.SABOTAGES) > 150


def test_every_module_of_the_transpiler_is_covered(sabotage: Any) -> None:
    """Each file that decides what a chart says has mistakes of its own, and each test that is named is there."""
    files = {one.file for one in sabotage.SABOTAGES}
    assert {file for file in files if "/" not in file} == {
        *("callers.py", "calls.py", "derivations.py", "expressions.py", "golang.py", "gotext.py"),
        *(
            "helpers.py",
            "inline.py",
            "loops.py",
            "partials.py",
            "patches.py",
            "rules.py",
            "schema.py",
            "source.py",
        ),
        *("templates.py", "transpile.py", "usage.py", "values.py"),
    }
    named = {*sabotage.TESTS, *(one.test for one in sabotage.SABOTAGES)}
    root = TOOL.parents[1]
    assert [name for name in sorted(named) if not (root / sabotage.test_file(name)).is_file()] == []


def test_a_text_that_is_not_there_is_refused(
    sabotage: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is run then."""
    stale = sabotage.Sabotage("golang.py", "no such text", "", "values")
    monkeypatch.setattr(sabotage, "SABOTAGES", (stale,))
    monkeypatch.setattr(sys, "argv", ["sabotage.py"])
    assert sabotage.main() == 2
    assert capsys.readouterr().err == "golang.py: found 0 times: 'no such text'\n"
