"""Paths as forges want them, the summary's words, and characters that reach no reader."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8sgen.findings import Severity
from k8sgen.report.characters import plain, visible
from tests.report.samples import BLOCKS, MOVING, UNREADABLE, result_of

PATHS = {
    "below": ("deploy/a.yaml", "team/deploy/a.yaml"),
    "with a dot": ("./deploy/a.yaml", "team/deploy/a.yaml"),
    "beside": ("../other/a.yaml", "other/a.yaml"),
    "absolute inside": ("/repo/team/a.yaml", "team/a.yaml"),
    "absolute outside": ("/etc/a.yaml", "/etc/a.yaml"),
    "outside": ("../../a.yaml", "/a.yaml"),
    "a name that begins with dots": ("../..a/b.yaml", "..a/b.yaml"),
    "standard input": ("<stdin>", "<stdin>"),
}


@pytest.mark.parametrize(("file", "wanted"), PATHS.values(), ids=PATHS)
def test_paths_begin_at_the_root(file: str, wanted: str) -> None:
    """Whatever directory the linter ran in."""
    assert result_of(base="/repo/team", root="/repo").path(file) == wanted


def test_paths_stay_without_a_root() -> None:
    """As the user named them, but for the dot."""
    assert [result_of().path(file) for file in ("./a.yaml", "../a.yaml", "/a.yaml")] == [
        "a.yaml",
        "../a.yaml",
        "/a.yaml",
    ]


def test_summary_words() -> None:
    """Singular and plural; what is nothing is not said."""
    info = MOVING._replace(severity=Severity.INFO)
    assert result_of(objects=1, files=["a"]).summary == "no findings in 1 object of 1 file"
    assert result_of(MOVING, info, info).summary == "1 warning, 2 info in 2 objects of 2 files"
    assert (
        result_of(
            BLOCKS,
            BLOCKS,
            MOVING,
            ignored=1,
            baseline=3,
            problems=[UNREADABLE, UNREADABLE],
            objects=0,
            files=[],
        ).summary
        == "2 errors, 1 warning in 0 objects of 0 files; 1 ignored, 3 in the baseline, "
        "2 can be mended with --fix, 2 problems with the input"
    )


@given(st.text(st.characters(exclude_categories=())))
def test_characters_stay_as_many(text: str) -> None:
    """So that columns hold; what remains can be encoded, and XML takes it."""
    assert len(visible(text)) == len(plain(text)) == len(text)
    assert "\n" not in visible(text)
    assert plain(text).count("\n") == text.count("\n")
    element = ET.Element("a")
    element.text = plain(text)
    assert ET.fromstring(ET.tostring(element, encoding="utf-8")).text or not text  # noqa: S314 - our own
