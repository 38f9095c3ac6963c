"""Ignores: which lines or objects each holds for, what it needs, and what is said of one that does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.lint.engine import deployment, lint, places
from tests.lint.linting import findings

if TYPE_CHECKING:
    from pathlib import Path

RULES = ("latest-tag", "useless-ignore", "ignore-without-reason")
IGNORE = "# k8sgen-ignore latest-tag: because"
PODS = """\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
    - name: a
      image: a:latest
    - name: b
      image: b:latest
    - name: c
      image: c:latest
"""


def said(text: str) -> list[str]:
    """Each finding as `LINE RULE`."""
    return [f"{each.place.line} {each.rule}" for each in findings(text, *RULES)]


def with_comment(line: int, comment: str = IGNORE) -> str:
    """The pods, with a comment at the end of a line."""
    lines = PODS.split("\n")
    lines[line - 1] += f" {comment}"
    return "\n".join(lines)


def with_line(line: int, indent: int = 4) -> str:
    """The pods, with an ignore on a line of its own."""
    lines = PODS.split("\n")
    lines.insert(line - 1, " " * indent + IGNORE)
    return "\n".join(lines)


SCOPES = {
    "the line": (with_comment(9), ["7 latest-tag", "11 latest-tag"]),
    "the item that the line opens": (with_comment(8), ["7 latest-tag", "11 latest-tag"]),
    "the block that the line opens": (with_comment(5), []),
    "the next line": (with_line(9, indent=6), ["7 latest-tag", "12 latest-tag"]),
    "the next item": (with_line(8), ["7 latest-tag", "12 latest-tag"]),
    "the document": (with_line(1, indent=0), []),
    "the document after others": (
        PODS + f"---\n# why\n{IGNORE}\n" + PODS,
        ["7 latest-tag", "9 latest-tag", "11 latest-tag"],
    ),
    "the first document alone": (
        f"{IGNORE}\n" + PODS + "---\n" + PODS,
        ["20 latest-tag", "22 latest-tag", "24 latest-tag"],
    ),
    "several rules": (
        with_comment(9, "# k8sgen-ignore latest-tag, schema: because"),
        ["7 latest-tag", "11 latest-tag"],
    ),
    "with carriage returns": (with_comment(9).replace("\n", "\r\n"), ["7 latest-tag", "11 latest-tag"]),
    "items as far in as their key": (
        (
            "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n"
            f"  containers: {IGNORE}\n  - name: a\n    image: a:latest\n  - name: b\n    image: b:latest\n"
            "  initContainers:\n  - name: c\n    image: c:latest\n"
        ),
        ["12 latest-tag"],
    ),
}


@pytest.mark.parametrize("case", SCOPES)
def test_scope(case: str) -> None:
    """An ignore holds for exactly what it stands on."""
    text, expected = SCOPES[case]
    assert said(text) == expected


REMARKS = {
    "of a rule that does not run": (with_comment(6, "# k8sgen-ignore schema: x"), []),
    "finds nothing": (
        PODS.replace(":latest", ":1") + f"# z\n{IGNORE}\n",
        ['13:17 useless-ignore: "latest-tag" finds nothing here any more'],
    ),
    "no reason": (
        with_comment(5, "# k8sgen-ignore latest-tag"),
        ['5:31 ignore-without-reason: ignoring "latest-tag" gives no reason'],
    ),
    "empty reason": (
        with_comment(5, "# k8sgen-ignore latest-tag:  "),
        ['5:31 ignore-without-reason: ignoring "latest-tag" gives no reason'],
    ),
    "unknown rule": (
        with_comment(5, "# k8sgen-ignore latest-tags: x"),
        ['5:31 useless-ignore: there is no rule "latest-tags"'],
    ),
}


@pytest.mark.parametrize("case", REMARKS)
def test_remarks(case: str) -> None:
    """What does nothing, says nothing or means nothing is itself reported."""
    text, expected = REMARKS[case]
    told = [
        f"{each.place.line}:{each.place.column} {each.rule}: {each.message}"
        for each in findings(text, *RULES)
        if each.rule != "latest-tag"
    ]
    assert told == expected


def test_an_ignore_without_reason_ignores_nothing() -> None:
    """The finding stays until somebody says why it may."""
    assert said(with_comment(7, "# k8sgen-ignore latest-tag")) == [
        "7 latest-tag",
        "7 ignore-without-reason",
        "9 latest-tag",
        "11 latest-tag",
    ]


@pytest.mark.parametrize(
    "line",
    [f'      command: ["{IGNORE}"]\n', f"      command:\n        - |\n          {IGNORE}\n          x\n"],
    ids=["quotes", "block of text"],
)
def test_text_that_looks_like_an_ignore_is_none(line: str) -> None:
    """Nothing is ignored by what a program is given, and nothing is said of it."""
    assert said(PODS + line) == ["7 latest-tag", "9 latest-tag", "11 latest-tag"]


ANNOTATION = "annotations: {k8sgen/ignore-latest-tag: because}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("metadata: {name: orders}", f"metadata: {{name: orders, {ANNOTATION}}}"),
        ("    metadata: {labels", f"    metadata: {{{ANNOTATION}, labels"),
    ],
    ids=["workload", "pod template"],
)
def test_annotations(old: str, new: str) -> None:
    """They hold for the whole object, and no other."""
    text = deployment().replace(old, new, 1)
    assert text != deployment()
    assert said(text + "---\n" + deployment("b")) == ["22 latest-tag"]


def test_annotation_of_a_cron_job() -> None:
    """Its pod template is two levels down."""
    text = (
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec:\n  schedule: '* * * * *'\n"
        "  jobTemplate:\n    spec:\n      template:\n        metadata:\n"
        "          annotations: {k8sgen/ignore-latest-tag: REASON}\n"
        "        spec: {restartPolicy: Never, containers: [{name: a, image: a:latest}]}\n"
    )
    assert said(text.replace("REASON", "because")) == []
    assert said(text.replace("REASON", "''")) == ["10 ignore-without-reason", "11 latest-tag"]
    assert said(text.replace("REASON", "because").replace("a:latest", "a:1")) == ["10 useless-ignore"]


SPEC = """\
name: orders
image: ghcr.io/acme/orders:1.4.2
port: 8080
extraObjects:
  tool:
    apiVersion: v1
    kind: Pod
    metadata: {name: tool}
    spec: {containers: [{name: a, image: "a:latest"}]}
