"""`k8sgen values`."""

from __future__ import annotations

import click

from k8sgen.cli.options import sets


@click.command(name="values")
@click.argument("spec")
@click.option(
    "-e", "--env", "environment", default="", metavar="NAME", help="Environment whose layers are merged."
)
@sets
def command(spec: str, environment: str, sets: tuple[str, ...]) -> int:
    """Show a spec in long form, every default filled in.

    SPEC is a service.yaml, or `-` for standard input. Fields that are derived unless given stand as
    comments that say how. The output is also the values file of the chart in charts/service.

    \b
    k8sgen values service.yaml --env production
    """  # noqa: D301 - \b is click's mark for lines that keep their breaks
    from k8sgen.cli.specs import one_spec
    from k8sgen.spec.values_text import values_text

    builder, document = one_spec(spec, environment=environment, sets=sets)
    loaded = builder.rendered(document, environment).loaded
    click.echo(values_text(loaded.spec), nl=False)
    if loaded.spec.patches:
        click.echo(
            "note: patches are no values and are left out; a chart of `k8sgen chart` carries them", err=True
        )
    return 0
