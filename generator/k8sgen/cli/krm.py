"""`k8sgen krm`."""

from __future__ import annotations

from pathlib import Path

import click

LARGEST_LIST = 64 * 1024 * 1024
"""Bytes of a ResourceList: the items of a whole repository."""


@click.command(name="krm")
def command() -> int:
    """Be a KRM function, for kustomize and other orchestrators.

    Reads a ResourceList from standard input and writes it to standard output with the objects of the
    service that its functionConfig holds. Items that are there stay; the function's own of an earlier
    run are replaced. Files that the spec names, and k8sgen.yaml, are looked for from the working directory.

    \b
    apiVersion: k8sgen.dev/v1
    kind: ServiceSpec
    metadata:
      name: orders
      annotations:
        config.kubernetes.io/function: |
          exec: {path: k8sgen, args: [krm]}
    environment: production      # optional
    kubernetesVersion: "1.35"    # optional
    spec:                        # what service.yaml holds
      name: orders
      image: ghcr.io/acme/orders:1.4.2

    \b
    kustomize build --enable-alpha-plugins --enable-exec .

    Problems are `results` of the ResourceList, with their fields, and lines on standard error. Exit status,
    as the specification of functions has it: 0 done, 1 failed.
    """  # noqa: D301 - \b is click's mark for lines that keep their breaks
    from k8sgen.cli.main import print_problems
    from k8sgen.cli.specs import standard_input
    from k8sgen.errors import SpecError
    from k8sgen.fleet.function import run_function

    try:
        text = standard_input(LARGEST_LIST)
    except SpecError as error:
        print_problems(error.problems)
        return 1
    outcome = run_function(text, Path.cwd())
    click.echo(outcome.text, nl=False)
    print_problems(outcome.problems())
    for note in outcome.notes():
        click.echo(f"note: {note}", err=True)
    return int(outcome.failed)
