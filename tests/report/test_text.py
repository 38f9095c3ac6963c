"""What people read: the caret is under the value, nothing obeys, nothing is said twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from k8sgen.errors import Place
from k8sgen.findings import Finding, Severity
from k8sgen.report import text
from k8sgen.report.characters import visible
from tests.report.samples import BLOCKS, MOVING, hostile, result_of, results, usual

if TYPE_CHECKING:
    from k8sgen.report.result import Result


def test_usual_report() -> None:
    """The whole page, to the byte."""
    assert (
        text.render(usual())
        == """\
deploy/budget.yaml:5:17: error: minAvailable 3 allows no eviction while Deployment/orders runs 3 pods [budget-blocks-drain] (--fix mends it)
    5 |   minAvailable: 3
      |                 ^
  in:   PodDisruptionBudget/orders in namespace shop, spec.minAvailable
  also: deploy/orders.yaml:3:18: runs 3 pods at its fewest
  why:  A budget that allows no eviction at the fewest pods its workload runs with blocks every node
        drain, and with it cluster upgrades, until somebody deletes it.
  fix:  write maxUnavailable: 1

deploy/orders.yaml:9:18: warning: image "ghcr.io/acme/orders:latest" is a moving tag [latest-tag]
    9 |           image: ghcr.io/acme/orders:latest
      |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^
  in:   Deployment/orders in namespace shop, spec.template.spec.containers[0].image
  why:  A tag such as `latest` names another image tomorrow: two pods of one Deployment may run
        different code, and a rollback rolls back to nothing.
  fix:  name the version that you tested, such as :1.4.2

