"""One process's share of the files of a run: read and validated here, related to what the other processes read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from k8sgen.lint.index import Manifests
from k8sgen.lint.sift import Candidate
from k8sgen.lint.sources import take
from k8sgen.lint.validation import Validation, definitions
from k8sgen.manifests import FilePlaces, Manifest, ManifestFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from k8sgen.lint.cache import Cache
    from k8sgen.lint.index import Before
    from k8sgen.lint.read import Reading
    from k8sgen.lint.sources import Outcome, Source
    from k8sgen.processes import Member

MOST_TASKS = 1000
AT_A_TIME = 20
"""Files; in turns of single ones, reading and validating would drive each other out of the processor's cache."""
Kind = tuple[str, str]
"""An API version and a kind."""


class Json(NamedTuple):
    """A value as JSON; `odd` when it holds numbers that the faster reader and writer do not know."""

    text: bytes
    odd: bool


Packed = dict[int, tuple[bool, Json]]
"""Objects of files by the numbers of their sources, as processes send them to each other, and whether it was read quickly."""


class Files(NamedTuple):
    """Texts whose objects are judged together."""

    sources: Sequence[Source]
    minors: tuple[int, ...]
    """The Kubernetes versions, the target first."""
    previous: Mapping[Before, Manifest]
    """What changed objects were before."""
    overlays: frozenset[str] = frozenset()
    """Directories of kustomize overlays."""

    @property
    def step(self) -> int:
        """How many of them a process takes at a time: enough to read and to validate in turns, few at the end."""
        return max(min(AT_A_TIME, 1 + len(self.sources) // 60), 1 + len(self.sources) // MOST_TASKS)

    @property
    def tasks(self) -> int:
        """How many times that is done."""
        return -(-len(self.sources) // self.step)


class Share:
    """The files that one process has read, and what it knows of the others.

    `directories` hold schemas. Raises SpecError for those that cannot be used.
    """

    def __init__(
        self,
        files: Files,
        member: Member,
        directories: Sequence[Path] = (),
        cache: Cache | None = None,
    ) -> None:
        self.files = files
        self.member = member
        self.outcomes: dict[int, Outcome] = {}
        """By the number of the source, as all below."""
        self.readings: dict[int, Reading] = {}
        self._others: dict[int, list[Manifest]] = {}
        """Objects that other processes have read."""
        self._related = False
        self._open: list[Manifest] = []
        """Objects of kinds that a file of any process may define."""
        self._itself = self
        """A cycle: to free all objects one by one, when all is done, would take a twentieth of a run."""
        self._validation = Validation(files.minors, directories)
        step = files.step
        for task in member.claims():
            self._take(range(task * step, min((task + 1) * step, len(files.sources))), cache)
        self._firsts = self._settle(directories)
        if cache is not None:
            self._remember(cache)

    def _take(self, numbers: Iterable[int], cache: Cache | None) -> None:
        """Read sources, and validate what needs no definition of another file."""
        taken = []
        for number in numbers:
            reading, self.outcomes[number] = take(self.files.sources[number], cache)
            if reading is not None:
                self.readings[number] = reading
                taken += reading.manifests
        for each in taken:
            if self._validation.is_built_in(each):
                self._validation.check(each)
            else:
                self._open.append(each)

    def _settle(self, directories: Sequence[Path]) -> list[Manifest]:
        """Validate the rest, by what the files of all processes define; the first objects of their kinds in the run."""
        own: dict[Kind, tuple[int, Manifest]] = {}
        for number, reading in self.readings.items():
            for each in reading.manifests:
                own.setdefault((each.api_version, each.kind), (number, each))
        kinds = {kind: number for kind, (number, _) in own.items()}
        told: list[tuple[dict[Kind, int], Any]] = [
            (those, from_json(written))
            for those, written in self.member.exchange((kinds, to_json(definitions(self.objects))))
        ]
        crds = [crd for _, those in told for crd in those]
        validation = Validation(self.files.minors, directories, crds) if crds else self._validation
        for each in self._open:
            validation.check(each)
        return [
            each
            for kind, (number, each) in own.items()
            if all(number <= those.get(kind, number) for those, _ in told)
        ]

    @property
    def objects(self) -> list[Manifest]:
        """The objects in its files."""
        return [each for reading in self.readings.values() for each in reading.manifests]

    def _remember(self, cache: Cache) -> None:
        """Keep the values of files in which nothing was refused, whatever else is in the run.

        Of a kind that Kubernetes does not have, a definition in the next run may think otherwise.
        """
        for reading in self.readings.values():
            if reading.sound or not reading.is_quick or not reading.key or reading.has_nulls:
                continue
            if not any(each.refusals or not self._validation.is_built_in(each) for each in reading.manifests):
                cache.store(reading.key, reading.values)

    def manifests(self, *, alone: bool = False) -> Manifests:
        """The objects to judge, related to those of all processes; `alone` where no rule asks for others."""
        minor, previous, overlays = self.files.minors[0], self.files.previous, self.files.overlays
        if alone:
            return Manifests((), minor, previous, overlays, self._firsts).share(self.objects)
        self._related = True
        found = {number: reading.manifests for number, reading in self.readings.items()}
        for number, packed in enumerate(
            self.member.exchange(pack(self.readings)) if self.member.size > 1 else ()
        ):
            if number != self.member.number:
                self._others.update(unpack(packed, self.files.sources))
        found |= self._others
        every = [each for number in sorted(found) for each in found[number]]
        return Manifests(every, minor, previous, overlays, self._firsts).share(self.objects)

    def delivered(self, candidates: list[Candidate]) -> list[Candidate]:
        """Those about its own files, whoever made them: a rule may speak of the Deployment that a budget is for.

        Its ignores and its text are known where the file was read.
        """
        if self.member.size == 1 or not self._related:
            return candidates
        addresses = {
            id(each): (number, position)
            for number, manifests in self._others.items()
            for position, each in enumerate(manifests)
        }
        away = [
            (*addresses[id(each.manifest)], each.finding)
            for each in candidates
            if id(each.manifest) in addresses
        ]
        told = [each for those in self.member.exchange(away) for each in those]
        return [each for each in candidates if id(each.manifest) not in addresses] + [
            Candidate(finding, self.readings[number].manifests[position])
            for number, position, finding in told
            if number in self.readings
        ]


def pack(readings: Mapping[int, Reading]) -> Packed:
    """The validated objects of files, by the numbers of their sources."""
    return {
        number: (
            reading.is_quick,
            to_json(
                [
                    (each.places.number, each.places.base, each.asked, each.foreign, each.data)
                    for each in reading.manifests
                    if isinstance(each.places, FilePlaces)
                ]
            ),
        )
        for number, reading in readings.items()
    }


def unpack(packed: Packed, sources: Sequence[Source]) -> Iterator[tuple[int, list[Manifest]]]:
    """The same objects in another process, which may read the file again to find their places."""
    for number, (is_quick, written) in packed.items():
        file = ManifestFile(sources[number].name, sources[number].text, is_plain=is_quick)
        manifests = []
        for document, base, asked, foreign, data in from_json(written):
            manifest = Manifest(data, file.name, FilePlaces(file, document, tuple(base)))
            manifest.asked, manifest.foreign = asked, foreign
            manifests.append(manifest)
        yield number, manifests


def to_json(value: Any) -> Json:
    """Plain values without marks; several times faster than pickling them."""
    try:
        return Json(orjson.dumps(value), odd=False)
    except TypeError:
        import json

        return Json(json.dumps(value).encode(), odd=True)


def from_json(written: Json) -> Any:
    """The value of what `to_json` wrote; tuples come back as lists."""
    if not written.odd:
        return orjson.loads(written.text)
    import json

    return json.loads(written.text)
