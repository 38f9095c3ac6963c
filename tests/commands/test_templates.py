"""`--templates DIR`: a user's templates in the places of our own, and everything that can be wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import k8sgen

OWN = Path(__file__).parents[2] / "templates"


@pytest.fixture
def templates(project: Path) -> Path:
    """An empty directory for templates."""
    directory = project / "tpl"
    directory.mkdir()
    return directory


def refused(project: Path, text: bytes | str, name: str = "deployment.yaml.j2") -> str:
    """What is said of a template."""
    (project / "tpl" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    run = k8sgen("render", "service.yaml", "--templates", "tpl", cwd=project)
    assert (run.status, run.stdout) == (2, "")
    return run.stderr


def test_template_takes_the_place_of_our_own(project: Path, templates: Path) -> None:
    """The others stay, and the reasons come with the fields."""
    own = (OWN / "deployment.yaml.j2").read_text(encoding="utf-8")
    without = "".join(
        line for line in own.splitlines(keepends=True) if not line.startswith("  minReadySeconds")
    )
    assert without != own
    (templates / "deployment.yaml.j2").write_text(without, encoding="utf-8")
    run = k8sgen("render", "service.yaml", "--templates", "tpl", cwd=project)
    assert run.status == 0, run.stderr
    plain = k8sgen("render", "service.yaml", cwd=project).stdout
    assert run.stdout == "".join(
        line for line in plain.splitlines(keepends=True) if not line.startswith("  minReadySeconds")
    )


def test_directory_that_is_not_there(project: Path) -> None:
    """Silence would render our own templates."""
    run = k8sgen("render", "service.yaml", "--templates", "nowhere", cwd=project)
    assert (run.status, run.stderr) == (
        2,
        "nowhere: cannot be read: no such file or directory\n  hint: --templates takes a directory\n",
    )


def test_misspelt_template(project: Path, templates: Path) -> None:
    """A file that nothing reads is said with the nearest name."""
    assert templates.is_dir()
    assert refused(project, "", "deploymnt.yaml.j2") == (
        "tpl/deploymnt.yaml.j2: takes the place of no template\n  hint: perhaps deployment.yaml.j2\n"
    )


def test_template_that_is_a_directory(project: Path, templates: Path) -> None:
    """It would be passed over without a word."""
    (templates / "deployment.yaml.j2").mkdir()
    run = k8sgen("render", "service.yaml", "--templates", "tpl", cwd=project)
    assert (run.status, run.stderr) == (
        2,
        "tpl/deployment.yaml.j2: cannot be read: is a directory\n  hint: a template is a file\n",
    )


@pytest.mark.usefixtures("templates")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"\xff", "tpl/deployment.yaml.j2: is not UTF-8\n  hint: save it as UTF-8\n"),
        (
            "kind: Deployment\n{% if %}\n",
            (
                "tpl/deployment.yaml.j2:2:1: Expected an expression, got 'end of statement block'\n"
                "  hint: see CONTRIBUTING, Templates\n"
            ),
        ),
        (
            "name: {{ name + 1 }}\n",
            (
                "tpl/deployment.yaml.j2:1:1: joined text is a derived value\n"
                "  hint: write a function in resolve/ and call it here\n"
            ),
        ),
        (
            "name: {{ name | upper }}\n",
            (
                "tpl/deployment.yaml.j2:1:1: the filter upper is not in the template subset\n"
                "  hint: make it a derived value in resolve/\n"
            ),
        ),
        (
            "{% macro a() %}{% endmacro %}\n",
            (
                "tpl/deployment.yaml.j2:1:1: macro is not in the template subset\n"
                "  hint: use if, for, set and include\n"
            ),
        ),
        (
            '{% include "nowhere.yaml.j2" %}\n',
            (
                'tpl/deployment.yaml.j2:1:1: there is no template "nowhere.yaml.j2"\n'
                "  hint: include one of those in templates/\n"
            ),
        ),
        (
            '{% include "deployment.yaml.j2" %}\n',
            (
                "tpl/deployment.yaml.j2:1:1: deployment.yaml.j2 includes itself\n"
                "  hint: include another template\n"
            ),
        ),
        (
            "kind: [\n",
            (
                "tpl/deployment.yaml.j2: what it prints is not YAML: "
                "did not find expected node content at line 2 column 1, while parsing a flow node\n"
                "  hint: print one object, in block style\n"
            ),
        ),
        (
            "? [kind]\n: ConfigMap\n",
            (
                "tpl/deployment.yaml.j2: what it prints has a map or list for a key\n"
                "  hint: write text in front of the colon\n"
            ),
        ),
        (
            "kind: Deployment {% if name %}\n{% endif %}\n",
            (
                "tpl/deployment.yaml.j2:1:1: a statement stands alone on its line\n"
                "  hint: put text and further statements on lines of their own\n"
            ),
        ),
        (
            "- name: a\n",
            (
                "tpl/deployment.yaml.j2: what it prints is not an object\n"
                "  hint: begin with apiVersion, kind and metadata\n"
            ),
        ),
        (
            "apiVersion: v1\nkind: ConfigMap\n",
            'tpl/deployment.yaml.j2: ConfigMap/: metadata.name: "name" is missing\n  hint: write name\n',
        ),
    ],
)
def test_template_outside_the_subset(project: Path, text: str | bytes, said: str) -> None:
    """File, line and remedy."""
    assert refused(project, text) == said


@pytest.mark.usefixtures("templates")
@pytest.mark.parametrize(
    "text",
    ["{{ ''.__class__.__mro__ }}\n", "{{ spec.model_dump }}\n", "{{ cluster.__init__ }}\n", "{{ self }}\n"],
)
def test_template_that_reaches_for_python(project: Path, text: str) -> None:
    """Only fields of the spec and derived values are there."""
    assert refused(project, "name: " + text).startswith("tpl/deployment.yaml.j2:1:1: ")
