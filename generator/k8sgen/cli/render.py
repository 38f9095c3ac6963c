"""`k8sgen render`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from k8sgen.cli.options import check, comments, kinds, kubernetes_version, sets, templates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from k8sgen.fleet.find import SpecFile
    from k8sgen.fleet.service import Options, Result


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
@check
@click.option(
    "--only",
    metavar="KIND,...",
    callback=kinds,
    help="Only these kinds; `probes` is a patch for a Deployment you keep yourself.",
)
@sets
@kubernetes_version
@comments
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
@templates
@click.option(
    "--annotate",
    is_flag=True,
    help="Declare start-up, shutdown, runtime and zones in annotations, for `k8sgen lint`.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Processes for many specs; one per core unless given.",
)
def command(  # noqa: PLR0913, PLR0917 - one parameter per option
    specs: tuple[str, ...],
    environment: str,
    output: str | None,
    check: bool,
    only: tuple[str, ...],
    sets: tuple[str, ...],
    kubernetes_version: str,
    comments: bool,
    format_: str,
    keep_going: bool,
    templates: str,
    annotate: bool,
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
    from k8sgen.cli.main import print_problems
    from k8sgen.cli.specs import standard_input
    from k8sgen.cli.write import destination, print_stream, write_files
    from k8sgen.fleet.coverage import coverage
    from k8sgen.fleet.find import STDIN, find_specs
    from k8sgen.fleet.service import Options

    if not specs:
        raise click.UsageError("Name a spec: k8sgen render service.yaml")
    files, directories = find_specs(specs, standard_input() if STDIN in specs else None)
    options = Options(
        environment=environment,
        sets=sets,
        kubernetes_version=kubernetes_version,
        only=only,
        comments=comments,
        templates=templates,
        annotate=annotate,
    )
    results = collect(files, options, jobs)
    broken = [result for result in results if result.problems]
    print_problems(dict.fromkeys(problem for result in broken for problem in result.problems))
    if broken and (len(files) == 1 or not keep_going):
        if len(files) > 1:
            click.echo(f"{len(broken)} of {len(files)} specs are broken; nothing was written", err=True)
        return 2
    outputs = [made for result in results if not result.problems for made in result.outputs]
    for note in dict.fromkeys(note for made in outputs for note in made.notes):
        click.echo(f"note: {note}", err=True)
    to_stream = format_ == "json" and output is None and not check
    place = None if to_stream else destination(output, files)
    if place is None:
        if check:
            raise click.UsageError(
                "--check compares files: name their directory with -o, or set `output` in k8sgen.yaml"
            )
        print_stream(outputs, format_)
        return 2 if broken else 0
    if format_ == "json":
        raise click.UsageError("--format json goes to standard output only: leave -o out")
    stale = write_files(*place, results, coverage(results, directories, options), check=check)
    if broken:
        click.echo(f"{len(broken)} of {len(files)} specs are broken and were left out", err=True)
        return 2
    return int(stale)


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
