"""From the faults that rules see to findings: what the policy exempts and people ignore is left out."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from k8sgen.findings import Finding
from k8sgen.lint.ignores import ANNOTATION, MARK, Ignore, annotated, commented
from k8sgen.lint.rules import RULES, rule_of
from k8sgen.manifests import FilePlaces
from k8sgen.validate.violation import path_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from k8sgen.errors import Place
    from k8sgen.lint.judge import Judged
    from k8sgen.lint.policy import Policy
    from k8sgen.lint.read import Reading
    from k8sgen.lint.rule import Fault, Rule
    from k8sgen.lint.sources import Outcome
    from k8sgen.manifests import Manifest, ManifestFile, Pointer

USELESS = "useless-ignore"
WITHOUT_REASON = "ignore-without-reason"
DUPLICATE_KEY = "duplicate-key"

_SPAN = re.compile(
    r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[\[{].*?(?=\s+#|\s*$)|[^\s\[\]{},][^\[\]{},]*?(?=\s+#|:\s|:$|\s*$|[,\]}])"
)


class Mendable(NamedTuple):
    """A finding that has edits, what they are, and the file that they change."""

    finding: Finding
    fault: Fault
    file: ManifestFile


class Candidate(NamedTuple):
    """A finding, unless the policy exempts the object or people ignore it."""

    finding: Finding
    manifest: Manifest
    fault: Fault | None = None
    """What it was made of, if that was in this process."""


@dataclass(slots=True)
class Found:
    """What a run, or one process's share of it, found."""

    findings: list[Finding] = field(default_factory=list)
    ignored: int = 0
    mendable: list[Mendable] = field(default_factory=list)


class Part(NamedTuple):
    """What one process has to say of its files, or all processes of all."""

    outcomes: dict[int, Outcome]
    """What became of each source, by its number."""
    found: Found


class Sieve:
    """What leaves the findings of a policy's rules, file by file.

    `root` is what the paths of the policy's exemptions are relative to, `readings` are the files by their names.
    """

    def __init__(self, policy: Policy, root: str, readings: Mapping[str, Reading]) -> None:
        self.policy = policy
        self.root = root
        self.readings = readings
        self.running = {rule.id for rule in policy.rules}
        self.judging = {rule.id for rule in policy.rules if not rule.once}
        """The rules that speak of each object for itself: an ignore of any other may be of use in another run."""

    def candidate(self, judged: Judged) -> Candidate:
        """What is reported of a fault, if it is."""
        return Candidate(self._finding(*judged), judged.fault.manifest, judged.fault)

    def sift(
        self, name: str, objects: Sequence[Manifest], candidates: Iterable[Candidate], found: Found
    ) -> None:
        """Add the findings of one file, which holds these objects."""
        reading = self.readings.get(name)
        ignores = self._ignores(reading, objects)
        for finding, manifest, fault in candidates:
            if self.policy.exempts(finding.rule, manifest, self._relative(name)) or is_ignored(
                finding, manifest, ignores
            ):
                found.ignored += 1
                continue
            found.findings.append(finding)
            if fault and fault.edits and isinstance(manifest.places, FilePlaces):
                found.mendable.append(Mendable(finding, fault, manifest.places.file))
        found.findings += self._remarks(reading, [ignore for _, ignore in ignores])

    def _ignores(
        self, reading: Reading | None, objects: Iterable[Manifest]
    ) -> list[tuple[Manifest | None, Ignore]]:
        """The ignores that can hold in a file, with the object that each is about when it is an annotation."""
        found: list[tuple[Manifest | None, Ignore]] = []
        if reading is not None and MARK in reading.file.text:
            found += [(None, ignore) for ignore in commented(reading.file.name, reading.file.lines)]
        if reading is None or ANNOTATION in reading.file.text:
            found += [(each, ignore) for each in objects for ignore in annotated(each)]
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
            elif not ignore.used and ignore.rule in self.judging:
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
        severity = self.policy.severity_of(rule_of(rule), None)
        length = length_at(place, self._file(place.file))
        return [Finding(rule, severity, message, hint, place, length, also=also, anchor=message)]

    def _finding(self, rule: Rule, fault: Fault) -> Finding:
        manifest = fault.manifest
        place = manifest.places.locate(fault.pointer, key=fault.key)
        also = tuple((other.places.locate(pointer), what) for other, pointer, what in fault.also)
        file = manifest.places.file if isinstance(manifest.places, FilePlaces) else self._file(place.file)
        return Finding(
            rule.id,
            self.policy.severity_of(rule, fault.severity),
            fault.message,
            fault.hint,
            place,
            length_at(place, file),
            manifest.subject,
            manifest.namespace,
            path_text(fault.pointer) if fault.pointer else "",
            anchor(manifest, fault.pointer),
            also,
            fixable=bool(fault.edits) and isinstance(manifest.places, FilePlaces),
        )

    def _file(self, name: str) -> ManifestFile | None:
        reading = self.readings.get(name)
        return reading.file if reading else None

    def _relative(self, name: str) -> str:
        if not self.root or name.startswith("<"):
            return name
        return os.path.relpath(name, self.root).replace(os.sep, "/")


def length_at(place: Place, file: ManifestFile | None) -> int:
    """How many characters the value at a place takes in its line."""
    if file is None or not 0 < place.line <= len(file.lines):
        return 1
    match = _SPAN.match(file.lines[place.line - 1].rstrip("\r"), place.column - 1)
    return max(1, len(match[0])) if match else 1


def is_ignored(
    finding: Finding, manifest: Manifest, ignores: Iterable[tuple[Manifest | None, Ignore]]
) -> bool:
    """Whether an ignore with a reason holds for a finding."""
    held = False
    for annotated_one, ignore in ignores:
        if ignore.rule != finding.rule or not ignore.reason:
            continue
        if annotated_one is manifest or ignore.first <= finding.place.line <= ignore.last:
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
