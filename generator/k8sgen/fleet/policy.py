"""What `k8sgen.yaml` and the command line say of a lint run, as the policy that the engine takes.

Reading k8sgen.yaml is in `lint_settings`: where there is none, pydantic is not imported.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from k8sgen.errors import InputError, Place, Problem, SpecError
from k8sgen.features import DEFAULT_KUBERNETES_VERSION
from k8sgen.findings import Severity
from k8sgen.lint.policy import Policy
from k8sgen.lint.rule import Profile
from k8sgen.lint.rules import RULES
from k8sgen.repository import find_settings
from k8sgen.validate.violation import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Asked(NamedTuple):
    """What the command line asks for; empty where it asks for nothing."""

    profile: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    environment: str = ""


class Configured(NamedTuple):
    """The settings of a run, and what is wrong with them: then the defaults hold in their place."""

    policy: Policy
    fail_on: Severity = Severity.WARNING
    directory: Path | None = None
    """The directory of k8sgen.yaml; None without one."""
    baseline: Path | None = None
    schemas: Path | None = None
    minor: int = int(DEFAULT_KUBERNETES_VERSION.partition(".")[2])
    """The Kubernetes minor version to validate for."""
    problems: tuple[Problem, ...] = ()


def configure(names: Sequence[str], asked: Asked) -> Configured:
    """The nearest k8sgen.yaml of what was named first, under the command line.

    Raises SpecError for unknown rules in options.
    """
    check_rules(asked)
    path = find_settings(start_of(names))
    if path is None:
        return defaults(asked)
    from k8sgen.fleet.lint_settings import read_lint_settings

    try:
        return read_lint_settings(path, asked)
    except InputError as error:
        return defaults(asked, error.problems)


def defaults(asked: Asked, problems: tuple[Problem, ...] = ()) -> Configured:
    """The policy where no k8sgen.yaml says another."""
    profile = Profile[(asked.profile or "standard").upper()]
    return Configured(Policy(profile, select=asked.select, disable=asked.ignore), problems=problems)


def check_rules(asked: Asked) -> None:
    """Refuse rules that do not exist. Raises SpecError."""
    problems = [
        unknown(rule, Place(f"--{option} {rule}", 0, 0))
        for option, rules in (("select", asked.select), ("ignore", asked.ignore))
        for rule in rules
        if rule not in RULES
    ]
    if problems:
        raise SpecError(*problems)


def unknown(rule: str, place: Place | None) -> Problem:
    """A rule that does not exist."""
    close = nearest(rule, RULES)
    hint = f'did you mean "{close}"?' if close else "k8sgen lint --list shows all rules"
    return Problem(f'there is no rule "{rule}"', place, hint)


def start_of(names: Iterable[str]) -> Path:
    """The directory from which k8sgen.yaml is looked for: that of the first file that was named."""
    for name in names:
        path = Path(name)
        if path.is_dir():
            return path
        if path.is_file():
            return path.parent
    return Path()
