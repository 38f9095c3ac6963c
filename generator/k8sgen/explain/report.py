"""The whole explanation of a service, as lines for people."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from k8sgen.explain.memory import memory_table
from k8sgen.explain.promises import Facts, asks_of_image, find, promises
from k8sgen.spec.merge import look_up
from k8sgen.spec.problems import path_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.render.objects import Rendered, RenderedObject

Style = Literal["", "heading", "faint"]

NARROWEST, WIDEST = 60, 140
"""Columns between which lines are wrapped: beyond, nobody finds the next line."""

LONGEST_VALUE = 32

NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=(?:s|%|pods?)\b|%)")
NO_BREAK = "\u00a0"

PARTS = re.compile(
    r"spec\.template\.spec\.(?:init)?[cC]ontainers\[\d+\]|spec\.template\.spec|[a-zA-Z]+(?=\.)"
)
"""The parts of an object under which its values are listed; the longest that fits comes first."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, and how it stands out on a terminal."""

    text: str
    style: Style = ""


def report(rendered: Rendered, width: int) -> Iterator[Line]:
    """Promises, what is asked of the image, and every value that the tool chose, in `width` columns."""
    width = min(max(width, NARROWEST), WIDEST)
    spec = rendered.loaded.spec
    where = f" in {rendered.loaded.environment}" if rendered.loaded.environment else ""
    yield Line(f"{spec.name}{where}, for Kubernetes 1.{rendered.cluster.minor}", "heading")
    objects = [obj.data for obj in rendered.objects]
    facts = Facts(spec.startup.expected_seconds, spec.shutdown.timeout_seconds, spec.shutdown.signal)
    yield from promise_lines(objects, facts, width)
    deployment = find(objects, "Deployment")
    if deployment is not None:
        yield from heading("What this asks of the image")
        for ask in asks_of_image(deployment):
            yield from wrapped(ask, "  - ", width)
    budget = list(memory_table(spec))
    if budget:
        yield from heading("Memory")
        yield from (Line(f"  {row}") for row in budget)
    yield from heading("What the tool chose, and why")
    for obj in rendered.objects:
        yield from chosen_lines(obj, width)
    yield Line("")
    yield Line(
        "One value with its line and source: k8sgen explain SPEC Deployment.spec.minReadySeconds", "faint"
    )


def heading(text: str) -> Iterator[Line]:
    """A new part of the report."""
    yield Line("")
    yield Line(text, "heading")


def wrapped(text: str, indent: str, width: int, style: Style = "") -> Iterator[Line]:
    """A text in as many lines as it needs; its first line begins with `indent`, the others stand below."""
    first, below = indent, " " * len(indent)
    for line in lines_of(text, width - len(indent)):
        yield Line(first + line, style)
        first = below


def lines_of(text: str, width: int) -> list[str]:
    """A text broken into lines, but neither inside an address nor between a number and its unit."""
    kept = NUMBER_AND_UNIT.sub(NO_BREAK, text)
    lines = textwrap.wrap(kept, width, break_long_words=False, break_on_hyphens=False)
    return [line.replace(NO_BREAK, " ") for line in lines]


def promise_lines(objects: list[dict[str, Any]], facts: Facts, width: int) -> Iterator[Line]:
    """The promises by topic, each with its formula, and each source once a topic."""
    topic, sources = "", list[str]()
    for promise in [*promises(objects, facts), None]:
        if promise is None or promise.topic != topic:
            for source in dict.fromkeys(sources):
                yield Line(f"    {source}", "faint")
            if promise is None:
                return
            topic, sources = promise.topic, []
            yield from heading(topic[:1].upper() + topic[1:])
        yield from wrapped(promise.text, "  ", width)
        if promise.formula:
            yield from wrapped(promise.formula, "    = ", width, "faint")
        if promise.source:
            sources.append(promise.source)


def chosen_lines(obj: RenderedObject, width: int) -> Iterator[Line]:
    """What the tool chose in one object: by part, `path: value` on the left and the reason on the right."""
    if not obj.reasons:
        return
    yield from heading(f"{obj.kind}/{obj.name}")
    left = width * 45 // 100
    part = None
    for pointer, (_, reason) in obj.reasons.items():
        path = path_text(pointer)
        match = PARTS.match(path)
        here = match[0] if match else ""
        if here != part:
            part = here
            if here:
                yield Line(f"  {here}{container_name(obj, here)}", "faint")
        row = f"    {path.removeprefix(here).lstrip('.')}: {short(look_up(obj.data, pointer))}"
        reasons = lines_of(reason, width - left)
        if len(row) > left - 2:
            yield Line(row)
            row = ""
        for line in reasons:
            yield Line(f"{row:<{left}}{line}")
            row = ""


def container_name(obj: RenderedObject, part: str) -> str:
    """The name of the container that a part is, for people who do not count from 0."""
    match = re.search(r"\.((?:init)?[cC]ontainers)\[(\d+)\]$", part)
    if match is None:
        return ""
    name = look_up(obj.data, ("spec", "template", "spec", match[1], int(match[2]), "name"))
    return f" ({name})"


def short(value: Any) -> str:
    """A value beside its path."""
    text = value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE and "\n" not in text else "…"
