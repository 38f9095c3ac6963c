"""`k8sgen app`."""

from __future__ import annotations

from pathlib import Path

import click

from k8sgen.cli.options import check, kubernetes_version, output_directory, sets


@click.command(name="app")
@click.argument("spec")
@output_directory("The app's directory: new, empty, or one that k8sgen wrote.")
@check
@click.option(
    "--env", "environment", default="", metavar="NAME", help="The environment whose values the app is told."
)
@kubernetes_version
@sets
def command(  # noqa: PLR0913, PLR0917 - click passes each option by itself
    spec: str, output: str, check: bool, environment: str, kubernetes_version: str, sets: tuple[str, ...]
) -> int:
    """Write a small Go service on Gin that fits a spec.

    It serves the spec's port and probe paths, ends within its shutdown budget, weighs the checks of
    `health`, and prints metrics. Source, tests, go.mod and go.sum, and a Dockerfile for a static image.

    \b
    k8sgen app service.yaml -o app/
    cd app && go run .
    k8sgen app service.yaml -o app/ --check       the CI line: 1 when stale
    """  # noqa: D301 - \b is click's mark for lines that keep their breaks
    from k8sgen.cli.specs import named_spec
    from k8sgen.cli.write import write_directory
    from k8sgen.fleet.app import app_of_spec
    from k8sgen.fleet.service import Builder, Options

    builder = Builder(Options(environment=environment, sets=sets, kubernetes_version=kubernetes_version))
    return int(write_directory(Path(output), app_of_spec(builder, named_spec(spec)), check=check))
