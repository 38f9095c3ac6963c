"""One run: objects in, findings out; shared out by file to as many processes as are worth it."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from k8sgen.findings import Finding
from k8sgen.lint.ignores import MARK, Ignore, annotated, commented
from k8sgen.lint.index import Manifests
from k8sgen.lint.judge import judge
from k8sgen.lint.rules import RULES, rule_of
from k8sgen.lint.validation import Validation
from k8sgen.manifests import FilePlaces
from k8sgen.processes import cores
from k8sgen.validate.violation import path_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from k8sgen.errors import Place
    from k8sgen.lint.cache import Cache
    from k8sgen.lint.index import Before
    from k8sgen.lint.policy import Policy
    from k8sgen.lint.read import Reading
    from k8sgen.lint.rule import Fault, Rule
    from k8sgen.manifests import Manifest, Pointer

WORTH_PROCESSES = 400
"""Objects from which a second process saves more than it costs."""

USELESS = "useless-ignore"
WITHOUT_REASON = "ignore-without-reason"
DUPLICATE_KEY = "duplicate-key"

_SPAN = re.compile(
    r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[\[{].*?(?=\s+#|\s*$)|[^\s\[\]{},][^\[\]{},]*?(?=\s+#|:\s|:$|\s*$|[,\]}])"
)


class Group(NamedTuple):
    """Objects that are judged together: manifests, or what the specs render to in one environment."""

    objects: list[Manifest]
    minors: tuple[int, ...]
    """The Kubernetes versions, the target first."""
    previous: Mapping[Before, Manifest]
    overlays: frozenset[str] = frozenset()
    """Directories of kustomize overlays."""


class Mendable(NamedTuple):
    """A finding that has edits, and the object that they change."""

    finding: Finding
    fault: Fault


@dataclass(slots=True)
class Found:
    """What a run, or one process's share of it, found."""

    findings: list[Finding] = field(default_factory=list)
    ignored: int = 0
    mendable: list[Mendable] = field(default_factory=list)


@dataclass(frozen=True)
class Run:
    """How a run judges."""

    policy: Policy
    directories: tuple[Path, ...] = ()
    """Directories of CRDs and JSON Schemas."""
    root: str = ""
    """What the paths of the policy's exemptions are relative to."""
    jobs: int = 0
    """Processes; one per core when 0."""
    mend: bool = False
    """Whether edits are wanted, which stay in this process."""
    cache: Cache | None = None
    """Where sound files are remembered."""

    def judge(self, group: Group, readings: Sequence[Reading] = ()) -> Found:
        """The findings of a group, in the order of places. Raises SpecError for schemas that cannot be used."""
        # A percentage or quantity may be written with thousands of figures.
        sys.set_int_max_str_digits(0)
        crds = [each.data for each in group.objects if is_definition(each)]
        validation = Validation(group.minors, self.directories, crds)
        for each in group.objects:
            validation.check_structure(each)
        manifests = Manifests(group.objects, group.minors[0], group.previous, group.overlays)
        found = self._shared_out(manifests, validation, readings)
        found.findings.sort(key=lambda each: (each.place, RULES.index(each.rule), each.message))
        found.findings = list(dict.fromkeys(found.findings))
        return found

    def _shared_out(self, manifests: Manifests, validation: Validation, readings: Sequence[Reading]) -> Found:
        jobs = self.jobs or cores()
        files: dict[str, list[Manifest]] = defaultdict(list)
        for each in manifests.objects:
            files[each.file].append(each)
        texts = {reading.file.name: reading for reading in readings}
        total = Found()
        once = [rule for rule in self.policy.rules if rule.once]
        judge = _Judge(self, manifests, validation, texts)
        shares = [list(files)]
        if jobs > 1 and not self.mend and len(manifests.objects) >= WORTH_PROCESSES:
            shares = [list(files)[start::jobs] for start in range(jobs)]
        parts = (
            [judge.share(shares[0], files)]
            if len(shares) == 1
            else in_processes(lambda share: judge.share(share, files), shares)
        )
        parts.append(judge.once(once))
        for part in parts:
            total.findings += part.findings
            total.ignored += part.ignored
            total.mendable += part.mendable
        return total