1 error, 1 warning in 2 objects of 2 files; 2 ignored, 5 in the baseline, 1 can be mended with --fix, 1 problem with the input
"""
    )


def test_nothing_found() -> None:
    """One line, and only what is more than nothing."""
    assert text.render(result_of(objects=14)) == "no findings in 14 objects of 2 files\n"


CARETS = {
    "plain": ("  image: a:latest", "a:latest"),
    "a tab before": ("\t\timage: a:latest", "a:latest"),
    "a tab inside": ('image: "a\tb"', '"a\tb"'),
    "tabs before and inside": ('x:\t"a\tb"\t# c', '"a\tb"'),
    "wide before": ('漢字: "x"', '"x"'),
    "wide inside": ("name: 漢字漢字 # note", "漢字漢字"),
    "an emoji": ("name: 🚀x", "🚀x"),
    "joined to the letter before": ("cafe\u0301: latte\u0301 x", "latte\u0301"),
    "a carriage return at the end": ("image: a:latest\r", "a:latest"),
    "a control": ("a: \x1b[31mred", "\x1b[31mred"),
    "a mark that turns the direction": ("a: \u202eb c", "c"),
    "the last character": ("a: b", "b"),
}


def caret_of(line: str, value: str, width: int = 100) -> tuple[str, str]:
    """The text above the caret and the text that the value is shown as."""
    found = Finding(
        "r", Severity.ERROR, "m", "", Place("f.yaml", 1, line.index(value) + 1), len(value.rstrip("\r"))
    )
    lines = text.render(result_of(found, lines={"f.yaml": line}), width).split("\n")
    source, caret = lines[1][8:], lines[2][8:]
    assert lines[1][:8] == "    1 | "
    assert lines[2][:8] == "      | "
    assert re.fullmatch(" *\\^+", caret)
    start, length = caret.index("^"), caret.count("^")
    at, above = 0, ""
    for character in source:
        joined = bool(above) and cell_len(character) == 0 and at == start + length
        if start <= at < start + length or joined:
            above += character
        at += cell_len(character)
    return above, source


@pytest.mark.parametrize(("line", "value"), CARETS.values(), ids=CARETS)
def test_caret_is_under_exactly_the_value(line: str, value: str) -> None:
    """Column by column as a terminal shows the line."""
    above, _ = caret_of(line, value)
    wanted = value.replace("\x1b", "␛").rstrip("\r")
    assert re.sub(" +", "\t", above) == wanted


@pytest.mark.parametrize("at", [0, 200, 395])
def test_long_line_is_cut_around_the_value(at: int) -> None:
    """The value is in sight, and the line fits."""
    line = "x" * at + "VALUE" + "x" * (395 - at)
    above, source = caret_of(line, "VALUE", 80)
    assert above == "VALUE"
    assert cell_len(source) <= 72


def test_value_longer_than_the_line() -> None:
    """A caret ends where the shown line does."""
    above, source = caret_of("a: " + "v" * 400, "v" * 400, 60)
    assert set(above) <= {"v", "…"}
    assert cell_len(source) <= 52


@given(
    st.text(st.sampled_from("ab \t漢\u0301\x1b🚀"), max_size=200),
    st.integers(1, 210),
    st.integers(1, 210),
    st.integers(32, 120),
)
def test_caret_stays_below_the_line(line: str, column: int, length: int, width: int) -> None:
    """Whatever is cut: the line fits, and the caret does not go beyond it but for what is behind its end."""
    shown, start, carets = text.marked(line, column, length, width)
    assert cell_len(shown) <= width
    assert 0 <= start <= width
    assert carets == 1 or start + carets <= width
    if column <= len(line) and "\t" not in line and cell_len(line) <= width:
        assert start == cell_len(visible(line[: column - 1]))


def test_place_behind_the_end_of_the_line() -> None:
    """Something missing is pointed at where the line ends."""
    found = MOVING._replace(place=Place("f.yaml", 1, 90), length=5)
    lines = text.render(result_of(found, lines={"f.yaml": "spec:"})).split("\n")
    assert lines[1:3] == ["    1 | spec:", "      |      ^"]


def test_findings_of_one_rule_in_one_object_stand_together() -> None:
    """Reason and hint are said once; from the fourth on a finding is one line, and none is left out."""
    many = [
        MOVING._replace(place=Place("deploy/orders.yaml", 9, 18 + number), message=f'image "{number}" moves')
        for number in range(6)
    ]
    between = BLOCKS._replace(place=Place("deploy/orders.yaml", 9, 19))
    shown = text.render(result_of(*many, between))
    blocks = shown.split("\n\n")
    assert [block.count("moves") for block in blocks] == [6, 0, 0]
    assert blocks[0].count("why:") == 1
    assert blocks[0].count("fix:") == 1
    assert blocks[0].count("^") == 26 + 25 + 24
    assert blocks[0].endswith('deploy/orders.yaml:9:23: warning: image "5" moves [latest-tag]')


def test_rules_of_a_long_report_are_counted() -> None:
    """The worst first, then the most frequent; a short report needs no table."""
    few = [MOVING._replace(place=Place("deploy/orders.yaml", 9, column)) for column in range(1, 20)]
    info = MOVING._replace(rule="useless-ignore", severity=Severity.INFO)
    shown = text.render(result_of(*few, BLOCKS, info))
    assert shown.split("\n\n")[-2:] == [
        "budget-blocks-drain  1 error\nlatest-tag           19 warnings\nuseless-ignore       1 info",
        "1 error, 19 warnings, 1 info in 2 objects of 2 files; 1 can be mended with --fix\n",
    ]
    assert "19 warnings\n" not in text.render(result_of(*few, BLOCKS))


def test_order_of_findings_does_not_matter() -> None:
    """By file, line and column."""
    assert text.render(result_of(MOVING, BLOCKS)) == text.render(result_of(BLOCKS, MOVING))


def test_styles_only_when_asked() -> None:
    """With styles the same text stands between them."""
    plain, colored = text.render(usual()), text.render(usual(), color=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31merror\x1b[0m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


@given(results())
def test_terminal_has_nothing_to_obey(result: Result) -> None:
    """Whatever stands in files and names: no control, and no mark that turns the direction."""
    shown = text.render(result)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_hostile_names_stay_on_their_line() -> None:
    """A line break in a name is shown as its sign."""
    assert "\n::error" not in text.render(hostile())
    assert "a␛[31m%,:␍␊::error::x␉]]><&>" in text.render(hostile())
