"""The whole explanation of a service, printed for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from k8sgen.explain.promises import Facts, Promise, asks_of_image, find, promises
from k8sgen.explain.value import pointer_text, shown
from k8sgen.spec.merge import look_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.render.objects import Rendered

NARROWEST = 100


def print_report(rendered: Rendered) -> None:
    """Promises, what is asked of the image, and every value that the tool chose, to standard output."""
    console = Console(highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=max(NARROWEST, console.width), no_color=True)
    spec = rendered.loaded.spec
    where = f" in {rendered.loaded.environment}" if rendered.loaded.environment else ""
    console.print(Text(f"{spec.name}{where}, for Kubernetes 1.{rendered.cluster.minor}", style="bold"))
    facts = Facts(spec.startup.expected_seconds, spec.shutdown.timeout_seconds, spec.shutdown.signal)
    objects = [obj.data for obj in rendered.objects]
    print_promises(console, list(promises(objects, facts)))
    deployment = find(objects, "Deployment")
    if deployment is not None:
        console.print(Text("\nWhat this asks of the image", style="bold"))
        for line in asks_of_image(deployment):
            console.print(Text(f"  - {line}"))
    console.print(Text("\nWhat the tool chose, and why", style="bold"))
    console.print(choices(rendered))
    console.print(Text("\nOne value with its line and source: k8sgen explain SPEC PATH", style="dim"))


def print_promises(console: Console, all_promises: list[Promise]) -> None:
    """The promises by topic, each with its formula and source."""
    topic = ""
    for promise in all_promises:
        if promise.topic != topic:
            topic = promise.topic
            console.print(Text(f"\n{topic[:1].upper()}{topic[1:]}", style="bold"))
        console.print(Text(f"  {promise.text}"))
        if promise.formula:
            console.print(Text(f"    = {promise.formula}", style="dim"))
        if promise.source:
            console.print(Text(f"    {promise.source}", style="dim"))


def choices(rendered: Rendered) -> Table:
    """Every value that the tool chose: where it stands, what it is, why."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    table.add_column(overflow="fold", ratio=5)
    table.add_column(overflow="fold", ratio=2)
    table.add_column(overflow="fold", ratio=6)
    for title, value, reason in chosen_values(rendered):
        table.add_row(Text(title), Text(value), Text(reason))
    return table


def chosen_values(rendered: Rendered) -> Iterator[tuple[str, str, str]]:
    """Path, value and reason of each choice, each reason once an object."""
    for obj in rendered.objects:
        for pointer, (_, reason) in obj.reasons.items():
            value = look_up(obj.data, pointer)
            path = pointer_text(pointer).replace("spec.template.spec.", "pod.", 1)
            yield f"{obj.kind} {path}", shown(value) if not isinstance(value, (dict, list)) else "…", reason
