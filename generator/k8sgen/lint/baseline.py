"""Findings that a repository had when it took the linter up: known, counted, and not reported again.

The file is JSON, sorted and one finding to an object, so that a review of it shows what was mended. A finding is
known by its fingerprint, which moving lines and list items leaves as it is.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from k8sgen.errors import Place, Problem, SpecError, system_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from k8sgen.findings import Finding

VERSION = 1


Entry = tuple[str, str]
"""A fingerprint and the file that it is of, relative to the root."""


class Compared(NamedTuple):
    """Findings that are new, and how the others and the baseline agree."""

    new: list[Finding]
    known: int
    gone: int
    """Entries of the baseline that nothing matches any more, of files that were looked at or are no more."""


def read_baseline(path: Path) -> Counter[Entry]:
    """How often each finding is known. Raises SpecError."""
    shown = str(path)
    hint = "write it with k8sgen lint --baseline FILE --update-baseline"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SpecError(
            Problem(f"cannot be read: {system_words(error)}", Place(shown, 0, 0), hint)
        ) from error
    except (ValueError, RecursionError) as error:
        raise SpecError(Problem("is not a baseline: it is not JSON", Place(shown, 0, 0), hint)) from error
    try:
        if data["version"] != VERSION:
            raise SpecError(
                Problem(f"is of version {data['version']}, which is not known", Place(shown, 0, 0), hint)
            )
        return Counter(
            {(str(each["fingerprint"]), str(each["file"])): int(each["count"]) for each in data["findings"]}
        )
    except (KeyError, TypeError, ValueError) as error:
        problem = Problem("is not a baseline: it has no findings", Place(shown, 0, 0), hint)
        raise SpecError(problem) from error


def compare(
    findings: Iterable[Finding], baseline: Counter[Entry], root: str, files: Iterable[str]
) -> Compared:
    """The findings beyond those that are known; `files` are those that were looked at."""
    left = Counter(baseline)
    new: list[Finding] = []
    known = 0
    for finding in findings:
        moved = portable(finding, root)
        entry = (moved.fingerprint, moved.place.file)
        if left[entry] > 0:
            left[entry] -= 1
            known += 1
        else:
            new.append(finding)
    seen = {relative(file, root) for file in files}
    gone = sum(
        count
        for (_, file), count in left.items()
        if count > 0 and (file in seen or not (Path(root) / file).exists())
    )
    return Compared(new, known, gone)


def baseline_text(findings: Sequence[Finding], root: str) -> str:
    """The text of a baseline that knows these findings."""
    portables = [portable(finding, root) for finding in findings]
    counts = Counter(finding.fingerprint for finding in portables)
    first = {finding.fingerprint: finding for finding in reversed(portables)}
    entries = [
        {
            "rule": finding.rule,
            "file": finding.place.file,
            "object": finding.subject,
            "path": finding.anchor,
            "message": finding.message,
            "count": counts[fingerprint],
            "fingerprint": fingerprint,
        }
        for fingerprint, finding in first.items()
    ]
    entries.sort(key=lambda each: [str(each[key]) for key in ("file", "object", "rule", "path", "message")])
    return json.dumps({"version": VERSION, "findings": entries}, indent=1, ensure_ascii=False) + "\n"


def portable(finding: Finding, root: str) -> Finding:
    """The finding with its file as every machine and directory names it: relative to the root."""
    return finding._replace(place=finding.place._replace(file=relative(finding.place.file, root)))


def relative(file: str, root: str) -> str:
    """A file relative to the root; standard input is itself."""
    import os

    return file if file.startswith("<") else os.path.relpath(file, root).replace(os.sep, "/")