environments:
  one: {}
  two: {replicas: 3}
"""


def test_ignores_in_a_spec(tmp_path: Path) -> None:
    """The lines of the spec count, whatever the number of environments that the object is in."""
    comment = " # k8sgen-ignore latest-tag: because"

    def run(text: str) -> list[str]:
        (tmp_path / "service.yaml").write_text(text, encoding="utf-8")
        done = lint(tmp_path, "service.yaml", "--format", "json", select=",".join(RULES))
        assert done.stderr == ""
        return places(done)

    assert run(SPEC) == ["service.yaml:9:42 latest-tag"]
    assert run(SPEC.replace("}]}", "}]}" + comment)) == []
    assert run(SPEC.replace("}]}", "}]}" + comment).replace("a:latest", "a:1")) == [
        "service.yaml:9:67 useless-ignore"
    ]


def test_an_ignore_that_only_one_environment_needs(tmp_path: Path) -> None:
    """It is of use."""
    text = SPEC.replace("}]}", "}]} # k8sgen-ignore latest-tag: because").replace(
        "{replicas: 3}", '{extraObjects: {tool: {spec: {containers: [{name: a, image: "a:1"}]}}}}'
    )
    (tmp_path / "service.yaml").write_text(text, encoding="utf-8")
    done = lint(tmp_path, "service.yaml", "--format", "json", select="latest-tag,useless-ignore")
    assert (done.stderr, places(done)) == ("", [])