class _Judge:
    """The judging of one group."""

    def __init__(
        self, run: Run, manifests: Manifests, validation: Validation, texts: Mapping[str, Reading]
    ) -> None:
        self.run = run
        self.manifests = manifests
        self.validation = validation
        self.texts = texts
        self.running = {rule.id for rule in run.policy.rules}
        self.whole = {rule.id for rule in run.policy.rules if rule.once}

    def share(self, names: Iterable[str], files: Mapping[str, list[Manifest]]) -> Found:
        """The findings of some files."""
        found = Found()
        objects = [each for name in names for each in files[name]]
        for each in objects:
            self.validation.check_values(each)
        self._remember(names, files)
        rules = [rule for rule in self.run.policy.rules if not rule.once]
        faults: dict[str, list[tuple[Rule, Fault]]] = defaultdict(list)
        for rule, fault in judge(self.manifests.share(objects), rules, self.run.policy.options):
            faults[fault.manifest.file].append((rule, fault))
        for name in names:
            self._file(name, files[name], faults[name], found)
        return found

    def _remember(self, names: Iterable[str], files: Mapping[str, list[Manifest]]) -> None:
        """Keep the values of files in which nothing was refused, whatever else is in the run.

        Of a kind that Kubernetes does not have, a definition in the next run may think otherwise.
        """
        if self.run.cache is None:
            return
        built_in = self.validation.schemas[0].built_in
        for name in names:
            reading = self.texts.get(name)
            if reading is None or reading.sound or not reading.is_quick or not reading.key:
                continue
            if not reading.has_nulls and not any(
                each.refusals or (each.api_version, each.kind) not in built_in for each in files[name]
            ):
                self.run.cache.store(reading.key, reading.values)

    def once(self, rules: Sequence[Rule]) -> Found:
        """The findings of rules that look at the run as a whole."""
        found = Found()
        faults: dict[str, list[tuple[Rule, Fault]]] = defaultdict(list)
        for rule, fault in judge(self.manifests, rules, self.run.policy.options):
            faults[fault.manifest.file].append((rule, fault))
        for name, those in faults.items():
            self._file(name, [], those, found)
        return found

    def _file(
        self, name: str, objects: list[Manifest], faults: list[tuple[Rule, Fault]], found: Found
    ) -> None:
        """The findings of one file, its ignores considered; `objects` is empty when others are to say which are useless."""
        reading = self.texts.get(name)
        ignores = self._ignores(reading, objects or [fault.manifest for _, fault in faults])
        for rule, fault in faults:
            if self.run.policy.exempts(rule.id, fault.manifest, self._relative(name)):
                found.ignored += 1
                continue
            finding = self._finding(rule, fault)
            if is_ignored(finding, fault, ignores):
                found.ignored += 1
                continue
            found.findings.append(finding)
            if fault.edits:
                found.mendable.append(Mendable(finding, fault))
        if objects:
            found.findings += self._remarks(reading, [ignore for _, ignore in ignores])

    def _ignores(
        self, reading: Reading | None, objects: Iterable[Manifest]
    ) -> list[tuple[Manifest | None, Ignore]]:
        """The ignores that can hold in a file, with the object that each is about when it is an annotation."""
        found: list[tuple[Manifest | None, Ignore]] = []
        if reading is not None and MARK in reading.file.text:
            found += [(None, ignore) for ignore in commented(reading.file.name, reading.file.lines)]
        for each in dict.fromkeys(objects):
            if reading is None or "k8sgen/ignore-" in reading.file.text:
                found += [(each, ignore) for ignore in annotated(each)]
        return found

    def _remarks(self, reading: Reading | None, ignores: Iterable[Ignore]) -> list[Finding]:
        """What is wrong with ignores, and with keys of the file."""
        remarks: list[Finding] = []
        for ignore in ignores:
            if ignore.rule not in RULES:
                remarks += self._remark(
                    USELESS, ignore.place, f'there is no rule "{ignore.rule}"', "see k8sgen lint --list"
                )
            elif not ignore.reason:
                hint = f"write why: # k8sgen-ignore {ignore.rule}: reason"
                remarks += self._remark(
                    WITHOUT_REASON, ignore.place, f'ignoring "{ignore.rule}" gives no reason', hint
                )
            elif not ignore.used and ignore.rule in self.running - self.whole:
                remarks += self._remark(
                    USELESS, ignore.place, f'"{ignore.rule}" finds nothing here any more', "remove the ignore"
                )
        for problem in reading.doubled if reading else ():
            if problem.place is not None:
                remarks += self._remark(
                    DUPLICATE_KEY, problem.place, problem.message, problem.hint, problem.also
                )
        return remarks

    def _remark(
        self,
        rule: str,
        place: Place,
        message: str,
        hint: str,
        also: tuple[tuple[Place, str], ...] = (),
    ) -> list[Finding]:
        """A finding of the engine itself, when its rule runs."""
        if rule not in self.running:
            return []
        severity = self.run.policy.severity_of(rule_of(rule), None)
        return [Finding(rule, severity, message, hint, place, self._length(place), also=also, anchor=message)]

    def _finding(self, rule: Rule, fault: Fault) -> Finding:
        manifest = fault.manifest
        place = manifest.places.locate(fault.pointer, key=fault.key)
        also = tuple((other.places.locate(pointer), what) for other, pointer, what in fault.also)
        return Finding(
            rule.id,
            self.run.policy.severity_of(rule, fault.severity),
            fault.message,
            fault.hint,
            place,
            self._length(place),
            manifest.subject,
            manifest.namespace,
            path_text(fault.pointer) if fault.pointer else "",
            anchor(manifest, fault.pointer),
            also,
            fixable=bool(fault.edits) and isinstance(manifest.places, FilePlaces),
        )

    def _length(self, place: Place) -> int:
        """How many characters the value at a place takes in its line."""
        reading = self.texts.get(place.file)
        if reading is None or not 0 < place.line <= len(reading.file.lines):
            return 1
        match = _SPAN.match(reading.file.lines[place.line - 1].rstrip("\r"), place.column - 1)
        return max(1, len(match[0])) if match else 1

    def _relative(self, name: str) -> str:
        if not self.run.root or name.startswith("<"):
            return name
        return os.path.relpath(name, self.run.root).replace(os.sep, "/")


