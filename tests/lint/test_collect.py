"""What a run reads, what it passes over, and what it says of input that cannot be read."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8sgen.lint.collect import collect
from k8sgen.lint.sources import take
from tests.lint.engine import deployment, lint, places

if TYPE_CHECKING:
    from pathlib import Path

FOUND = "ok.yaml:10:18 latest-tag"
BOMB = "apiVersion: v1\nkind: X\nspec:\n  a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"  {name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcde", "bcdef", strict=True)
)
SPEC = """\
name: orders
image: ghcr.io/acme/orders:1.4.2
port: 8080
extraObjects:
  tool:
    apiVersion: v1
    kind: Pod
    spec: {containers: [{name: a, image: "a:latest"}]}
    metadata: {name: tool}
"""
UNREADABLE = {
    "empty": (b"", "bad.yaml: holds no Kubernetes object\n  hint: an object has apiVersion and kind\n"),
    "comments": (
        b"# nothing\n---\n---\n",
        "bad.yaml: holds no Kubernetes object\n  hint: an object has apiVersion and kind\n",
    ),
    "no object": (
        b"a: 1\n",
        "bad.yaml: holds no Kubernetes object\n  hint: an object has apiVersion and kind\n",
    ),
    "no map": (
        b"- 1\n",
        "bad.yaml: holds no Kubernetes object\n  hint: an object has apiVersion and kind\n",
    ),
    "binary": (b"PK\x03\x04\0\0", "bad.yaml: is a binary file\n  hint: name YAML or JSON files\n"),
    "UTF-16": (
        deployment().encode("utf-16"),
        "bad.yaml:1:1: the file is UTF-16, not UTF-8\n  hint: save it as UTF-8\n",
    ),
    "Latin-1": (
        "kind: X\nä: é\n".encode("latin-1"),
        "bad.yaml:2:1: byte 0xe4 is not UTF-8\n  hint: save the file as UTF-8\n",
    ),
    "bomb": (
        BOMB.encode(),
        (
            "bad.yaml:8:38: the aliases expand to more than 100000 values\n"
            "  hint: write the values out, or use fewer aliases\n"
        ),
    ),
    "deep": (
        b"[" * 5000,
        "bad.yaml:1:101: maps and lists are nested more than 100 deep\n  hint: nest them less\n",
    ),
    "template": (
        b"apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n",
        (
            "bad.yaml: this is a Helm template\n"
            "  hint: lint the output of helm template: helm template CHART | k8sgen lint -\n"
        ),
    ),
    "flow not closed": (
        b"kind: [\n",
        "bad.yaml:2:1: a value is expected here\n  hint: write a value, or quote it\n",
    ),
}


@pytest.fixture
def ok(tmp_path: Path) -> Path:
    """A directory with a file that has a finding."""
    (tmp_path / "ok.yaml").write_text(deployment(), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("case", UNREADABLE)
def test_unreadable_files(ok: Path, case: str) -> None:
    """Each is one clear problem, the status is 2, and the other file is linted all the same."""
    content, message = UNREADABLE[case]
    (ok / "bad.yaml").write_bytes(content)
    run = lint(ok, "bad.yaml", "ok.yaml", "--format", "json")
    assert (run.status, run.stderr, places(run)) == (2, message, [FOUND])


def test_file_larger_than_may_be(ok: Path) -> None:
    """It is not even read; standard input neither."""
    with (ok / "big.yaml").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    run = lint(ok, "big.yaml", "ok.yaml", "--format", "json")
    assert run.stderr == (
        "big.yaml: the file has 104857600 bytes, more than 67108864\n  hint: split it into several files\n"
    )
    assert (run.status, places(run)) == (2, [FOUND])


def test_things_that_are_no_files(ok: Path) -> None:
    """A pipe does not hang, a link to itself and a missing file are said."""
    os.mkfifo(ok / "pipe.yaml")
    (ok / "loop.yaml").symlink_to("loop.yaml")
    run = lint(ok, "pipe.yaml", "loop.yaml", "missing.yaml", "a\nb", "ok.yaml", "--format", "json")
    assert run.stderr.splitlines()[:6] == [
        "pipe.yaml: is not a regular file",
        "  hint: pipe it in: k8sgen lint - < pipe.yaml",
        "loop.yaml: cannot be read: too many levels of symbolic links",
        "  hint: mend its permissions",
        "missing.yaml: there is no such file or directory",
        "  hint: name files of manifests, directories of them, or - for standard input",
    ]
    assert (run.status, places(run)) == (2, [FOUND])


def test_a_broken_document_beside_a_sound_one(tmp_path: Path) -> None:
    """The document that is no YAML is said, the one after it is linted, with its own lines."""
    (tmp_path / "two.yaml").write_text("kind: [\n---\n" + deployment(), encoding="utf-8")
    run = lint(tmp_path, "two.yaml", "--format", "json")
    assert run.stderr.startswith("two.yaml:2:1: a value is expected here\n")
    assert (run.status, places(run)) == (2, ["two.yaml:12:18 latest-tag"])


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    """Windows editors write one."""
    (tmp_path / "bom.yaml").write_text("\ufeff" + deployment(), encoding="utf-8")
    run = lint(tmp_path, "bom.yaml", "--format", "json")
    assert (run.status, run.stderr, places(run)) == (1, "", ["bom.yaml:10:18 latest-tag"])


def test_standard_input(tmp_path: Path) -> None:
    """It is `<stdin>` in places; empty, it is said to hold nothing."""
    run = lint(tmp_path, "-", "--format", "json", stdin=deployment().encode())
    assert places(run) == ["<stdin>:10:18 latest-tag"]
    run = lint(tmp_path, "-", stdin=b"")
    assert run.status == 2
    assert run.stderr.startswith("<stdin>: holds no Kubernetes object\n")


def test_directory(ok: Path) -> None:
    """YAML and JSON below it; hidden files, charts' templates, patches and other YAML are passed over and counted."""
    for name, text in {
        ".hidden.yaml": deployment(),
        ".git/a.yaml": deployment(),
        "sub/b.yml": deployment("b"),
        "sub/c.json": '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "c"}, '
        '"spec": {"containers": [{"name": "c", "image": "c"}]}}\n',
        "sub/notes.txt": deployment(),
        "sub/values.yaml": "a: 1\n",
        "chart/Chart.yaml": "apiVersion: v2\nname: chart\n",
        "chart/templates/d.yaml": "kind: {{ x }}\n",
        "k/kustomization.yaml": "resources: [base.yaml]\npatches:\n  - path: patch.yaml\n"
        "patchesStrategicMerge: [old.yaml]\n",
        "k/patch.yaml": deployment("p"),
        "k/old.yaml": deployment("o"),
        "k/base.yaml": deployment("k"),
    }.items():
        (ok / name).parent.mkdir(exist_ok=True, parents=True)
        (ok / name).write_text(text, encoding="utf-8")
    (ok / "link.yaml").symlink_to("ok.yaml")
    run = lint(ok, ".", "--format", "json")
    assert places(run) == [
        "k/base.yaml:10:18 latest-tag",
        "link.yaml:10:18 latest-tag",
        "sub/b.yml:10:18 latest-tag",
        "sub/c.json:1:111 latest-tag",
    ]
    assert sorted(run.stderr.splitlines()) == [
        "note: passed over 1 file of a Helm chart, whose templates make sense only rendered",
        "note: passed over 2 files of kustomize patches, which are parts of objects",
        "note: passed over 2 files without Kubernetes objects",
    ]
    assert run.status == 1


