"""A whole lint run: settings, files and specs in; findings, and what stands in the way of reading, out."""

from __future__ import annotations

import gc
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from k8sgen.errors import InputError, Problem
from k8sgen.findings import Severity
from k8sgen.fleet.policy import Asked, Configured, configure, start_of
from k8sgen.lint.collect import collect
from k8sgen.lint.read import Reading
from k8sgen.lint.run import USELESS, Found, Group, Mendable, Run
from k8sgen.repository import repository_root

if TYPE_CHECKING:
    from k8sgen.findings import Finding
    from k8sgen.lint.changes import Changes
    from k8sgen.lint.collect import Collected
    from k8sgen.lint.policy import Policy


@dataclass(frozen=True, slots=True)
class Request:
    """What a run is about; empty where the settings or the defaults decide."""

    paths: tuple[str, ...]
    stdin: bytes | None = None
    profile: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = ""
    minors: tuple[int, ...] = ()
    schemas: tuple[str, ...] = ()
    environment: str = ""
    baseline: str = ""
    whole: bool = False
    """Report what a baseline knows, too."""
    changed_since: str = ""
    jobs: int = 0
    version: str = ""
    """Of k8sgen, by which what is remembered is told apart."""
    cache: bool = True
    """Whether sound files are remembered from run to run."""
    mend: bool = False
    """Whether edits are wanted."""


@dataclass(slots=True)
class Linted:
    """The outcome of a run."""

    policy: Policy
    fail_on: Severity
    root: str
    """The directory that files of a baseline are relative to."""
    findings: list[Finding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    objects: int = 0
    ignored: int = 0
    known: int = 0
    """Findings that the baseline knows."""
    mendable: list[Mendable] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    """The text of each file of manifests."""

    @property
    def status(self) -> int:
        """2 for input that cannot be read, 1 for findings that matter, 0 when all is well."""
        if self.problems:
            return 2
        return int(any(finding.severity >= self.fail_on for finding in self.findings))


def lint(request: Request) -> Linted:
    """Carry a run out. Raises InputError for options that cannot be met; all else is gathered.

    What is read lives until the end: looking for garbage in it would take as long as the reading.
    """
    gc.disable()
    try:
        return carry_out(request)
    finally:
        gc.enable()


def carry_out(request: Request) -> Linted:
    """A whole run."""
    asked = Asked(request.profile, request.select, request.ignore, request.environment)
    configured = configure(request.paths, asked)
    changes = changes_since(request.changed_since, start_of(request.paths))
    linted = Linted(
        configured.policy,
        Severity[request.fail_on.upper()] if request.fail_on else configured.fail_on,
        str(configured.directory or repository_root(start_of(request.paths).resolve()) or Path()),
        problems=list(configured.problems),
    )
    cache = None
    if request.cache and not request.schemas and configured.schemas is None:
        from k8sgen.lint.cache import Cache

        cache = Cache(request.minors or (configured.minor,), request.version)
    collected = collect(request.paths, request.stdin, cache)
    linted.problems += collected.problems
    linted.files += [reading.file.name for reading in collected.readings]
    linted.texts = {reading.file.name: reading.file.text for reading in collected.readings}
    linted.notes += notes_of(collected)
    judge_all(request, configured, collected, changes, linted)
    if changes is not None:
        linted.findings = [each for each in linted.findings if changes.has(each.place.file)]
    take_known(request, configured, linted)
    reported = set(linted.findings)
    linted.mendable = [each for each in linted.mendable if each.finding in reported]
    return linted


def judge_all(
    request: Request,
    configured: Configured,
    collected: Collected,
    changes: Changes | None,
    linted: Linted,
) -> None:
    """Judge the manifests together, and the specs of each environment together."""
    previous = changes.before(linted.files) if changes else {}
    objects = [each for reading in collected.readings for each in reading.manifests]
    overlays = frozenset(collected.overlays)
    groups = [Group(objects, request.minors or (configured.minor,), previous, overlays)]
    if collected.specs:
        from k8sgen.fleet.linted_specs import groups_of

        version = f"1.{request.minors[0]}" if request.minors else ""
        specs = groups_of(collected.specs, request.environment, version)
        groups += specs.groups
        linted.problems += specs.problems
        linted.files += [str(path) for path in collected.specs]
        for path in collected.specs:
            linted.texts[str(path)] = path.read_text(encoding="utf-8", errors="replace")
    directories = [Path(name) for name in request.schemas]
    if configured.schemas is not None:
        directories.append(configured.schemas)
    run = Run(
        configured.policy,
        tuple(directories),
        str(configured.directory or ""),
        request.jobs,
        request.mend,
        collected.cache,
    )
    readings = [
        *collected.readings,
        *(Reading(str(path), linted.texts[str(path)]) for path in collected.specs),
    ]
    results: list[tuple[Group, Found]] = []
    for group in groups:
        linted.objects += len(group.objects)
        found = run.judge(group, readings)
        results.append((group, found))
        linted.ignored += found.ignored
        linted.mendable += found.mendable
    linted.findings = sorted(merged(results), key=lambda each: each.place)


def merged(results: list[tuple[Group, Found]]) -> list[Finding]:
    """The findings of all groups, each once.

    A spec stands in a group for each environment: an ignore in it is useless when it is so in all of them.
    """
    if len(results) == 1:
        return results[0][1].findings
    groups_with: Counter[str] = Counter()
    seen: Counter[Finding] = Counter()
    for group, found in results:
        groups_with.update({each.file for each in group.objects})
        seen.update(found.findings)
    return [
        finding
        for finding, times in seen.items()
        if finding.rule != USELESS or times >= groups_with[finding.place.file]
    ]


def changes_since(revision: str, start: Path) -> Changes | None:
    """What has changed since a revision, if one was named, in the repository around `start`. Raises SpecError."""
    if not revision:
        return None
    from k8sgen.lint.changes import Changes

    return Changes(revision, str(start))


def take_known(request: Request, configured: Configured, linted: Linted) -> None:
    """Take the findings out that the baseline knows; an unreadable baseline knows none."""
    path = Path(request.baseline) if request.baseline else configured.baseline
    if path is None or request.whole:
        return
    from k8sgen.lint.baseline import compare, read_baseline

    try:
        known = read_baseline(path)
    except InputError as error:
        linted.problems += error.problems
        return
    compared = compare(linted.findings, known, linted.root, linted.files)
    linted.findings, linted.known = compared.new, compared.known
    if compared.gone and not request.changed_since:
        are = "finding of the baseline is" if compared.gone == 1 else "findings of the baseline are"
        linted.notes.append(f"{compared.gone} {are} gone: bring it up to date with --update-baseline")


def notes_of(collected: Collected) -> list[str]:
    """What was passed over, so that nothing is dropped in silence."""
    return [
        f"passed over {count} {'file' if count == 1 else 'files'} {why}"
        for why, count in collected.passed_over.items()
    ]
