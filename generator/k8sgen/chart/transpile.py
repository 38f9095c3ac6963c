"""All templates, derived values and rules of a chart, for the fields that it carries."""

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

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from k8sgen.chart.usage import Usage
    from k8sgen.render.language import Template

EXTRA_OBJECTS = """\
{{- range $object := .Values.extraObjects }}
---
{{ toYaml $object }}
{{- end }}
"""
"""Whole objects travel in the values; what they hold is Kubernetes' own."""


@dataclass(frozen=True, slots=True)
class Transpiled:
    """The files below templates/ by their path, and what they read, derived-unless-given fields included."""

    files: Mapping[str, str]
    usage: Usage


@cache
def read_own(name: str) -> Template:
    """The tree of one of our own templates. Raises TemplateError."""
    return parse_template(name, assets.read_text("templates", name), f"templates/{name}", DERIVATIONS)


def transpile(chart: str, minor: int, usage: Usage, read: Read = read_own) -> Transpiled:
    """The templates of a chart for one version of Kubernetes. Raises TemplateError."""
    helpers = Helpers(chart, minor)
    partials = Partials(helpers, read)
    files = {name.removesuffix(".j2"): partials.file(name) for name in TEMPLATES}
    files["extraobjects.yaml"] = EXTRA_OBJECTS
    rules = write_rules(RULES, helpers)
    files["refuse.yaml"] = f"{{{{- include {json.dumps(helpers.own('refuse'))} . }}}}\n"
    files["_helpers.tpl"] = "\n".join([helpers.head(), *partials.defines(), rules, *needed(helpers)])
    return Transpiled(files, usage)


def needed(helpers: Helpers) -> Iterator[str]:
    """The helper of every derived value that was asked for, and of those that these ask for."""
    written: set[str] = set()
    while waiting := [name for name in helpers.functions if name not in written]:
        for name in waiting:
            written.add(name)
            yield write_helper(helpers.functions[name], helpers)
