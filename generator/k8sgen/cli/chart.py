"""`k8sgen chart`."""

from __future__ import annotations

from pathlib import Path

import click

from k8sgen.cli.options import check, kubernetes_version, output_directory, templates


@click.command(name="chart")
@click.argument("spec")
@output_directory("The chart's directory: new, empty, or one that k8sgen wrote.")
@check
@kubernetes_version
@templates
def command(spec: str, output: str, check: bool, kubernetes_version: str, templates: str) -> int:
    """Write the Helm chart of a service.

    The chart renders to what `k8sgen render` prints, without k8sgen: its values are the spec in long
    form, its templates carry what the service or one of its environments uses, and derived values are
    derived again from what is overridden. values-NAME.yaml holds what differs in an environment.

    A chart is for one version of Kubernetes: --kubernetes-version, else the lowest of its environments.
    Values are overridden in Helm, so there is no --set.

    \b
    k8sgen chart service.yaml -o chart/
    helm upgrade --install orders chart/ -f chart/values-production.yaml
    k8sgen chart service.yaml -o chart/ --check       the CI line: 1 when stale
    """  # noqa: D301 - \b is click's mark for lines that keep their breaks
    from k8sgen.cli.specs import named_spec
    from k8sgen.cli.write import write_directory
    from k8sgen.fleet.chart import chart_of_spec
    from k8sgen.fleet.service import Builder, Options

    builder = Builder(Options(kubernetes_version=kubernetes_version, templates=templates))
    chart = chart_of_spec(builder, named_spec(spec))
    return int(write_directory(Path(output), chart.files, check=check))
