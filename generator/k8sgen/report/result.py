"""What a report is made of: everything that a run of the linter has to say, as plain data."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from k8sgen import __version__
from k8sgen.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from k8sgen.errors import Problem
    from k8sgen.findings import Finding
    from k8sgen.lint.rule import Rule

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def no_source(file: str, line: int) -> str:  # noqa: ARG001 - the signature of `Result.source_line`
    """The text of no line: for reports that show none."""
    return ""


@dataclass(frozen=True)
class Result:
    """The outcome of one run.

    `source_line` gives the text of a line, counted from 1, without its line break; "" when it is not to
    be had. `base` is the directory to which relative names of files belong, `root` the one that a forge
    calls the project, usually the top of the repository: both absolute, or both empty, in which case
    names stay as the user wrote them.
    """

    findings: Sequence[Finding]
    rules: Mapping[str, Rule] = field(default_factory=dict)
    """The rules that ran, by id."""
    problems: Sequence[Problem] = ()
    """What could not be read."""
    files: Sequence[str] = ()
    """Every file that was read, as the user named it."""
    objects: int = 0
    ignored: int = 0
    """Findings that a comment, an annotation or the configuration takes out."""
    baseline: int = 0
    """Findings that the baseline knows."""
    fail_on: Severity = Severity.ERROR
    """From which severity on the run has failed."""
    source_line: Callable[[str, int], str] = no_source
    base: str = ""
    root: str = ""
    version: str = __version__

    @cached_property
    def ordered(self) -> tuple[Finding, ...]:
        """The findings by file, place, severity, rule and message, whichever order they came in."""
        return tuple(
            sorted(
                self.findings,
                key=lambda each: (each.place, -each.severity, each.rule, each.subject, each.message),
            )
        )

    @cached_property
    def fingerprints(self) -> tuple[str, ...]:
        """A fingerprint for each of `ordered`; where several agree, the later ones get a number."""
        seen: Counter[str] = Counter()
        unique: list[str] = []
        for finding in self.ordered:
            print_ = finding.fingerprint
            seen[print_] += 1
            unique.append(print_ if seen[print_] == 1 else f"{print_}-{seen[print_]}")
        return tuple(unique)

    def count(self, severity: Severity) -> int:
        """How many findings are of a severity."""
        return sum(finding.severity == severity for finding in self.findings)

    @property
    def fixable(self) -> int:
        """How many findings `--fix` can mend."""
        return sum(finding.fixable for finding in self.findings)

    def path(self, file: str) -> str:
        """The path of a file from `root` with forward slashes; a file outside keeps its absolute path."""
        if self.root and not is_stream(file):
            whole = os.path.normpath(os.path.join(self.base, file))  # noqa: PTH118 - pathlib keeps no ".." apart
            inside = os.path.relpath(whole, self.root)
            outside = inside == os.pardir or inside.startswith(os.pardir + os.sep)
            file = whole if outside else inside
        file = file.replace(os.sep, "/")
        return file.removeprefix("./")

    @property
    def summary(self) -> str:
        """One line: `3 errors, 2 warnings in 14 objects of 6 files; 2 ignored, 5 in the baseline`."""
        found = [
            number(self.count(severity), severity.word) for severity in SEVERITIES if self.count(severity)
        ]
        line = f"{', '.join(found) or 'no findings'} in {number(self.objects, 'object')} of {number(len(self.files), 'file')}"
        asides = [
            f"{self.ignored} ignored" if self.ignored else "",
            f"{self.baseline} in the baseline" if self.baseline else "",
            f"{self.fixable} can be mended with --fix" if self.fixable else "",
            f"{number(len(self.problems), 'problem')} with the input" if self.problems else "",
        ]
        return "; ".join([line, *_joined(asides)])


def is_stream(file: str) -> bool:
    """Whether a name stands for something that is no file, such as standard input."""
    return file == "-" or file.startswith("<")


def number(count: int, word: str) -> str:
    """So many of something: `1 error`, `2 errors`; info has no plural."""
    return f"{count} {word}" if count == 1 or word == "info" else f"{count} {word}s"


def _joined(asides: Iterable[str]) -> list[str]:
    said = ", ".join(aside for aside in asides if aside)
    return [said] if said else []
