"""Every example in the documentation runs, and prints what the documentation says."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli import k8sgen

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^# ([\w./-]+\.ya?ml)$")


@dataclass(frozen=True)
class Command:
    """A line of a console block with what it prints; `…` stands for any text."""

    line: str
    output: str


def commands(block: str) -> list[Command]:
    """The commands of a console block."""
    found: list[Command] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(Command(line[2:], ""))
        else:
            last = found.pop()
            found.append(Command(last.line, last.output + line + "\n"))
    return found


def run(command: Command, directory: Path) -> None:
    """Run one command and compare what it printed; `echo $?` is the status of the one before."""
    words = shlex.split(command.line.split(" | ")[0])
    assert words[0] == "k8sgen", f"only k8sgen runs in the documentation's tests: {command.line}"
    ran = k8sgen(*words[1:], cwd=directory)
    printed = ran.stdout + ran.stderr
    if not command.output:
        assert ran.status == 0, printed
        return
    pattern = "".join(".*" if part == "…" else re.escape(part) for part in re.split("(…)", command.output))
    assert re.fullmatch(pattern, printed, re.DOTALL), f"{command.line}\n{printed}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_examples_of_a_page_run(page: Path, tmp_path: Path) -> None:
    """Files are written where the page says, commands run in order in one directory."""
    (tmp_path / ".git").mkdir()
    for language, block in FENCE.findall(page.read_text(encoding="utf-8")):
        first = block.split("\n", 1)[0]
        if language == "yaml" and (match := FILE.match(first)):
            target = tmp_path / match[1]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block, encoding="utf-8")
            if target.name == "service.yaml":
                ran = k8sgen("render", str(match[1]), cwd=tmp_path)
                assert ran.status == 0, ran.stderr
        elif language == "console":
            for command in commands(block):
                run(command, tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    """A link to a file of the repository names one that is there."""
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
