"""Where `k8sgen render` puts what it made: standard output, or a tree of files that it keeps current."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from k8sgen.errors import OutputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from k8sgen.fleet.coverage import Coverage
    from k8sgen.fleet.find import SpecFile
    from k8sgen.fleet.layout import Layout
    from k8sgen.fleet.service import Output, Result
    from k8sgen.render.tree import Plan


def destination(output: str | None, files: Sequence[SpecFile]) -> tuple[Path, Layout] | None:
    """The directory and layout to write: -o, else `output` of k8sgen.yaml; None for standard output."""
    from k8sgen.fleet.layout import Layout
    from k8sgen.fleet.service import shown_path
    from k8sgen.repository import find_settings
    from k8sgen.spec.load import load_settings

    if output is not None:
        return Path(output), Layout()
    found = {find_settings(file.path.parent) for file in files if file.text is None}
    settings = [load_settings(path, shown_path(path)) for path in sorted(path for path in found if path)]
    with_output = [each for each in settings if each.settings.output]
    if not with_output:
        return None
    if len(found) > 1:
        names = ", ".join(shown_path(each.path) for each in settings if each.path)
        raise OutputError(
            Problem(
                f"the specs belong to several k8sgen.yaml ({names}), and `output` may differ"
                if len(settings) > 1
                else f"some of the specs do not belong to {names}, which says where to write",
                None,
                "render them one by one, or name a directory with -o",
            )
        )
    layout = Layout(with_output[0].settings.output or "")
    path = with_output[0].path
    place = with_output[0].values.marks["output"].place()
    layout.check(place)
    fixed, below = layout.split()
    base = path.parent if path else Path()
    if not (base / fixed).resolve().is_relative_to(base.resolve()):
        raise OutputError(
            Problem(
                f'output ("{layout.pattern}") leads out of its directory through a link',
                place,
                f"replace the link {fixed} by a directory, or name one with -o",
            )
        )
    return Path(shown_path(base / fixed)), below


def print_stream(outputs: Iterable[Output], format_: str) -> None:
    """All documents on standard output."""
    outputs = list(outputs)
    if format_ == "json":
        items = [obj for made in outputs for obj in made.objects]
        click.echo(
            json.dumps({"apiVersion": "v1", "kind": "List", "items": items}, indent=2, ensure_ascii=False)
        )
        return
    parts = [
        (f"{made.marker}\n" if index == 0 else "") + text
        for made in outputs
        for index, (_, _, text) in enumerate(made.documents)
    ]
    click.echo("---\n".join(parts), nl=False)


def write_files(
    root: Path,
    layout: Layout,
    results: Sequence[Result],
    covers: Coverage,
    *,
    check: bool,
) -> bool:
    """Write the tree, or with `check` show what is stale; whether anything was."""
    from k8sgen.fleet.layout import Writer, check_unique
    from k8sgen.render.tree import Marked, plan_tree

    files: dict[str, bytes] = {}
    writers: list[tuple[str, Writer]] = []
    for result in results:
        for made in result.outputs if not result.problems else ():
            paths = layout.paths(
                made.name, made.environment, [(kind, name) for kind, name, _ in made.documents]
            )
            for path, (kind, name, text) in zip(paths, made.documents, strict=True):
                files[path] = f"{made.marker}\n{text}".encode()
                writers.append((path, Writer(result.shown, made.name, made.environment, kind, name)))
    if problems := check_unique(writers):
        raise OutputError(*problems)
    return carry_out(plan_tree(root, files, Marked(covers)), check=check)


def write_directory(root: Path, files: Mapping[str, str], *, check: bool) -> bool:
    """Write a directory that is ours as a whole, with the list of its files; else as `write_files`."""
    from k8sgen.render.tree import Listed, plan_tree, with_list

    listed = with_list({path: text.encode() for path, text in files.items()})
    return carry_out(plan_tree(root, listed, Listed()), check=check)


def carry_out(plan: Plan, *, check: bool) -> bool:
    """Write what a plan says and count it, or with `check` show what is stale; whether anything was."""
    from k8sgen.render.tree import write_tree

    if check:
        click.echo(plan.diff(), nl=False)
        counts = plan.counts()
        if plan.stale:
            click.echo(
                f"stale: {counts.written} missing, {counts.changed} changed, {counts.removed} left over",
                err=True,
            )
        return plan.stale
    plan = write_tree(plan)
    removed = {change.path for change in plan.changes if change.kind == "removed"}
    for path in plan.edited:
        what = "removed" if path in removed else "overwritten"
        click.echo(f"note: {plan.root / path} was edited by hand, and is now {what}", err=True)
    counts = plan.counts()
    click.echo(
        f"{counts.written} written, {counts.changed} changed, {counts.unchanged} unchanged, {counts.removed} removed",
        err=True,
    )
    return False
