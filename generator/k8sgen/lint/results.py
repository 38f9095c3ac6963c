"""What a whole run found, under a hash of all that it depends on: a run in which nothing has changed costs hashes.

Rules look at files together, so a finding belongs to all of them: the texts in their order with their names,
the policy, the versions and the code. Where a source cannot be read, nothing is remembered.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from k8sgen.errors import InputError, Place
from k8sgen.findings import Finding, Severity
from k8sgen.lint.cache import RUNS
from k8sgen.lint.sift import Found, Part
from k8sgen.lint.sources import Outcome, content_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from k8sgen.lint.cache import Cache
    from k8sgen.lint.policy import Policy
    from k8sgen.lint.share import Files
    from k8sgen.lint.sources import Source


PLACE = Finding._fields.index("place")
ALSO = Finding._fields.index("also")


def hashed(sources: Sequence[Source], cache: Cache) -> list[Source] | None:
    """The sources with their bytes and the names of their entries; None when one cannot be read."""
    found = []
    for source in sources:
        try:
            content = content_of(source)
        except InputError:
            return None
        found.append(source._replace(content=content, key=cache.key(content)))
    return found


def key_of(files: Files, policy: Policy, root: str, cache: Cache) -> str:
    """What the findings of a run depend on, in short. Names are relative to the working directory."""
    parts = [cache.code, str(Path.cwd()), root, policy.text, str(files.minors), *sorted(files.overlays)]
    for source in files.sources:
        parts += [source.name, source.key, str(source.named)]
    written = "\0".join(parts).encode("utf-8", "surrogatepass")
    return f"{RUNS}/{hashlib.blake2b(written, digest_size=20).hexdigest()}"


def load(key: str, sources: int, cache: Cache) -> Part | None:
    """What a run over so many sources found before."""
    written = cache.load(key)
    if written is None:
        return None
    try:
        outcomes, ignored, findings = written
        part = Part(
            {number: Outcome((), *each) for number, each in enumerate(outcomes)},
            Found([_finding(*each) for each in findings], ignored),
        )
    except (TypeError, ValueError):
        return None
    return part if len(part.outcomes) == sources else None


def store(key: str, part: Part, cache: Cache) -> None:
    """Remember what a run found, unless something could not be read."""
    if not any(each.problems for each in part.outcomes.values()):
        outcomes = [tuple(each[1:]) for each in part.outcomes.values()]
        cache.store(key, [outcomes, part.found.ignored, [_row(each) for each in part.found.findings]])


def _row(finding: Finding) -> list[Any]:
    row: list[Any] = list(finding)
    row[PLACE] = tuple(finding.place)
    row[ALSO] = [(tuple(place), what) for place, what in finding.also]
    return row


def _finding(*row: Any) -> Finding:
    found = Finding(*row)
    return found._replace(
        severity=Severity(found.severity),
        place=Place(*found.place),
        also=tuple((Place(*place), what) for place, what in found.also),
    )