def is_ignored(finding: Finding, fault: Fault, ignores: Iterable[tuple[Manifest | None, Ignore]]) -> bool:
    """Whether an ignore with a reason holds for a finding."""
    held = False
    for manifest, ignore in ignores:
        if ignore.rule != finding.rule or not ignore.reason:
            continue
        if manifest is fault.manifest or ignore.first <= finding.place.line <= ignore.last:
            ignore.used = held = True
    return held


def anchor(manifest: Manifest, pointer: Pointer) -> str:
    """The path with items by their names, so that it stays the same when others are put before them."""
    steps: list[str] = []
    value: Any = manifest.data
    for step in pointer:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None
        named = value.get("name") if isinstance(step, int) and isinstance(value, dict) else None
        steps.append(f"[{named}]" if isinstance(named, str) else str(step))
    return ".".join(steps)


def is_definition(manifest: Manifest) -> bool:
    """Whether an object defines a kind in a way that can be used; its schema says what is wrong with any other."""
    if manifest.kind != "CustomResourceDefinition" or manifest.group != "apiextensions.k8s.io":
        return False
    from k8sgen.validate.crds import schemas_of

    try:
        schemas_of(manifest.data)
    except (AttributeError, KeyError, TypeError):
        return False
    return True


def in_processes(work: Callable[[Any], Found], shares: Sequence[Any]) -> list[Found]:
    """The work on each share in a process of its own, which inherits everything that was read."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    global _work  # noqa: PLW0603 - forked processes inherit it; a closure cannot be sent to them
    _work = work
    gc.freeze()
    try:
        with ProcessPoolExecutor(len(shares), get_context("fork")) as pool:
            return list(pool.map(_worked, shares))
    finally:
        gc.unfreeze()


_work: Callable[[Any], Found] | None = None


def _worked(share: Any) -> Found:
    assert _work is not None  # noqa: S101 - set before the processes are forked
    found = _work(share)
    found.mendable = []
    return found
