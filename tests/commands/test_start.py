"""Commands that need no spec: init, schema, completion, help and version."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from k8sgen import __version__
from k8sgen.cli.main import COMMANDS
from tests.cli import k8sgen

SCHEMAS = Path(__file__).parents[2] / "schemas"


def test_version(project: Path) -> None:
    """One line."""
    run = k8sgen("--version", cwd=project)
    assert (run.status, run.stdout, run.stderr) == (0, f"k8sgen {__version__}\n", "")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_of_every_command(command: str, option: str, project: Path) -> None:
    """The usage names the program as it is called, and no line is cut."""
    run = k8sgen(command, option, cwd=project)
    assert (run.status, run.stderr) == (0, "")
    assert run.stdout.startswith(f"Usage: k8sgen {command} [OPTIONS]")
    assert "..." not in re.sub(r"SPEC\.\.\.|\[PATH\]\.\.\.|(?:KIND|RULE|1\.X),\.\.\.", "", run.stdout)


def test_help_lists_every_command(project: Path) -> None:
    """In the order in which a new user meets them."""
    lines = k8sgen("--help", cwd=project).stdout.splitlines()
    listed = [line.split()[0] for line in lines[lines.index("Commands:") + 1 :]]
    assert listed == list(COMMANDS)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("rendr", 'There is no command "rendr". Did you mean render?'),
        ("frobnicate", 'There is no command "frobnicate".'),
    ],
)
def test_command_that_is_not_there(word: str, said: str, project: Path) -> None:
    """The nearest one is named."""
    run = k8sgen(word, cwd=project)
    assert (run.status, run.stdout) == (2, "")
    assert run.stderr == (
        "Usage: k8sgen [OPTIONS] COMMAND [ARGS]...\nTry 'k8sgen --help' for help.\n\n" + f"Error: {said}\n"
    )


def test_option_that_is_not_there(project: Path) -> None:
    """The nearest one is named."""
    run = k8sgen("render", "service.yaml", "--ouput", "out", cwd=project)
    assert run.status == 2
    assert "Did you mean '--output'?" in run.stderr


@pytest.mark.parametrize("which", ["service", "k8sgen", "lint"])
def test_schema_is_the_committed_one(which: str, project: Path) -> None:
    """Editors may use the file, the command or the copy of `init`."""
    run = k8sgen("schema", which, cwd=project)
    assert run.stdout == (SCHEMAS / f"{which}.schema.json").read_text(encoding="utf-8")


def test_init_of_a_go_project(tmp_path: Path) -> None:
    """Name from the module, port from the Dockerfile; what it writes renders, with a schema for editors."""
    (tmp_path / "go.mod").write_text("module github.com/acme/Order_Service/v2\n\ngo 1.24\n", encoding="utf-8")
    (tmp_path / "Dockerfile").write_text("FROM scratch\nEXPOSE 9000/tcp\nUSER 65532\n", encoding="utf-8")
    run = k8sgen("init", cwd=tmp_path)
    assert (run.status, run.stdout) == (0, "")
    assert run.stderr == "wrote service.yaml and service.schema.json; next: k8sgen render service.yaml\n"
    text = (tmp_path / "service.yaml").read_text(encoding="utf-8")
    assert text.startswith(
        "# yaml-language-server: $schema=service.schema.json\n"
        "# Started by k8sgen init from a Go project with a Dockerfile. "
        "`k8sgen explain service.yaml` says what it promises.\n"
        "name: order-service\n"
        'image: registry.example.com/order-service:0.1.0  # where your image is; a version, never "latest"\n'
        "port: 9000  # EXPOSE in the Dockerfile\n"
    )
    json.loads((tmp_path / "service.schema.json").read_text(encoding="utf-8"))
    for environment in ([], ["--env", "all"]):
        rendered = k8sgen("render", "service.yaml", *environment, cwd=tmp_path)
        assert rendered.status == 0, rendered.stderr


@pytest.mark.parametrize(
    ("files", "name", "tag"),
    [
        ({}, "my-project", "0.1.0"),
        ({"package.json": '{"name": "@acme/web-shop", "version": "2.1.0"}'}, "web-shop", "2.1.0"),
        ({"package.json": "{ half"}, "my-project", "0.1.0"),
        ({"package.json": "[]"}, "my-project", "0.1.0"),
        ({"package.json": '{"name": null, "version": 3}'}, "none", "3"),
        (
            {"pyproject.toml": '[project]\nname = "Price.List"\nversion = "1.0+local"\n'},
            "price-list",
            "0.1.0",
        ),
        ({"pyproject.toml": "= half"}, "my-project", "0.1.0"),
        ({"pyproject.toml": 'project = "text"\n'}, "my-project", "0.1.0"),
        ({"go.mod": "go 1.24\n"}, "my-project", "0.1.0"),
        ({"pom.xml": "<project/>"}, "my-project", "0.1.0"),
        ({"Dockerfile": "EXPOSE 99999\nEXPOSE $PORT\nUSER app\n"}, "my-project", "0.1.0"),
    ],
)
def test_init_of_other_projects(files: dict[str, str], name: str, tag: str, tmp_path: Path) -> None:
    """Half-written project files say nothing; what is started always renders."""
    project = tmp_path / "My Project"
    project.mkdir()
    for path, text in files.items():
        (project / path).write_text(text, encoding="utf-8")
    assert k8sgen("init", ".", cwd=project).status == 0
    text = (project / "service.yaml").read_text(encoding="utf-8")
    assert f"\nname: {name}\nimage: registry.example.com/{name}:{tag} " in text
    rendered = k8sgen("render", "service.yaml", cwd=project)
    assert rendered.status == 0, rendered.stderr


def test_init_never_touches_a_spec(project: Path) -> None:
    """Nothing is written, not even the schema."""
    before = (project / "service.yaml").read_bytes()
    run = k8sgen("init", cwd=project)
    assert (run.status, run.stderr) == (
        2,
        "service.yaml: is there already\n  hint: move it away first\n",
    )
    assert (project / "service.yaml").read_bytes() == before
    assert not (project / "service.schema.json").exists()


def test_init_never_touches_a_foreign_schema(tmp_path: Path) -> None:
    """A file of that name may be somebody's own."""
    (tmp_path / "service.schema.json").write_text("{}", encoding="utf-8")
    run = k8sgen("init", cwd=tmp_path)
    assert run.status == 2
    assert run.stderr == "service.schema.json: is there already\n  hint: move it away first\n"
    assert not (tmp_path / "service.yaml").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(shell: str, project: Path) -> None:
    """It asks k8sgen itself."""
    run = k8sgen("completion", shell, cwd=project)
    assert (run.status, run.stderr) == (0, "")
    assert "_K8SGEN_COMPLETE" in run.stdout


def test_completion_of_commands(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the shell is told when the user presses Tab."""
    monkeypatch.setenv("_K8SGEN_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "k8sgen re")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert k8sgen(cwd=project).stdout == "plain,render\n"
