"""The `lint` key of k8sgen.yaml, and options of the command line above it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8sgen.errors import InputError
from k8sgen.fleet.lint_settings import read_lint_settings
from k8sgen.fleet.policy import Asked, configure
from tests.lint.engine import deployment, lint, places

if TYPE_CHECKING:
    from pathlib import Path

    from k8sgen.errors import Problem
    from tests.cli import Run


def run(cwd: Path, settings: str, *arguments: str) -> Run:
    """A run of the profile on two files, below a configuration."""
    for name in ("a.yaml", "third/b.yaml"):
        (cwd / name).parent.mkdir(exist_ok=True)
        text = deployment(name[-6:-5]).replace("{name", "{namespace: " + name[-6:-5] + "s, name")
        (cwd / name).write_text(text, encoding="utf-8")
    (cwd / "k8sgen.yaml").write_text(settings, encoding="utf-8")
    return lint(cwd, ".", "--format", "json", *arguments, select="")


def tags(run: Run) -> list[str]:
    """The files and severities of the findings about tags."""
    return [
        f"{each['file']} {each['severity']}"
        for each in json.loads(run.stdout)["findings"]
        if each["rule"] == "latest-tag"
    ]


BOTH = ["a.yaml warning", "third/b.yaml warning"]
SETTINGS = {
    "nothing": ("{}\n", BOTH),
    "minimal": ("lint: {profile: minimal}\n", []),
    "minimal and one more": ("lint: {profile: minimal, enable: [latest-tag]}\n", BOTH),
    "disable": ("lint: {disable: {latest-tag: we pin by admission}}\n", []),
    "severity": (
        "lint: {severity: {latest-tag: error}}\n",
        ["a.yaml error", "third/b.yaml error"],
    ),
    "path": ("lint: {exempt: [{rules: [latest-tag], reason: x, paths: ['third/*']}]}\n", BOTH[:1]),
    "namespace": ("lint: {exempt: [{rules: [all], reason: x, namespaces: [as]}]}\n", BOTH[1:]),
    "name": ("lint: {exempt: [{rules: [latest-tag], reason: x, names: [b]}]}\n", BOTH[:1]),
    "kind and name": (
        "lint: {exempt: [{rules: [latest-tag], reason: x, names: ['Deployment/*']}]}\n",
        [],
    ),
    "all conditions": (
        "lint: {exempt: [{rules: [latest-tag], reason: x, names: [b], paths: [a.yaml]}]}\n",
        BOTH,
    ),
    "another rule": ("lint: {exempt: [{rules: [schema], reason: x}]}\n", BOTH),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_settings(tmp_path: Path, case: str) -> None:
    """What each says is what happens."""
    settings, expected = SETTINGS[case]
    done = run(tmp_path, settings)
    assert done.stderr == ""
    assert tags(done) == expected


def test_status_follows_fail_on(tmp_path: Path) -> None:
    """A warning is below `error`; the command line wins."""
    settings = "lint: {failOn: error}\n"
    assert run(tmp_path, settings).status == 0
    assert run(tmp_path, settings, "--fail-on", "warning").status == 1


def test_the_command_line_wins(tmp_path: Path) -> None:
    """Its profile, its selection; what either disables stays out."""
    assert tags(run(tmp_path, "lint: {profile: minimal}\n", "--profile", "standard")) == BOTH
    assert tags(run(tmp_path, "lint: {profile: minimal}\n", "--select", "latest-tag")) == BOTH
    assert tags(run(tmp_path, "lint: {enable: [latest-tag]}\n", "--ignore", "latest-tag")) == []


WRONG = {
    "lint: {enable: [latest-tags]}\n": (
        'k8sgen.yaml:1:17: there is no rule "latest-tags"\n  hint: did you mean "latest-tag"?\n'
    ),
    "lint: {disable: {nope: x}}\n": (
        'k8sgen.yaml:1:18: there is no rule "nope"\n  hint: k8sgen lint --list shows all rules\n'
    ),
    "lint: {exempt: [{rules: [schema, all, nope], reason: x}]}\n": (
        'k8sgen.yaml:1:39: there is no rule "nope"\n  hint: k8sgen lint --list shows all rules\n'
    ),
    "lint: {enable: [all]}\n": (
        'k8sgen.yaml:1:17: there is no rule "all"\n  hint: k8sgen lint --list shows all rules\n'
    ),
    "lint:\n  options:\n    latest-tag: {a: 1}\n": (
        'k8sgen.yaml:3:18: "latest-tag" has no option "a"\n  hint: it takes no options\n'
    ),
}


@pytest.mark.parametrize("settings", WRONG)
def test_wrong_settings(tmp_path: Path, settings: str) -> None:
    """Said with their place; the files are linted by the defaults all the same, and the status is 2."""
    done = run(tmp_path, settings)
    assert (done.status, done.stderr, tags(done)) == (2, WRONG[settings], BOTH)


@pytest.mark.parametrize(
    "settings",
    ["lint: [\n", "lint: 1\n", "lint: {profile: loud}\n", "lint: {exempt: [{rules: [all]}]}\n", "nope: 1\n"],
)
def test_unreadable_settings(tmp_path: Path, settings: str) -> None:
    """What is no configuration at all does not keep the files from being linted."""
    done = run(tmp_path, settings)
    assert (done.status, tags(done)) == (2, BOTH)
    assert done.stderr.startswith("k8sgen.yaml:")
    assert "Traceback" not in done.stderr


def test_nearest_settings_are_those_of_what_is_named_first(tmp_path: Path) -> None:
    """From another directory, too."""
    run(tmp_path, "lint: {disable: {latest-tag: x}}\n")
    assert tags(lint(tmp_path / "third", "../a.yaml", "--format", "json", select="")) == []
    assert places(lint(tmp_path.parent, tmp_path.name, "--format", "json", select="duplicate-key")) == []


words = st.one_of(
    st.sampled_from(("latest-tag", "all", "nope", "error", "minimal", "schema", "")),
    st.text(max_size=4),
    st.integers(),
    st.booleans(),
    st.none(),
)
junk = st.recursive(
    words,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
)
sections = st.fixed_dictionaries(
    {},
    optional={
        "profile": junk,
        "failOn": junk,
        "enable": st.one_of(junk, st.lists(words, max_size=2)),
        "disable": st.one_of(junk, st.dictionaries(st.sampled_from(("latest-tag", "nope")), words)),
        "severity": st.one_of(junk, st.dictionaries(st.sampled_from(("latest-tag", "nope")), words)),
        "options": st.one_of(junk, st.dictionaries(st.sampled_from(("latest-tag", "nope")), junk)),
        "exempt": st.one_of(
            junk, st.lists(st.fixed_dictionaries({"rules": junk, "reason": words}), max_size=2)
        ),
        "baseline": junk,
    },
)


@given(section=st.one_of(junk, sections))
def test_random_settings(tmp_path_factory: pytest.TempPathFactory, section: object) -> None:
    """They are taken, or are problems; nothing is raised but InputError."""
    directory = tmp_path_factory.mktemp("settings")
    path = directory / "k8sgen.yaml"
    path.write_text(json.dumps({"lint": section}), encoding="utf-8")
    configured = configure([str(directory)], Asked())
    wrong: tuple[Problem, ...] = ()
    try:
        read_lint_settings(path, Asked())
    except InputError as error:
        wrong = error.problems
    assert len(configured.problems) == len(wrong)
