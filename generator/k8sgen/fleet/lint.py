"""A whole lint run: settings, files and specs in; findings, and what stands in the way of reading, out."""

from __future__ import annotations

import gc
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from k8sgen.errors import InputError, Problem
from k8sgen.findings import Severity
from k8sgen.fleet.policy import Asked, Configured, configure, start_of
from k8sgen.lint.collect import collect
from k8sgen.lint.read import Reading
from k8sgen.lint.run import Group, Run
from k8sgen.lint.share import Files
from k8sgen.lint.sift import USELESS, Found, Mendable
from k8sgen.repository import repository_root

if TYPE_CHECKING:
    from k8sgen.findings import Finding
    from k8sgen.lint.changes import Changes
    from k8sgen.lint.collect import Collected
    from k8sgen.lint.policy import Policy
    from k8sgen.lint.sources import Source


class Request(NamedTuple):
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
    sources: dict[str, Source] = field(default_factory=dict)
    """Where its texts are to be had, by the names of their files."""

    def take(self, found: Found) -> None:
        """Count what was ignored, and keep what can be mended."""
        self.ignored += found.ignored
        self.mendable += found.mendable

    def text_of(self, name: str) -> str:
        """The text of a file of the run; empty when it cannot be read any more."""
        try:
            return self.sources[name].text() if name in self.sources else ""
        except (OSError, InputError):
            return ""

    @property
    def status(self) -> int:
        """2 for input that cannot be read, 1 for findings that matter, 0 when all is well."""
        if self.problems:
            return 2
        return int(any(finding.severity >= self.fail_on for finding in self.findings))


def lint(request: Request) -> Linted:
    """Carry a run out. Raises InputError for options that cannot be met; all else is gathered.

    What is read lives until the end: looking for garbage in it would take as long as the reading. It is left
    out of account until the next run.
    """
    gc.unfreeze()
    gc.disable()
    try:
        return carry_out(request)
    finally:
        gc.freeze()
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
    collected = collect(request.paths, request.stdin)
    directories = [Path(name) for name in request.schemas]
    if configured.schemas is not None:
        directories.append(configured.schemas)
    run = Run(
        configured.policy,
        tuple(directories),
        str(configured.directory or ""),
        request.jobs,
        request.mend,
        cache,
    )
    minors = request.minors or (configured.minor,)
    specs = judge_files(run, collected, minors, changes, linted)
    if specs:
        judge_specs(run, specs, request, linted)
    linted.findings.sort(key=lambda each: each.place)
    if changes is not None:
        linted.findings = [each for each in linted.findings if changes.has(each.place.file)]
    take_known(request, configured, linted)
    reported = set(linted.findings)
    linted.mendable = [each for each in linted.mendable if each.finding in reported]
    return linted


def judge_files(
    run: Run, collected: Collected, minors: tuple[int, ...], changes: Changes | None, linted: Linted
) -> list[Path]:
    """Judge the manifests together; the specs that were found among them."""
    sources = collected.sources
    previous = changes.before(source.name for source in sources) if changes else {}
    outcomes, found = run.judge_files(Files(sources, minors, previous, frozenset(collected.overlays)))
    specs: list[Path] = []
    for source, outcome in zip(sources, outcomes.values(), strict=True):
        linted.problems += outcome.problems
        if outcome.objects is not None:
            linted.files.append(source.name)
            linted.objects += outcome.objects
        if outcome.is_spec:
            specs.append(Path(source.name))
        if outcome.passed_over:
            collected.passed_over[outcome.passed_over] += 1
    linted.sources = {source.name: source for source in sources}
    linted.notes += notes_of(collected)
    linted.take(found)
    linted.findings += found.findings
    return specs


def judge_specs(run: Run, specs: list[Path], request: Request, linted: Linted) -> None:
    """Judge the specs of each environment together."""
    from k8sgen.fleet.linted_specs import groups_of

    version = f"1.{request.minors[0]}" if request.minors else ""
    groups, problems = groups_of(specs, request.environment, version)
    linted.problems += problems
    linted.files += [str(path) for path in specs]
    readings = [Reading(name, linted.text_of(name)) for name in map(str, specs)]
    results = [(group, run.judge(group, readings)) for group in groups]
    linted.objects += sum(len(group.objects) for group in groups)
    for _, found in results:
        linted.take(found)
    linted.findings += merged(results)


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
