"""Findings that people decided to live with: comments and annotations, each with its reason.

A comment `# k8sgen-ignore RULE: reason` holds for its line and the block that the line opens: on the
first line of a container it holds for that container. On a line of its own it speaks of the next
line; above the first key of a document, of the whole document. An annotation
`k8sgen/ignore-RULE: reason` on a workload or its pod template holds for the whole object.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from k8sgen.errors import Place
from k8sgen.manifests import dig
from k8sgen.validate.podspec import POD_SPECS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from k8sgen.manifests import Manifest, Pointer

MARK = "k8sgen-ignore"
ANNOTATION = "k8sgen/ignore-"
_COMMENT = re.compile(
    r"(?:^|\s)#[ \t]*k8sgen-ignore[ \t]+([a-z0-9-]+(?:[ \t]*,[ \t]*[a-z0-9-]+)*)[ \t]*(?::[ \t]*(.*))?$"
)
_BLOCK_TEXT = re.compile(r"(?:^|[:-][ \t]+)(?:[&!]\S+[ \t]+)*[|>][-+0-9]*(?:[ \t]+#.*)?$")


@dataclass(slots=True, eq=False)
class Ignore:
    """One rule that is not to be reported in some lines of a file, or in one object."""

    rule: str
    reason: str
    place: Place
    first: int = 0
    last: int = 0
    """The lines that it holds for; 0 when it holds for an object."""
    used: bool = False


def commented(file: str, lines: Sequence[str]) -> Iterator[Ignore]:
    """The ignores in the comments of a file."""
    texts = _lines_of_texts(lines)
    for number, line in enumerate(lines, 1):
        if MARK not in line or number in texts:
            continue
        match = _COMMENT.search(line.rstrip("\r"))
        if match is None:
            continue
        alone = line.lstrip().startswith("#")
        start = _next_line(lines, number) if alone else number
        first, last = block(lines, start)
        if alone and _opens_document(lines, number):
            first, last = number, _end_of_document(lines, start)
        for name in match[1].split(","):
            column = line.index(name.strip(), match.start(1)) + 1
            yield Ignore(name.strip(), (match[2] or "").strip(), Place(file, number, column), first, last)


def annotated(manifest: Manifest) -> Iterator[Ignore]:
    """The ignores in the annotations of an object and of the pods that it makes."""
    prefixes: list[tuple[str, ...]] = [()]
    pod = POD_SPECS.get(manifest.kind)
    if pod and pod[:-1]:
        prefixes.append(pod[:-1])
    for prefix in prefixes:
        found = dig(manifest.data, *prefix, "metadata", "annotations")
        for key, value in found.items() if isinstance(found, dict) else ():
            if isinstance(key, str) and key.startswith(ANNOTATION):
                pointer: Pointer = (*prefix, "metadata", "annotations", key)
                place = manifest.places.locate(pointer, key=True)
                yield Ignore(key.removeprefix(ANNOTATION), str(value).strip(), place)


def block(lines: Sequence[str], number: int) -> tuple[int, int]:
    """The lines, counted from 1, of what begins at a line: itself and what stands further in.

    A list item is the whole item. The items of a key may stand as far in as the key.
    """
    line = lines[number - 1]
    depth = _indent(line)
    content = line[depth:]
    is_item = content.startswith("- ")
    items_below = not is_item and content.split(" #", 1)[0].rstrip().endswith(":")
    last = number
    for after in range(number + 1, len(lines) + 1):
        text = lines[after - 1]
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        inside = _indent(text) > depth or (
            items_below and _indent(text) == depth and text[depth:].startswith("- ")
        )
        if not inside or text.startswith("---"):
            break
        last = after
    return number, last


def _lines_of_texts(lines: Sequence[str]) -> set[int]:
    """The lines, counted from 1, of texts in block style, in which `#` begins no comment."""
    found: set[int] = set()
    inside: int | None = None
    for number, line in enumerate(lines, 1):
        if inside is not None and line.strip():
            if _indent(line) > inside:
                found.add(number)
                continue
            inside = None
        if inside is None and not line.lstrip().startswith("#") and _BLOCK_TEXT.search(line.rstrip()):
            inside = _indent(line)
    return found


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _next_line(lines: Sequence[str], number: int) -> int:
    """The next line that says something, or the line itself at the end."""
    for after in range(number + 1, len(lines) + 1):
        text = lines[after - 1].strip()
        if text and not text.startswith(("#", "---")):
            return after
    return number


def _opens_document(lines: Sequence[str], number: int) -> bool:
    """Whether nothing but comments stands between the document's start and a line."""
    for before in range(number - 1, 0, -1):
        text = lines[before - 1].strip()
        if text.startswith("---"):
            return True
        if text and not text.startswith("#"):
            return False
    return True


def _end_of_document(lines: Sequence[str], number: int) -> int:
    for after in range(number + 1, len(lines) + 1):
        if lines[after - 1].startswith("---"):
            return after - 1
    return len(lines)
