"""A chart directory for one service: values, templates and helpers that say what `render` says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from k8sgen.chart.patches import patches_of
from k8sgen.chart.transpile import read_own, transpile
from k8sgen.chart.usage import usage_of
from k8sgen.spec.long_form import long_form
from k8sgen.yamltext.write import document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from k8sgen.chart.templates import Read
    from k8sgen.spec.load import LoadedSpec

NOT_IN_VALUES = ("name",)
"""In a chart of its own, the name is the chart's."""


@dataclass(frozen=True, slots=True)
class Chart:
    """The files of a chart by their path below it."""

    files: Mapping[str, str]

    def write(self, directory: Path) -> None:
        """Write the files into a directory of their own."""
        for path, text in self.files.items():
            file = directory / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")


def chart_of(loaded: LoadedSpec, read: Read = read_own, *, environments: Sequence[LoadedSpec] = ()) -> Chart:
    """The chart of one service, for one version of Kubernetes. Raises TemplateError."""
    usage = usage_of([loaded.spec, *(each.spec for each in environments)])
    made = transpile(loaded.spec.name, loaded.kubernetes_minor, usage, read, patches_of(loaded, environments))
    files = {"Chart.yaml": document(metadata(loaded)), "values.yaml": document(values(loaded))}
    return Chart(files | {f"templates/{name}": text for name, text in made.files.items()})


def metadata(loaded: LoadedSpec) -> dict[str, object]:
    """Chart.yaml."""
    return {
        "apiVersion": "v2",
        "name": loaded.spec.name,
        "version": "0.1.0",
        "appVersion": loaded.spec.image.tag or loaded.spec.image.digest or "",
        "kubeVersion": f">=1.{loaded.kubernetes_minor}.0-0",
        "type": "application",
    }


def values(loaded: LoadedSpec) -> dict[str, object]:
    """values.yaml: the spec in long form."""
    own = {key: value for key, value in long_form(loaded.spec).items() if key not in NOT_IN_VALUES}
    return {**own, "environment": ""}
