"""What `k8sgen lint` prints, and with which status it ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from k8sgen.lint.run import WORTH_A_PROCESS
from tests.cli import k8sgen
from tests.lint.engine import deployment, lint, places
from tests.lint.objects import DEFINITION, thing

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit")
CLEAN = deployment(image="ghcr.io/acme/orders:1.4.2")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A file with a finding, one without, one that is no YAML."""
    (tmp_path / "bad.yaml").write_text(deployment(), encoding="utf-8")
    (tmp_path / "good.yaml").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("kind: [\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("good.yaml",), 0),
        (("bad.yaml",), 1),
        (("good.yaml", "bad.yaml"), 1),
        (("broken.yaml",), 2),
        (("broken.yaml", "bad.yaml"), 2),
        (("missing.yaml",), 2),
        (("bad.yaml", "--fail-on", "error"), 0),
        (("bad.yaml", "--fail-on", "warning"), 1),
        (("bad.yaml", "--fail-on", "info"), 1),
        (("bad.yaml", "--ignore", "latest-tag"), 0),
        ((), 2),
        (("bad.yaml", "--nope"), 2),
        (("bad.yaml", "--format", "xml"), 2),
        (("bad.yaml", "--kubernetes-versions", "2.0"), 2),
        (("bad.yaml", "--kubernetes-versions", "1.3,x"), 2),
        (("bad.yaml", "--schemas", "missing"), 2),
        (("bad.yaml", "--update-baseline"), 2),
        (("bad.yaml", "--fix", "-o", "x"), 2),
        (("bad.yaml", "-o", "missing/x"), 2),
        (("bad.yaml", "--baseline", "missing.json"), 2),
    ],
)
def test_exit_status(here: Path, arguments: tuple[str, ...], status: int) -> None:
    """0 for nothing, 1 for findings that matter, 2 for what cannot be read, which beats 1."""
    run = lint(here, *arguments)
    assert run.status == status, run.stderr
    assert "Traceback" not in run.stderr
    assert (run.stderr == "") == (status < 2)


def test_text(here: Path) -> None:
    """The whole report of one finding."""
    assert lint(here, "bad.yaml").stdout == (
        'bad.yaml:10:18: warning: image "ghcr.io/acme/orders:latest" is a moving tag [latest-tag]\n'
        "   10 |         - image: ghcr.io/acme/orders:latest\n"
        "      |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  in:   Deployment/orders, spec.template.spec.containers[0].image\n"
        "  why:  A tag such as `latest` names another image tomorrow: two pods of one Deployment may run\n"
        "        different code, and a rollback rolls back to nothing.\n"
        "  fix:  name the version that you tested, such as :1.4.2\n"
        "\n"
        "1 warning in 1 object of 1 file\n"
    )


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_to_a_file(here: Path, form: str) -> None:
    """The file holds what would be printed; the status is the same."""
    printed = lint(here, "bad.yaml", "--format", form)
    written = lint(here, "bad.yaml", "--format", form, "-o", "report")
    assert (written.status, written.stdout, written.stderr) == (1, "", "")
    assert (here / "report").read_text(encoding="utf-8") == printed.stdout
    assert "latest-tag" in printed.stdout


@pytest.mark.parametrize("option", ["--select", "--ignore", "--explain"])
def test_unknown_rules(here: Path, option: str) -> None:
    """The nearest is named, and nothing runs."""
    run = lint(here, "bad.yaml", option, "latest-tags", select="")
    assert (run.status, run.stdout) == (2, "")
    assert run.stderr == (
        f'{option} latest-tags: there is no rule "latest-tags"\n  hint: did you mean "latest-tag"?\n'
    )


def test_select_takes_names_between_commas_and_several_times(here: Path) -> None:
    """Both ways together."""
    (here / "double.yaml").write_text(CLEAN + "kind: Deployment\n", encoding="utf-8")
    run = k8sgen(
        *("lint", "bad.yaml", "double.yaml", "--format", "json"),
        *("--select", "schema, latest-tag", "--select", "duplicate-key"),
        cwd=here,
    )
    assert places(run) == ["bad.yaml:10:18 latest-tag", "double.yaml:12:1 duplicate-key"]


def test_list_and_explain(here: Path) -> None:
    """Without any file."""
    listed = k8sgen("lint", "--list", cwd=here)
    assert listed.status == 0
    assert "latest-tag" in listed.stdout
    rules = json.loads(k8sgen("lint", "--list", "--format", "json", cwd=here).stdout)
    assert rules
    explained = k8sgen("lint", "--explain", "latest-tag", cwd=here)
    assert explained.status == 0
    assert "An image names a version, not a moving tag" in explained.stdout


BETA = CLEAN.replace(
    "    spec:\n", "    spec:\n      hostUsers: false\n      resources: {limits: {cpu: 1}}\n"
)


def test_several_versions(here: Path) -> None:
    """A finding of one of them says of which."""
    (here / "beta.yaml").write_text(BETA, encoding="utf-8")
    new = lint(here, "beta.yaml", "--kubernetes-versions", "1.37", select="schema,dropped-field")
    assert new.stdout == "no findings in 1 object of 1 file\n"
    both = lint(here, "beta.yaml", "--kubernetes-versions", "1.25,1.37", select="schema,dropped-field")
    assert both.status == 1
    assert "1.25" in both.stdout


@pytest.mark.parametrize("given", ["input", "directory"])
def test_custom_resources(here: Path, given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A definition in the input or in a directory gives the schema; without it the kind is not known, nor remembered as sound."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(here / "cache"))
    (here / "thing.yaml").write_text(thing(), encoding="utf-8")
    (here / "crds").mkdir()
    (here / "crds/thing.yaml").write_text(DEFINITION, encoding="utf-8")
    unknown = lint(here, "thing.yaml", "--format", "json", select="schema,unknown-kind")
    assert [each.split()[1] for each in places(unknown)] == ["unknown-kind"]
    more = ("crds",) if given == "input" else ("--schemas", "crds")
    known = lint(here, "thing.yaml", *more, "--format", "json", select="schema,unknown-kind")
    assert places(known) == ["thing.yaml:4:14 schema"]


def test_processes_and_order_change_nothing(tmp_path: Path) -> None:
    """More files than one process takes: the same report with one and with two, whatever the order of names."""
    for number in range(3 * WORTH_A_PROCESS):
        text = "---\n".join(deployment(f"a{number}-{each}") for each in range(4))
        (tmp_path / f"{number:03}.yaml").write_text(text, encoding="utf-8")
    names = sorted(path.name for path in tmp_path.iterdir())

    def run(jobs: str, names: list[str]) -> str:
        done = k8sgen("lint", *names, "-j", jobs, "--format", "json", cwd=tmp_path)
        assert done.status == 1, done.stderr
        return done.stdout

    one = run("1", names)
    assert one.count('"latest-tag"') == 3 * WORTH_A_PROCESS * 4
    assert run("2", names) == one
    assert run("1", names[::-1]) == one
    assert run("2", ["."]) == one
