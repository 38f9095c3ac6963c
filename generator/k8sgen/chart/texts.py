"""What only a chart has, from `templates/chart/`: notes, the connection test, README and .helmignore.

They are Go templates and Markdown, so what is decided at generation stands in square brackets:
`[[ chart ]]` and `[% if reachable %]`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined

from k8sgen import assets
from k8sgen.chart.readme import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from k8sgen.chart.usage import Usage
    from k8sgen.chart.values import OwnValue
    from k8sgen.spec.service_spec import Spec


@dataclass(frozen=True, slots=True)
class Told:
    """What the texts tell of a chart; versions are Kubernetes', such as 1.35."""

    chart: str
    spec: Spec
    usage: Usage
    own: Sequence[OwnValue]
    environments: Sequence[str]
    source: str
    target: str
    minimum: str
    generic: bool

    @property
    def reachable(self) -> bool:
        """Whether the service may have a Service of its own, to which `helm test` connects."""
        return may_be_reached(self.usage)

    def has(self, path: str) -> bool:
        """Whether the chart carries a field."""
        return self.usage.has(tuple(path.split(".")))


def may_be_reached(usage: Usage) -> bool:
    """Whether a chart may have the service's own Service."""
    return usage.has(("ports",)) and usage.has(("service",))


def texts(told: Told) -> Mapping[str, str]:
    """The files by their path in the chart."""
    files = {"templates/NOTES.txt": "NOTES.txt", ".helmignore": "helmignore", "README.md": "README.md"}
    if told.reachable:
        files |= {
            "templates/_reachable.tpl": "_reachable.tpl",
            "templates/tests/connection.yaml": "tests/connection.yaml",
        }
    namespace = told.spec.namespace
    context = {
        "chart": told.chart,
        "environments": told.environments,
        "exposed": told.has("expose"),
        "generic": told.generic,
        "has": told.has,
        "in_namespace": f" -n {namespace}" if namespace else "",
        "minimum": told.minimum,
        "reachable": told.reachable,
        "source": told.source,
        "table": "\n".join(table(told.spec, told.usage, told.own, generic=told.generic)),
        "target": told.target,
    }
    environment = brackets()
    return {path: environment.get_template(name).render(context) for path, name in files.items()}


def brackets() -> Environment:
    """Jinja with square brackets; statements alone on their lines leave none behind."""
    return Environment(
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - it writes YAML and Markdown, not HTML
        loader=FunctionLoader(lambda name: assets.read_text("templates", f"chart/{name}")),
    )
