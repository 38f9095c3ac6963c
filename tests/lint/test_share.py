"""Files that are shared out to processes: what is found does not depend on how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8sgen.errors import Place
from k8sgen.lint.collect import collect
from k8sgen.lint.policy import Policy
from k8sgen.lint.rules import RULES, rules
from k8sgen.lint.run import WORTH_A_PROCESS, Run
from k8sgen.lint.share import Files, from_json, to_json
from k8sgen.lint.sift import Part
from tests.lint.objects import DEFINITION, deployment, scaler, thing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ALONE = tuple(rule.id for rule in rules() if rule.alone and rule.id != "useless-ignore")
"""Which ignores are useless depends on the rules that run."""
FILLER = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: NAME}\n"


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every example of every rule, each object in a file of its own, so that what belongs together is shared out."""
    directory = tmp_path_factory.mktemp("examples")
    for rule in rules():
        for number, block in enumerate((*rule.help.bad, *rule.help.good)):
            below = directory / rule.id / str(number)
            below.mkdir(parents=True)
            for at, document in enumerate(block.split("\n---\n")):
                (below / f"{at}.yaml").write_text(document, encoding="utf-8")
    return directory


def judged(directory: Path, jobs: int, chosen: tuple[str, ...] = RULES) -> Part:
    """What so many processes make of a directory."""
    found = collect([str(directory)])
    assert len(found.sources) >= 3 * WORTH_A_PROCESS
    files = Files(found.sources, (37,), {}, frozenset(found.overlays))
    return Run(Policy(select=chosen), jobs=jobs).judge_files(files)


@pytest.mark.parametrize("jobs", [2, 3])
def test_processes_change_nothing(examples: Path, jobs: int) -> None:
    """The same findings, whoever reads a file; all rules speak."""
    outcomes, found = judged(examples, 1)
    again, found_again = judged(examples, jobs)
    assert found_again.findings == found.findings
    assert found_again.ignored == found.ignored
    assert again == outcomes
    assert len({each.rule for each in found.findings}) > 0.9 * len(RULES)


@pytest.mark.parametrize("jobs", [1, 2])
def test_rules_that_look_at_each_object_alone(examples: Path, jobs: int) -> None:
    """They find the same when no object is related to another."""
    together = judged(examples, 1).found.findings
    assert judged(examples, jobs, ALONE).found.findings == [each for each in together if each.rule in ALONE]


def filled(directory: Path, files: Mapping[str, str]) -> Path:
    """A directory of these files, and of so many others that a process of its own reads each of two neighbours."""
    for number in range(3 * WORTH_A_PROCESS):
        (directory / f"filler-{number:03}.yaml").write_text(FILLER.replace("NAME", f"filler-{number}"))
    for name, text in files.items():
        (directory / name).write_text(text)
    return directory


def said(part: Part) -> list[str]:
    """Findings by the last part of their file's name."""
    return [
        f"{each.place.file.rpartition('/')[2]}:{each.place.line}:{each.place.column} {each.rule} {each.message}"
        for each in part.found.findings
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_definition_holds_in_every_process(tmp_path: Path, jobs: int) -> None:
    """Its kind is validated in files that another process reads, before and after it."""
    names = ["a.yaml", "b.yaml", "d.yaml", "e.yaml"]
    files = {name: thing(name[0]) for name in names}
    found = said(judged(filled(tmp_path, {**files, "c.yaml": DEFINITION}), jobs, ("schema", "unknown-kind")))
    assert found == [f'{name}:4:14 schema "big" is text, expected an integer' for name in names]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("first", ["a.yaml", "b.yaml"])
def test_an_unknown_kind_is_said_once(tmp_path: Path, jobs: int, first: str) -> None:
    """At its first object, whichever process reads that."""
    names = [name for name in ("a.yaml", "b.yaml", "c.yaml", "d.yaml") if name >= first]
    files = {name: thing(name[0]) for name in names}
    assert said(judged(filled(tmp_path, files), jobs, ("unknown-kind",))) == [
        f'{first}:2:7 unknown-kind there is no schema for Thing of "example.com/v1", so only its form is checked'
    ]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("ignore", ["", "  # k8sgen-ignore autoscaler-without-request: it has its reasons"])
def test_a_rule_may_speak_of_what_another_process_read(tmp_path: Path, jobs: int, ignore: str) -> None:
    """Of a Deployment, because of a scaler in the other process; whose file it is knows the ignores in it."""
    workload = deployment().replace("containers: [{", f"containers:{ignore}\n      - {{")
    files = {"a.yaml": scaler(), "b.yaml": "# below\n" + workload.replace("}]}]", "}]}")}
    chosen = ("autoscaler-without-request", "useless-ignore")
    outcomes, found = judged(filled(tmp_path, files), jobs, chosen)
    if ignore:
        assert (found.findings, found.ignored) == ([], 1)
        return
    message = 'container "orders" requests no cpu, so that HorizontalPodAutoscaler/orders cannot compute its utilization'
    assert said(Part(outcomes, found)) == [f"b.yaml:12:9 autoscaler-without-request {message}"]
    ((place, _),) = found.findings[0].also
    assert place == Place(str(tmp_path / "a.yaml"), 5, 7)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(VALUES)
def test_values_come_back(value: Any) -> None:
    """Whatever a manifest may hold, numbers beyond 64 bits and lone surrogates included."""
    assert from_json(to_json(value)) == value
