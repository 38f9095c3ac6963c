"""One run: texts or objects in, findings out; texts are shared out to as many processes as are worth it."""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from k8sgen.lint.index import Manifests
from k8sgen.lint.judge import judge
from k8sgen.lint.rules import RULES
from k8sgen.lint.share import Files, Share
from k8sgen.lint.sift import Found, Part, Sieve
from k8sgen.lint.validation import Validation, checks, definitions
from k8sgen.processes import cores, in_team
from k8sgen.yamltext.quick import gate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from k8sgen.lint.cache import Cache
    from k8sgen.lint.index import Before
    from k8sgen.lint.policy import Policy
    from k8sgen.lint.read import Reading
    from k8sgen.lint.sift import Candidate
    from k8sgen.manifests import Manifest
    from k8sgen.processes import Member

WORTH_A_PROCESS = 40
"""Files from which a process of their own saves more than it costs."""


class Group(NamedTuple):
    """Objects that are judged together, such as what the specs render to in one environment."""

    objects: Sequence[Manifest]
    minors: tuple[int, ...]
    """The Kubernetes versions, the target first."""
    previous: Mapping[Before, Manifest]
    overlays: frozenset[str] = frozenset()
    """Directories of kustomize overlays."""


class Run(NamedTuple):
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
        allow_long_numbers()
        validation = Validation(group.minors, self.directories, definitions(group.objects))
        for each in group.objects:
            validation.check(each)
        manifests = Manifests(group.objects, group.minors[0], group.previous, group.overlays)
        return merged([self._found(manifests, readings)])

    def judge_files(self, files: Files) -> Part:
        """The findings of files, and what became of each source. Raises SpecError for schemas that cannot be used."""
        if self.cache is None or self.mend or files.previous:
            return self._judged(files)
        from k8sgen.lint import results

        sources = results.hashed(files.sources, self.cache)
        if sources is None:
            return self._judged(files)
        files = files._replace(sources=sources)
        key = results.key_of(files, self.policy, self.root, self.cache)
        known = results.load(key, len(sources), self.cache)
        if known is None:
            known = self._judged(files)
            results.store(key, known, self.cache)
        return known

    def _judged(self, files: Files) -> Part:
        """The same, not remembered from before."""
        allow_long_numbers()
        jobs = 1 if self.mend else self.jobs or cores()
        size = max(1, min(jobs, len(files.sources) // WORTH_A_PROCESS))
        rules = self.policy.rules
        if self.cache is None:
            # What every file needs is loaded once, before the processes part.
            gate()
            checks()
        alone = all(rule.alone for rule in rules)
        parts = in_team(size, lambda member: self._part(files, member, alone=alone), files.tasks)
        outcomes = {number: each for part in parts for number, each in part.outcomes.items()}
        return Part(dict(sorted(outcomes.items())), merged([part.found for part in parts]))

    def _part(self, files: Files, member: Member, *, alone: bool) -> Part:
        """What one process finds in the files that it takes."""
        share = Share(files, member, self.directories, self.cache)
        found = self._found(share.manifests(alone=alone), share.readings.values(), share.delivered)
        if not self.mend:
            found.mendable.clear()
        return Part(share.outcomes, found)

    def _found(
        self,
        manifests: Manifests,
        readings: Iterable[Reading],
        deliver: Callable[[list[Candidate]], list[Candidate]] = list,
    ) -> Found:
        """The findings of objects that are related to others already.

        `deliver` gives candidates to the process that has read their file.
        """
        sieve = Sieve(self.policy, self.root, {reading.file.name: reading for reading in readings})
        judged = judge(manifests, self.policy.rules, self.policy.options)
        candidates: dict[str, list[Candidate]] = defaultdict(list)
        for each in deliver([sieve.candidate(each) for each in judged]):
            candidates[each.manifest.file].append(each)
        files: dict[str, list[Manifest]] = defaultdict(list)
        for manifest in manifests.objects:
            files[manifest.file].append(manifest)
        found = Found()
        for name, objects in files.items():
            sieve.sift(name, objects, candidates.get(name, ()), found)
        return found


def merged(parts: Iterable[Found]) -> Found:
    """What the processes of a run found together: each finding once, in the order of places."""
    total = Found()
    for part in parts:
        total.findings += part.findings
        total.ignored += part.ignored
        total.mendable += part.mendable
    total.findings.sort(key=lambda each: (each.place, RULES.index(each.rule), each.message))
    total.findings = list(dict.fromkeys(total.findings))
    return total


def allow_long_numbers() -> None:
    """A percentage or quantity may be written with thousands of figures."""
    sys.set_int_max_str_digits(0)
