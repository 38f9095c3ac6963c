"""`k8sgen render`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from k8sgen.cli.options import kubernetes_version, sets
from k8sgen.errors import OutputError, Problem

if TYPE_CHECKING:
    from k8sgen.fleet.find import SpecFile
    from k8sgen.fleet.service import Options, Output, Result
    from k8sgen.render.marker import Marker


@click.command(name="render")
@click.argument("specs", nargs=-1, metavar="SPEC...")
@click.option(
    "-e",
    "--env",
    "environment",
    default="",
    metavar="NAME",
    help="Environment to render; `all` renders each into its place.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Write one file per object below DIR.",
)
@click.option("--check", is_flag=True, help="Write nothing; show what is stale as a diff and exit with 1.")
@click.option(
    "--only",
    metavar="KIND,...",
    help="Only these kinds; `probes` is a patch for a Deployment you keep yourself.",
)
@sets
@kubernetes_version
@click.option(
    "--comments/--no-comments", default=True, help="The reasons behind the values that the tool chose."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["yaml", "json"]),
    default="yaml",
    help="JSON goes to standard output only.",
)
@click.option(
    "--keep-going", is_flag=True, help="With several specs, write the sound ones when others are broken."
)
@click.option(
    "--templates",
    type=click.Path(file_okay=False),
    metavar="DIR",
    default="",
    help="Templates that replace our own of the same name.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Processes for many specs; one per core unless given.",
)
def command(  # noqa: PLR0913 - one parameter per option
    specs: tuple[str, ...],
    environment: str,
    output: str | None,
    check: bool,
    only: str | None,
    sets: tuple[str, ...],
    kubernetes_version: str,
    comments: bool,
    format_: str,
    keep_going: bool,
    templates: str,
    jobs: int,
) -> int:
    """Write the manifests of one or many services.

    SPEC is a service.yaml, a directory of them, or `-` for standard input. Without -o, and without
    `output` in k8sgen.yaml, the manifests go to standard output as one stream.

    \b
    k8sgen render service.yaml                          print the manifests
    k8sgen render service.yaml --env production -o deploy/
    k8sgen render services/ --env all -o deploy/        every service, every environment
    k8sgen render services/ --env all -o deploy/ --check      the CI line: 1 when stale
    k8sgen render service.yaml --only probes            just the probes, as a patch
    k8sgen render - --set image.tag=1.4.3 < service.yaml
    """  # noqa: D301 - \b is click's mark for lines that keep their breaks
    from k8sgen.fleet.find import STDIN, find_specs
    from k8sgen.fleet.service import Options

    if not specs:
        raise click.UsageError("Name a spec: k8sgen render service.yaml")
    stdin = sys.stdin.buffer.read() if STDIN in specs else None
    files, directories = find_specs(specs, stdin)
    options = Options(
        environment=environment,
        sets=sets,
        kubernetes_version=kubernetes_version,
        only=tuple(part.strip() for part in (only or "").split(",") if part.strip()),
        comments=comments,
        templates=templates,
    )
    results = collect(files, options, jobs)
    broken = [result for result in results if result.problems]
    from k8sgen.cli.main import print_problems

    for result in broken:
        print_problems(result.problems)
    if broken and (len(files) == 1 or not keep_going):
        if len(files) > 1:
            click.echo(f"{len(broken)} of {len(files)} specs are broken; nothing was written", err=True)
        return 2
    outputs = [made for result in results if not result.problems for made in result.outputs]
    for note in dict.fromkeys(note for made in outputs for note in made.notes):
        click.echo(f"note: {note}", err=True)
    root, pattern = destination(output, files)
    if root is None:
        if check:
            raise click.UsageError(
                "--check compares files: name their directory with -o, or set `output` in k8sgen.yaml"
            )
        print_stream(outputs, format_)
        return 2 if broken else 0
    if format_ == "json":
        raise click.UsageError("--format json goes to standard output only: leave -o out")
    stale = write(root, pattern, results, directories, options, check=check)
    return 2 if broken else int(stale)


def collect(files: Sequence[SpecFile], options: Options, jobs: int) -> list[Result]:
    """The result of every spec, with a progress bar on a terminal when it takes long."""
    from k8sgen.fleet.batch import WORTH_PROCESSES, build_all

    results = build_all(files, options, jobs)
    if len(files) < WORTH_PROCESSES or not sys.stderr.isatty():
        return list(results)
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return list(track(results, "Rendering", total=len(files), console=console, transient=True))


def destination(output: str | None, files: Sequence[SpecFile]) -> tuple[Path | None, str]:
    """Where to write and in which layout: -o, else `output` of k8sgen.yaml, else nowhere."""
    from k8sgen.fleet.layout import DEFAULT_PATTERN, Layout
    from k8sgen.fleet.service import shown_path
    from k8sgen.spec.load import find_settings, load_settings

    if output is not None:
        return Path(output), DEFAULT_PATTERN
    found = {find_settings(file.path.parent) for file in files if file.text is None}
    settings = [load_settings(path, shown_path(path)) for path in sorted(path for path in found if path)]
    with_output = [each for each in settings if each.settings.output]
    if not with_output:
        return None, ""
    if len(found) > 1:
        names = ", ".join(shown_path(each.path) for each in settings if each.path)
        raise OutputError(
            Problem(
                f"the specs belong to several k8sgen.yaml ({names})",
                None,
                "render them one by one, or name a directory with -o",
            )
        )
    pattern, path = with_output[0].settings.output or "", with_output[0].path
    mark = with_output[0].values.marks["output"]
    Layout(pattern).check(mark.place())
    return (path.parent if path else None), pattern


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


def write(
    root: Path,
    pattern: str,
    results: Sequence[Result],
    directories: Sequence[Path],
    options: Options,
    *,
    check: bool,
) -> bool:
    """Write the tree, or with `check` show what is stale; whether anything was."""
    from k8sgen.fleet.layout import Layout, check_unique
    from k8sgen.render.tree import plan_tree, write_tree

    layout = Layout(pattern)
    files: dict[str, bytes] = {}
    writers: list[tuple[str, str]] = []
    for result in results:
        for made in result.outputs if not result.problems else ():
            paths = layout.paths(
                made.name, made.environment, [(kind, name) for kind, name, _ in made.documents]
            )
            for path, (kind, name, text) in zip(paths, made.documents, strict=True):
                files[path] = f"{made.marker}\n{text}".encode()
                writers.append(
                    (
                        path,
                        f"{kind}/{name} of {result.spec}{f' ({made.environment})' if made.environment else ''}",
                    )
                )
    if problems := check_unique(writers):
        raise OutputError(*problems)
    plan = plan_tree(root, files, covered(results, directories, options))
    if check:
        click.echo(plan.diff(), nl=False)
        counts = plan.counts()
        if plan.stale:
            click.echo(
                f"stale: {counts.written} missing, {counts.changed} changed, {counts.removed} left over",
                err=True,
            )
        return plan.stale
    counts = write_tree(plan).counts()
    click.echo(
        f"{counts.written} written, {counts.changed} changed, {counts.unchanged} unchanged, {counts.removed} removed",
        err=True,
    )
    return False


class Covered:
    """Which files that bear our marker this run answers for: those of its specs, and of specs that are gone."""

    def __init__(
        self, rendered: dict[str, set[str]], everything: bool, gone: Sequence[tuple[str, Path]]
    ) -> None:  # noqa: FBT001 - read at one call
        self.rendered = rendered
        self.everything = everything
        self.gone = gone

    def __call__(self, marker: Marker) -> bool:
        """Whether a file with this marker is ours to keep or remove."""
        if marker.spec in self.rendered:
            return self.everything or marker.environment in self.rendered[marker.spec]
        return any(
            marker.spec.startswith(prefix) and not (base / marker.spec).exists() for prefix, base in self.gone
        )


def covered(results: Sequence[Result], directories: Sequence[Path], options: Options) -> Covered:
    """What this run answers for. A run of some kinds only answers for nothing but what it writes."""
    from k8sgen.fleet.service import ALL, repository_root

    if options.only:
        return Covered({}, everything=False, gone=())
    rendered = {result.spec: set(result.environments) for result in results if not result.problems}
    gone: list[tuple[str, Path]] = []
    for directory in directories:
        real = directory.resolve()
        base = repository_root(real)
        if base is not None:
            prefix = real.relative_to(base).as_posix()
            gone.append(("" if prefix == "." else prefix + "/", base))
    return Covered(rendered, options.environment == ALL, gone)
