"""The hook, the action and the GitLab job: of the form that their hosts ask for, and run as the hosts run them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from k8sgen.cli.lint import FORMATS, command
from tests.report.samples import ORDERS
from tests.report.test_machines import GITLAB, SARIF, commands_in

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
JOB = yaml.safe_load((ROOT / "ci" / "gitlab.yml").read_text(encoding="utf-8"))[".k8sgen-lint"]
PAGE = (ROOT / "docs" / "lint-in-ci.md").read_text(encoding="utf-8")
EXAMPLES = {
    match[1]: match[0].removeprefix("```yaml\n").removesuffix("```")
    for match in re.finditer(r"^```yaml\n# (\S+)\n.*?^```$", PAGE, re.MULTILINE | re.DOTALL)
}
INSTALL, LINT = ACTION["runs"]["steps"]


@pytest.fixture
def deploy(tmp_path: Path) -> Path:
    """A repository with one finding, in a directory whose name has a space."""
    (tmp_path / ".git").mkdir()
    directory = tmp_path / "to deploy"
    directory.mkdir()
    text = ORDERS.replace(
        "spec:\n  template:\n",
        "spec:\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n",
    )
    (directory / "orders.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def valid(schema: str, *files: Path) -> None:
    """Files are what a schema asks for, as its publisher's schema in check-jsonschema says."""
    run = subprocess.run(
        [BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def lint_step(directory: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the action's step as a runner does, with these inputs."""
    given = {name: str(about["default"]) for name, about in ACTION["inputs"].items()} | inputs
    installed = directory / "runner temp" / "k8sgen" / "bin"
    installed.mkdir(parents=True, exist_ok=True)
    shutil.copy(BIN / "k8sgen", installed / "k8sgen")
    variables = {
        name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda match: given[match[1]], value)
        for name, value in LINT["env"].items()
    }
    assert not any("${{" in value for value in (*variables.values(), LINT["run"]))
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", LINT["run"]],
        cwd=directory,
        env={**os.environ, "RUNNER_TEMP": str(directory / "runner temp"), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_action_has_the_form_that_github_asks_for() -> None:
    """By GitHub's schema."""
    valid("github-actions", ROOT / "action.yml")


def test_action_annotates(deploy: Path) -> None:
    """By default: everything below, a command per finding, exit status 1 for a finding."""
    run = lint_step(deploy, args="--select latest-tag  --fail-on\nwarning")
    assert (run.returncode, run.stderr) == (1, "")
    (found,) = commands_in(run.stdout)
    assert found[0] == "warning"
    assert found[1]["file"] == "to deploy/orders.yaml"
    assert (found[1]["line"], found[1]["col"]) == ("11", "18")


def test_action_takes_paths_one_a_line(deploy: Path) -> None:
    """Spaces in them are theirs; the report goes to a file, which is there after a failure, too."""
    run = lint_step(
        deploy,
        paths="to deploy\n\nto deploy/orders.yaml\n",
        format="sarif",
        output="lint it.sarif",
        args="--fail-on info",
    )
    assert (run.returncode, run.stdout, run.stderr) == (1, "", "")
    log = json.loads((deploy / "lint it.sarif").read_text(encoding="utf-8"))
    SARIF.validate(log)
    assert "latest-tag" in {found["ruleId"] for found in log["runs"][0]["results"]}


def test_action_runs_no_input_as_code(deploy: Path) -> None:
    """What a pull request may name a directory is a name."""
    run = lint_step(deploy, paths='$(touch injected)`touch injected`"; touch injected; "')
    assert run.returncode == 2
    assert "$(touch injected)" in run.stdout + run.stderr
    assert not (deploy / "injected").exists()


@pytest.mark.needs("full-check")
def test_action_installs_its_checkout(tmp_path: Path) -> None:
    """Exactly the locked packages, with the Python of the runner."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", INSTALL["run"]],
        env={
            **clean,
            "RUNNER_TEMP": str(tmp_path),
            "GITHUB_ACTION_PATH": str(ROOT),
            "PATH": f"{BIN}:{os.environ['PATH']}",
        },
        cwd=tmp_path,
        check=True,
    )
    listed = subprocess.run(
        [tmp_path / "k8sgen" / "bin" / "k8sgen", "lint", "--list"], capture_output=True, text=True, check=True
    )
    assert "latest-tag" in listed.stdout


def test_action_says_which_python_it_needs(tmp_path: Path) -> None:
    """An old runner gets a sentence, not a traceback of pip."""
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    run = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", INSTALL["run"]],
        env={**os.environ, "RUNNER_TEMP": str(tmp_path), "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    ((name, _, message),) = commands_in(run.stdout)
    assert (name, message) == ("error", "needs Python 3.11 or later: run actions/setup-python before it")


def test_hook_runs(deploy: Path) -> None:
    """As pre-commit runs it: entry and args, no names of files, at the top of the repository."""
    (hook,) = HOOKS
    assert (hook["language"], hook["types"], hook["pass_filenames"]) == ("python", ["yaml"], False)
    program, *words = hook["entry"].split()
    run = subprocess.run(
        [BIN / program, *words, "--select", "latest-tag", *hook["args"]],
        cwd=deploy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout.startswith("to deploy/orders.yaml:11:18: warning: ")


def test_gitlab_job_reports_and_fails(deploy: Path) -> None:
    """The report is written whatever is found; the log and the exit status are those of the second run."""
    valid("gitlab-ci", ROOT / "ci" / "gitlab.yml")
    variables = {**JOB["variables"], "K8SGEN_PATHS": "*/orders.yaml", "K8SGEN_ARGS": "--select latest-tag"}
    run = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(JOB["script"])],
        cwd=deploy,
        env={**os.environ, **variables, "PATH": f"{BIN}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (1, "")
    assert "[latest-tag]" in run.stdout
    (name,) = JOB["artifacts"]["paths"]
    issues = json.loads((deploy / name).read_text(encoding="utf-8"))
    GITLAB.validate(issues)
    assert [issue["check_name"] for issue in issues] == ["latest-tag"]
    assert JOB["artifacts"]["reports"]["codequality"] == name


def test_gitlab_job_asks_for_its_source() -> None:
    """A job that does not say where k8sgen comes from must not install a stranger's package of that name."""
    run = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(JOB["before_script"])],
        env={**os.environ, **JOB["variables"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    assert "K8SGEN_SOURCE: name what pip is to install" in run.stderr


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_of_the_page_have_the_form_of_their_hosts(name: str, tmp_path: Path) -> None:
    """Workflows and pipelines by their hosts' schemas, hooks by hand."""
    file = tmp_path / Path(name).name
    file.write_text(EXAMPLES[name], encoding="utf-8")
    document = yaml.safe_load(EXAMPLES[name])
    if name.startswith(".github/"):
        valid("github-workflows", file)
        (job,) = document["jobs"].values()
        (step,) = [step for step in job["steps"] if step["uses"].startswith("acme/k8sgen@")]
        assert set(step["with"]) <= set(ACTION["inputs"])
        check_arguments(step["with"].get("args", "").split())
    elif name == ".gitlab-ci.yml":
        valid("gitlab-ci", file)
        (job,) = [value for key, value in document.items() if key != "include"]
        assert job["extends"] == ".k8sgen-lint"
        assert set(job["variables"]) <= set(JOB["variables"])
        assert (ROOT / document["include"][0]["file"]).is_file()
        check_arguments(job["variables"]["K8SGEN_ARGS"].split())
    else:
        assert name == ".pre-commit-config.yaml"
        (repository,) = document["repos"]
        assert set(repository) == {"repo", "rev", "hooks"}
        (hook,) = repository["hooks"]
        assert hook["id"] == HOOKS[0]["id"]
        check_arguments(hook["args"])


def check_arguments(arguments: list[str]) -> None:
    """The options are those of the command."""
    command.make_context("lint", [*arguments, "."]).close()


def test_page_shows_all_of_them() -> None:
    """Four files to copy, and every format."""
    assert sorted(EXAMPLES) == [
        ".github/workflows/code-scanning.yaml",
        ".github/workflows/lint.yaml",
        ".gitlab-ci.yml",
        ".pre-commit-config.yaml",
    ]
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == list(FORMATS)
