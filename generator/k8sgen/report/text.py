"""For people at a terminal: the line with a caret below the value, what is wrong, why, and what to do.

Findings of one rule in one object stand together. The reason of a rule is given once, a hint that
repeats the one above it is left out, and from the fourth finding of a group on each is one line.
What could not be read is not here but counted: the command line says it on standard error.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.report.characters import visible
from k8sgen.report.result import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from k8sgen.findings import Finding
    from k8sgen.lint.rule import Rule
    from k8sgen.report.result import Result

TAB = 8
"""Columns between tab stops, as terminals have them."""
IN_FULL = 3
"""Findings of one group that are shown in full."""
MANY = 20
"""Findings beyond which the rules are counted before the summary."""
STYLES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
BOLD = "1"
FAINT = "2"


def render(result: Result, width: int = 100, color: bool = False) -> str:
    """The whole report, which ends with the summary; `width` in columns."""
    return Text(result, width, color).render()


class Text:
    """One report in the making."""

    def __init__(self, result: Result, width: int, color: bool) -> None:
        self.result = result
        self.width = max(width, 40)
        self.color = color
        self.explained: set[str] = set()

    def render(self) -> str:
        """The blocks with an empty line between them."""
        blocks = ["\n".join(self.group(group)) for group in groups(self.result.ordered)]
        if len(self.result.findings) > MANY:
            blocks.append("\n".join(self.totals()))
        return "\n\n".join([*blocks, self.summary()]) + "\n"

    def totals(self) -> Iterator[str]:
        """How often each rule was broken, the worst and the most frequent first."""
        counts = Counter((finding.severity, finding.rule) for finding in self.result.findings)
        width = max(len(rule) for _, rule in counts)
        for (severity, rule), count in sorted(
            counts.items(), key=lambda item: (-item[0][0], -item[1], item[0][1])
        ):
            yield f"{rule.ljust(width)}  {self.styled(number(count, severity.word), STYLES[severity])}"

    def summary(self) -> str:
        """The last line, in the color of the worst finding."""
        line = self.result.summary
        worst = max((finding.severity for finding in self.result.findings), default=None)
        return self.styled(line, STYLES[worst] if worst else BOLD)

    def group(self, group: Sequence[Finding]) -> Iterator[str]:
        """The findings of one rule in one object."""
        hint = ""
        for finding in group[:IN_FULL]:
            yield self.head(finding)
            yield from self.excerpt(finding)
            yield from self.notes(finding, with_hint=finding.hint != hint)
            hint = finding.hint
        for finding in group[IN_FULL:]:
            yield self.head(finding)

    def head(self, finding: Finding) -> str:
        """Place, severity, message and rule, in the form that editors and terminals make a link of."""
        severity = self.styled(finding.severity.word, STYLES[finding.severity])
        rule = self.styled(f"[{finding.rule}]", FAINT)
        place = self.styled(visible(str(finding.place)), BOLD)
        fixable = " " + self.styled("(--fix mends it)", FAINT) if finding.fixable else ""
        return f"{place}: {severity}: {visible(finding.message)} {rule}{fixable}"

    def excerpt(self, finding: Finding) -> Iterator[str]:
        """The line of the source, and the caret under exactly the value."""
        place = finding.place
        line = self.result.source_line(place.file, place.line) if place.line else ""
        if not line.strip():
            return
        gutter = f"{place.line:>5} | "
        shown, start, length = marked(line, place.column, finding.length, self.width - len(gutter))
        yield self.styled(gutter, FAINT) + shown
        caret = self.styled("^" * length, STYLES[finding.severity])
        yield self.styled(" " * (len(gutter) - 2) + "| ", FAINT) + " " * start + caret

    def notes(self, finding: Finding, *, with_hint: bool) -> Iterator[str]:
        """The object, the other places, the reason of the rule when it was not given yet, and the fix."""
        namespace = f" in namespace {finding.namespace}" if finding.namespace else ""
        subject = f"{finding.subject}{namespace}" if finding.subject else ""
        yield from self.note("in", ", ".join(part for part in (subject, finding.path) if part))
        for place, what in finding.also:
            yield from self.note("also", f"{place}: {what}")
        rule = self.result.rules.get(finding.rule)
        if rule and finding.rule not in self.explained:
            self.explained.add(finding.rule)
            yield from self.note("why", reason(rule))
        if with_hint:
            yield from self.note("fix", finding.hint)

    def note(self, label: str, text: str) -> Iterator[str]:
        """A labelled text, broken at the width."""
        if not text:
            return
        import textwrap

        start = f"  {label + ':':<6}"
        first, *rest = textwrap.wrap(
            visible(text),
            self.width - len(start),
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
        yield self.styled(start, FAINT) + first
        for line in rest:
            yield " " * len(start) + line

    def styled(self, text: str, style: str) -> str:
        """Text in an ANSI style, when styles are wanted."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.color and text else text


def reason(rule: Rule) -> str:
    """The first sentence of a rule's reasons."""
    paragraph = " ".join(rule.help.why.split("\n\n")[0].split())
    return re.split(r"(?<=[.!?])\s+(?=[A-Z`\"])", paragraph)[0] or rule.help.title


def groups(findings: Sequence[Finding]) -> list[list[Finding]]:
    """The findings of one rule in one object and file together, each group where its first one stands."""
    found: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding in findings:
        key = (finding.place.file, finding.namespace, finding.subject, finding.rule)
        found.setdefault(key, []).append(finding)
    return list(found.values())


def marked(line: str, column: int, length: int, width: int) -> tuple[str, int, int]:
    """A line as it is shown, and the columns from which and over which its caret goes.

    `column` counts characters from 1. Tabs become spaces up to the next stop, wide characters take
    two columns and marks that join the letter before none. A line longer than `width` is cut to the part
    around the value.
    """
    line = line.rstrip("\r\n")
    start = min(max(column - 1, 0), len(line))
    end = min(start + max(length, 1), len(line))
    cells, offsets = columns(line)
    first, last = offsets[start], offsets[end]
    begin, stop = 0, len(cells)
    if offsets[-1] > width:
        if last > width - 2:  # the value would be cut off: begin a third of the width before it
            begin = next(index for index in range(start + 1) if first - offsets[index] <= width // 3)
        stop = max(
            (index for index in range(begin, len(cells) + 1) if offsets[index] - offsets[begin] <= width - 2),
            default=begin,
        )
    text = "".join(cells[begin:stop]).rstrip()
    lead = "…" if begin else ""
    shift = offsets[begin] - len(lead)
    last = min(last, offsets[stop])
    return lead + text + ("…" if stop < len(cells) else ""), first - shift, max(1, last - first)


def columns(line: str) -> tuple[Sequence[str], Sequence[int]]:
    """Each character as it is shown and the column where it starts; the last number is where the line ends."""
    if line.isascii() and line.isprintable():
        return line, range(len(line) + 1)
    from rich.cells import cell_len

    cells: list[str] = []
    offsets = [0]
    for character in line:
        at = offsets[-1]
        shown = " " * (TAB - at % TAB) if character == "\t" else visible(character)
        cells.append(shown)
        offsets.append(at + cell_len(shown))
    return cells, offsets
