"""`k8sgen explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from k8sgen.cli.options import kubernetes_version, sets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.explain.value import Answer

FILE_WIDTH = 100
"""Columns where there is no terminal that has a width of its own."""

STYLES: dict[str, dict[str, bool]] = {"": {}, "heading": {"bold": True}, "faint": {"dim": True}}


@click.command(name="explain")
@click.argument("spec")
@click.argument("path", required=False)
@click.option("-e", "--env", "environment", default="", metavar="NAME", help="Environment to explain.")
@sets
@kubernetes_version
def command(
    spec: str, path: str | None, environment: str, sets: tuple[str, ...], kubernetes_version: str
) -> int:
    """Say what a service promises, and why each value is what it is.

    Without PATH: what a rollout, a node drain, a start, a hang and a shutdown will do, with the
    formulas; what the defaults ask of the image; and every value that the tool chose. PATH is a field
    of the spec, or a value of the output by kind and place.

    \b
    k8sgen explain service.yaml --env production
    k8sgen explain service.yaml shutdown.gracePeriodSeconds
    k8sgen explain service.yaml 'Deployment.spec.template.spec.containers[0].image'
    """  # noqa: D301 - \b is click's mark for lines that keep their breaks
    from k8sgen.cli.specs import one_spec
    from k8sgen.explain.value import Explainer

    builder, document = one_spec(
        spec, environment=environment, sets=sets, kubernetes_version=kubernetes_version
    )
    rendered = builder.rendered(document, environment)
    if path is not None:
        click.echo("\n".join(answer_lines(Explainer(rendered).explain(path))))
        return 0
    from shutil import get_terminal_size

    from k8sgen.explain.report import report

    for line in report(rendered, get_terminal_size((FILE_WIDTH, 1)).columns):
        click.echo(click.style(line.text, **STYLES[line.style]) if line.text else "")
    return 0


def answer_lines(answer: Answer) -> Iterator[str]:
    """One value, as lines."""
    from k8sgen.explain.value import shown

    yield click.style(answer.title if answer.holds else f"{answer.title} = {shown(answer.value)}", bold=True)
    rows = [
        ("holds", [", ".join(answer.holds)] if answer.holds else []),
        ("set by", [answer.set_by] if not answer.holds or answer.why else []),
        ("why", [answer.why] if answer.why else []),
        ("what", answer.what.split("\n")[:1] if answer.what else []),
        ("from", answer.read),
        ("printed", answer.printed),
        ("source", [answer.source] if answer.source else []),
    ]
    for label, lines in rows:
        for index, line in enumerate(lines):
            yield f"  {label if index == 0 else '':<8} {line}"
