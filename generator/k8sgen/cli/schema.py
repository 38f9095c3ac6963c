"""`k8sgen schema`."""

from __future__ import annotations

import json

import click


@click.command(name="schema")
@click.argument("which", type=click.Choice(["service", "k8sgen", "lint"]), default="service")
def command(which: str) -> int:
    """Print the JSON Schema of service.yaml, with `k8sgen` that of k8sgen.yaml, with `lint` that of JSON reports.

    \b
    Editors with the YAML language server check and complete a spec that begins with
      # yaml-language-server: $schema=PATH/service.schema.json
    """  # noqa: D301 - \b is click's mark for lines that keep their breaks
    if which == "lint":
        from k8sgen.report.json_report import schema as report_schema

        schema = report_schema()
    else:
        from k8sgen.spec.json_schema import service_schema, settings_schema

        schema = service_schema() if which == "service" else settings_schema()
    click.echo(json.dumps(schema, indent=2, ensure_ascii=False))
    return 0
