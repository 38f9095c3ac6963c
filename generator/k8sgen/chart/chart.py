"""A chart directory for one service: values, templates and helpers that say what `render` says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from k8sgen import assets
from k8sgen.chart.derivations import write_helper
from k8sgen.chart.helpers import Helpers
from k8sgen.chart.rules import write_rules
from k8sgen.chart.templates import Partials, Read
from k8sgen.render.objects import TEMPLATES
from k8sgen.render.parse import parse_template
from k8sgen.resolve.registry import DERIVATIONS, RULES
from k8sgen.spec.long_form import long_form
from k8sgen.yamltext.write import document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from k8sgen.render.language import Template
    from k8sgen.spec.load import LoadedSpec

NOT_IN_VALUES = ("name",)
"""In a chart of its own, the name is the chart's."""


EXTRA_OBJECTS = """\
{{- range $object := .Values.extraObjects }}
---
{{ toYaml $object }}
{{- end }}
"""
"""Whole objects travel in the values; what they hold is Kubernetes' own."""


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


@cache
def read_own(name: str) -> Template:
    """The tree of one of our own templates. Raises TemplateError."""
    return parse_template(name, assets.read_text("templates", name), f"templates/{name}", DERIVATIONS)


def chart_of(loaded: LoadedSpec, read: Read = read_own) -> Chart:
    """The chart of one service, for one version of Kubernetes. Raises TemplateError."""
    helpers = Helpers(loaded.spec.name, loaded.kubernetes_minor)
    files = {"Chart.yaml": document(metadata(loaded)), "values.yaml": document(values(loaded))}
    partials = Partials(helpers, read)
    for name in TEMPLATES:
        files[f"templates/{name.removesuffix('.j2')}"] = partials.file(name)
    files["templates/extraobjects.yaml"] = EXTRA_OBJECTS
    rules = write_rules(RULES, helpers)
    files["templates/refuse.yaml"] = f"{{{{- include {json.dumps(helpers.own('refuse'))} . }}}}\n"
    parts = [helpers.head(), *partials.defines(), rules, *needed(helpers)]
    files["templates/_helpers.tpl"] = "\n".join(parts)
    return Chart(files)


def needed(helpers: Helpers) -> Iterator[str]:
    """The helper of every derived value that was asked for, and of those that these ask for."""
    written: set[str] = set()
    while waiting := [name for name in helpers.functions if name not in written]:
        for name in waiting:
            written.add(name)
            yield write_helper(helpers.functions[name], helpers)


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
    return {key: value for key, value in long_form(loaded.spec).items() if key not in NOT_IN_VALUES}
