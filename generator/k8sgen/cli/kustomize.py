"""`k8sgen kustomize`."""

from __future__ import annotations

from pathlib import Path

import click

from k8sgen.cli.options import check, comments, kubernetes_version, output_directory, sets, templates


@click.command(name="kustomize")
@click.argument("spec")
@output_directory("Write DIR/base and DIR/overlays.")
@check
@sets
@kubernetes_version
@comments
@templates
def command(  # noqa: PLR0913, PLR0917 - one parameter per option
    spec: str,
    output: str,
    check: bool,
    sets: tuple[str, ...],
    kubernetes_version: str,
    comments: bool,
    templates: str,
) -> int:
    """Write a service as a kustomize base with an overlay per environment.

    SPEC is a service.yaml, or `-` for standard input. The base is what `k8sgen render` prints, one file per
    object; an overlay is the difference to `k8sgen render --env NAME`, computed from the rendered objects.
    `kustomize build` of each gives exactly those objects. One directory holds one service.

    \b
    k8sgen kustomize service.yaml -o deploy/orders
    k8sgen kustomize service.yaml -o deploy/orders --check    the CI line: 1 when stale
    kustomize build deploy/orders/overlays/production
    """  # noqa: D301 - \b is click's mark for lines that keep their breaks
    from k8sgen.cli.specs import named_spec
    from k8sgen.cli.write import carry_out
    from k8sgen.fleet.kustomization import check_owner, covers, kustomization_of
    from k8sgen.fleet.service import Builder, Options
    from k8sgen.render.tree import Marked, plan_tree

    builder = Builder(
        Options(sets=sets, kubernetes_version=kubernetes_version, comments=comments, templates=templates)
    )
    made = kustomization_of(builder, named_spec(spec))
    root = Path(output)
    check_owner(made, root)
    for note in dict.fromkeys(made.notes):
        click.echo(f"note: {note}", err=True)
    return int(carry_out(plan_tree(root, made.files, Marked(covers(made, root))), check=check))