def test_a_file_named_twice_is_read_once(ok: Path) -> None:
    """By its name, by its directory, by another path."""
    run = lint(ok, "ok.yaml", ".", "./ok.yaml", "--format", "json")
    assert places(run) == [FOUND]


def test_broken_files_in_a_directory(ok: Path) -> None:
    """They are said like named ones."""
    (ok / "a.yaml").write_text("apiVersion: v1\nkind: [\n", encoding="utf-8")
    (ok / "b.yaml").write_bytes(deployment().encode("utf-16"))
    run = lint(ok, ".", "--format", "json")
    assert [line for line in run.stderr.splitlines() if not line.startswith(" ")] == [
        "a.yaml:3:1: a value is expected here",
        "b.yaml:1:1: the file is UTF-16, not UTF-8",
    ]
    assert (run.status, places(run)) == (2, [FOUND])


def test_lists_are_their_items(tmp_path: Path) -> None:
    """A List in a List, too."""
    item = {"kind": "Pod", "apiVersion": "v1", "spec": {"containers": [{"name": "c", "image": "c"}]}}
    (tmp_path / "l.yaml").write_text(
        "apiVersion: v1\nkind: List\nitems:\n- " + json.dumps(item) + "\n- kind: PodList\n  apiVersion: v1\n"
        "  items:\n  - " + json.dumps(item) + "\n",
        encoding="utf-8",
    )
    run = lint(tmp_path, "l.yaml", "--format", "json")
    assert json.loads(run.stdout)["summary"]["objects"] == 2
    assert places(run) == ["l.yaml:4:86 latest-tag", "l.yaml:8:88 latest-tag"]


def test_a_spec_and_a_service_of_the_same_name(tmp_path: Path) -> None:
    """What the file holds decides, not its name."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/service.yaml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "service.yaml").write_text(
        "apiVersion: v1\nkind: Service\nmetadata: {name: orders}\nspec: {ports: [{port: 80}]}\n",
        encoding="utf-8",
    )
    run = lint(tmp_path, ".", "--format", "json")
    assert places(run) == ["a/service.yaml:8:42 latest-tag"]
    assert (run.status, run.stderr) == (1, "")


@given(
    st.one_of(
        st.binary(max_size=200), st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_random_bytes(content: bytes) -> None:
    """Whatever comes in, nothing is raised, and each text is objects or a problem."""
    (source,) = collect(["-"], content).sources
    reading, outcome = take(source)
    assert outcome.problems or reading
