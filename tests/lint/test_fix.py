"""Mending: the edit happens, and nothing else changes, down to the byte."""

from __future__ import annotations

import json
import subprocess
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from k8sgen.lint.fix import edited
from k8sgen.lint.read import Reading
from k8sgen.lint.rule import Remove, Rename, Set
from k8sgen.manifests import FilePlaces
from tests.lint.engine import lint

if TYPE_CHECKING:
    from pathlib import Path

    from k8sgen.lint.rule import Edit

TEXT = """\
# head
apiVersion: v1
kind: Pod
metadata: {name: a, labels: {app: a}}  # flow
spec:
  containers:
    # about a
    - name: a   # first
      image: "a:1" # quoted
      args:
      - one
      - two

    - {name: b, image: b}
  hostNetwork: true
  # last
"""
IMAGE = ("spec", "containers", 0, "image")


def edit(text: str, edit: Edit) -> str | None:
    """The text with one edit of its first object."""
    places = Reading("a.yaml", text).manifests[0].places
    assert isinstance(places, FilePlaces)
    return edited(text, "a.yaml", places, edit)


CASES: dict[str, tuple[Edit, str | None, str | None]] = {
    "a quoted value": (Set(IMAGE, "a:2"), 'image: "a:1" # quoted', "image: a:2 # quoted"),
    "a value in flow style": (Set(("metadata", "name"), "b"), "{name: a,", "{name: b,"),
    "a value that looks like another type": (Set(IMAGE, "on"), '"a:1"', '"on"'),
    "a truth value": (Set(("spec", "hostNetwork"), False), "hostNetwork: true", "hostNetwork: false"),
    "an item": (Set(("spec", "containers", 0, "args", 1), "2"), "- two", '- "2"'),
    "a key behind a dash": (Rename(("spec", "containers", 0, "name"), "title"), "- name: a ", "- title: a "),
    "a key in flow style": (Rename(("metadata", "labels"), "marks"), "labels:", "marks:"),
    "a new key in flow style": (Set(("metadata", "namespace"), "x"), "{name: a,", "{namespace: x, name: a,"),
    "a new key in block style": (
        Set(("spec", "hostPID"), True),
        "  hostNetwork: true\n",
        "  hostNetwork: true\n  hostPID: true\n",
    ),
    "a new key behind a dash": (
        Set(("spec", "containers", 0, "tty"), True),
        "      - two\n",
        "      - two\n      tty: true\n",
    ),
    "a line": (Remove(("spec", "hostNetwork")), "  hostNetwork: true\n", ""),
    "a block": (
        Remove(("spec", "containers", 0, "args")),
        "      args:\n      - one\n      - two\n",
        "",
    ),
    "an item of a list": (Remove(("spec", "containers", 0, "args", 0)), "      - one\n", ""),
    "an item that is a map": (
        Remove(("spec", "containers", 1)),
        "    - {name: b, image: b}\n",
        "",
    ),
    "what stands in flow style": (Remove(("metadata", "labels")), None, None),
    "what is not there": (Remove(("spec", "nope")), None, None),
    "below what is not there": (Set(("spec", "nope", "x"), 1), None, None),
    "behind the end": (Set(("spec", "containers", 7, "x"), 1), None, None),
    "an item that has no key": (Rename(("spec", "containers", 0, "args", 0), "x"), None, None),
    "a map": (Set(("spec", "containers"), 1), None, None),
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("case", CASES)
def test_edits(case: str, ending: str) -> None:
    """Each changes exactly this part of the text, or is not made."""
    change, old, new = CASES[case]
    text = TEXT.replace("\n", ending)
    expected = None
    if old is not None and new is not None:
        assert TEXT.count(old) == 1
        expected = TEXT.replace(old, new).replace("\n", ending)
    assert edit(text, change) == expected


def test_anchors_are_not_changed_behind_ones_back() -> None:
    """A value that an alias repeats elsewhere is left alone."""
    text = TEXT.replace('"a:1"', "&image a:1").replace("image: b}", "image: *image}")
    changed = edit(text, Set(IMAGE, "a:2"))
    assert changed is None or yaml.safe_load(changed)["spec"]["containers"][1]["image"] == "a:1"


def pointers(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The pointers of all values."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at] * bool(at) + [each for step, inner in steps for each in pointers(inner, (*at, step))]


def applied(value: Any, change: Edit) -> Any:
    """The edit on a copy of plain values."""
    result = holder = deepcopy(value)
    for step in change.pointer[:-1]:
        holder = holder[step]
    last = change.pointer[-1]
    if isinstance(change, Set):
        holder[last] = change.value
    elif isinstance(change, Rename):
        holder[change.key] = holder.pop(last)
    else:
        del holder[last]
    return result


words = st.one_of(
    st.sampled_from(("a", "on", "12", "a b", "x: y", "# z", "'", '"', "", "[", "é")), st.text(max_size=5)
)
names = st.sampled_from(("a", "b", "c-d", "e.f/g", "on", "1"))
values = st.recursive(
    st.one_of(words, st.integers(-5, 5), st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
    max_leaves=8,
)


@given(st.data(), st.dictionaries(names, values, min_size=1, max_size=3), st.booleans(), st.booleans())
def test_an_edit_changes_nothing_else(
    data: st.DataObject, spec: dict[str, Any], crlf: bool, indentless: bool
) -> None:
    """Of any object in any style: afterwards it says what it said, but for the edit; its comments are there."""
    document = {"apiVersion": "v1", "kind": "X", "spec": spec}
    style = data.draw(st.sampled_from((None, False, True)))
    text = yaml.safe_dump(
        document, default_flow_style=style, sort_keys=False, allow_unicode=True, width=10**6
    )
    if not indentless:
        text = text.replace("\n- ", "\n  - ")
    text = f"# head\n{text}# tail\n---\n# next\n{text}"
    if crlf:
        text = text.replace("\n", "\r\n")
    reading = Reading("a.yaml", text)
    if reading.file.documents != [document, document]:
        return
    pointer = data.draw(st.sampled_from(pointers(document)))
    change = data.draw(
        st.sampled_from(
            (
                Set(pointer, "x: y"),
                Set(pointer, 7),
                Set((*pointer, "new"), True),
                Remove(pointer),
                Rename(pointer, "new"),
            )
        )
    )
    changed = edit(text, change)
    if changed is None:
        return
    after = Reading("a.yaml", changed)
    assert not after.problems
    assert after.file.documents == [applied(document, change), document]
    for comment in ("# head", "# tail", "# next"):
        assert comment in changed
    assert changed.count("\r\n") == (changed.count("\n") if crlf else 0)
    before_lines, lines = text.split("\n"), changed.split("\n")
    assert abs(len(before_lines) - len(lines)) <= 1 or isinstance(change, Remove)


OLD = """\
# ours
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      serviceAccount: orders  # the old name
      nodeSelector:
        beta.kubernetes.io/arch: amd64
      containers:
        - {name: orders, image: "ghcr.io/acme/orders:1.4.2"}
"""
NEW = OLD.replace("serviceAccount:", "serviceAccountName:").replace("beta.kubernetes.io", "kubernetes.io")
RULES = "deprecated-service-account-field,deprecated-label"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_fix_and_diff(tmp_path: Path, ending: str) -> None:
    """`--diff` changes nothing and prints what git applies; `--fix` writes the same; again, it changes nothing."""
    old, new = (text.replace("\n", ending).encode() for text in (OLD, NEW))
    path = tmp_path / "a.yaml"
    path.write_bytes(old)
    path.chmod(0o640)
    (tmp_path / "link.yaml").symlink_to("a.yaml")
    diff = lint(tmp_path, "a.yaml", "--diff", select=RULES)
    assert (diff.status, path.read_bytes()) == (1, old)
    assert "+      serviceAccountName: orders  # the old name" in diff.stdout
    run = lint(tmp_path, "link.yaml", "--fix", select=RULES)
    assert (run.status, run.stderr) == (0, "mended 2 of 2 findings\n")
    assert path.read_bytes() == new
    assert (tmp_path / "link.yaml").is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.yaml", "link.yaml"]
    again = lint(tmp_path, "a.yaml", "--fix", select=RULES)
    assert (again.status, again.stderr, path.read_bytes()) == (0, "mended 0 of 0 findings\n", new)
    assert lint(tmp_path, "a.yaml", "--diff", select=RULES).stdout == ""
    path.write_bytes(old)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=diff.stdout.encode(), check=True)
    assert path.read_bytes() == new


def test_fix_of_standard_input(tmp_path: Path) -> None:
    """It cannot be changed in place, and can be shown."""
    shown = lint(tmp_path, "-", "--diff", stdin=OLD.encode(), select=RULES)
    assert shown.status == 1
    assert "+      serviceAccountName: orders" in shown.stdout
    run = lint(tmp_path, "-", "--fix", stdin=OLD.encode(), select=RULES)
    assert run.status == 2
    assert "--fix changes files; standard input can be shown with --diff" in run.stderr


def test_what_is_ignored_known_or_unchanged_is_not_mended(tmp_path: Path) -> None:
    """A fix goes no further than the report."""
    path = tmp_path / "a.yaml"
    path.write_text(
        OLD.replace("# the old name", "# k8sgen-ignore deprecated-service-account-field: x"), encoding="utf-8"
    )
    before = path.read_text(encoding="utf-8")
    run = lint(tmp_path, "a.yaml", "--fix", select="deprecated-service-account-field")
    assert (run.status, path.read_text(encoding="utf-8")) == (0, before)
    path.write_text(OLD, encoding="utf-8")
    lint(tmp_path, "a.yaml", "--baseline", "known.json", "--update-baseline", select=RULES)
    run = lint(tmp_path, "a.yaml", "--fix", "--baseline", "known.json", "--format", "json", select=RULES)
    assert (run.status, path.read_text(encoding="utf-8")) == (0, OLD)
    assert json.loads(run.stdout)["summary"]["baseline"] == 2
