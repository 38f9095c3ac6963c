"""Compiled templates are kept by content, and old ones do not pile up."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from k8sgen.render.environment import KEPT, key_of, read_codes, write_codes

if TYPE_CHECKING:
    from pathlib import Path


def test_code_is_kept_and_the_oldest_is_dropped(tmp_path: Path) -> None:
    """The newest files stay; one more than that pushes out the oldest."""
    code = compile("1", "one", "eval")
    for number in range(KEPT + 1):
        file = tmp_path / f"templates-{number}"
        write_codes(file, {"one": code})
        os.utime(file, (number, number))
    write_codes(tmp_path / "templates-new", {"one": code})
    assert len(list(tmp_path.iterdir())) == KEPT
    assert not (tmp_path / "templates-0").exists()
    assert read_codes(tmp_path / "templates-new", ("one",)) == {"one": code}


def test_damaged_code_is_compiled_again(tmp_path: Path) -> None:
    """What cannot be read, or lacks a template, is as if nothing were kept."""
    file = tmp_path / "templates-x"
    file.write_bytes(b"\xff\xff")
    assert read_codes(file, ("one",)) is None
    write_codes(file, {"one": compile("1", "one", "eval")})
    assert read_codes(file, ("one", "two")) is None
    assert read_codes(tmp_path / "missing", ("one",)) is None


def test_key_follows_the_content() -> None:
    """Another template text is another key; the same text is the same, wherever it lies."""
    assert key_of({"a": "x"}) == key_of({"a": "x"})
    assert key_of({"a": "x"}) != key_of({"a": "y"})
