"""The helpers of one chart: which there are, what they are called, and how they are asked.

A helper answers text. A number is read back by `int64`, true is "true" and false is "", and everything
else travels as JSON in `{"v": …}`, so that null, lists and what may be number or text come back as they
were.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from types import FunctionType
from typing import TYPE_CHECKING, Any, Literal

from pydantic.alias_generators import to_camel

from k8sgen import features
from k8sgen.chart.golang import Value, call, literal, plain, term
from k8sgen.render.types import CLUSTER, RELEASE, SPEC, TEXT, Signature, signature_of
from k8sgen.resolve.derivation import Derivation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Codec = Literal["number", "boolean", "text", "json"]

ROOTED = frozenset({SPEC, RELEASE, CLUSTER})
"""What a helper finds from the chart's root, and is therefore not handed."""

OWN = """\
{{/* The service's name. */}}
{{- define "CHART.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{/* The name of the objects: the release, with the chart's name unless it holds that already. */}}
{{- define "CHART.fullname" -}}
{{- $name := include "CHART.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{/* A number or a text as text: numbers of a values file are floats, and would print as 1e+06. */}}
{{- define "CHART.text" -}}
{{- if kindIs "string" . -}}{{- . -}}{{- else if kindIs "bool" . -}}{{- . -}}{{- else -}}{{- int64 . -}}{{- end -}}
{{- end }}

{{/* A path of the values and a dot, for messages; keys that hold dots or slashes stand in brackets. */}}
{{- define "CHART.path" -}}
{{- $path := "" -}}
{{- range . -}}
{{- if or (contains "." .) (contains "/" .) (not .) -}}{{- $path = printf "%s[%s]" $path . -}}
{{- else if $path -}}{{- $path = printf "%s.%s" $path . -}}
{{- else -}}{{- $path = . -}}{{- end -}}
{{- end -}}
{{- printf "%s." $path -}}
{{- end }}
"""
"""What every chart has, with CHART for its name."""


@dataclass
class Helpers:
    """The functions of one chart, in the order in which they were first asked for."""

    chart: str
    minor: int
    functions: dict[str, Callable[..., Any] | Derivation[..., Any]] = field(default_factory=dict)

    def own(self, name: str) -> str:
        """The full name of a helper: defines are global over all charts of an installation."""
        return f"{self.chart}.{name}"

    def head(self) -> str:
        """The helpers that are not written in Python."""
        return OWN.replace("CHART", self.chart)

    def ask(
        self, function: Callable[..., Any] | Derivation[..., Any], arguments: Mapping[str, Value], root: str
    ) -> Value:
        """The answer of a derived value, as an expression; the function becomes a helper of the chart."""
        name = function.name if isinstance(function, Derivation) else function.__name__
        signature = signature_of(function)
        self.functions.setdefault(name, function)
        handed = [(key, arguments[key]) for key, type_ in signature.parameters if type_ not in ROOTED]
        context = (
            call(
                "dict",
                *(
                    ['"root"', root]
                    + [code for key, value in handed for code in (json.dumps(key), plain(value))]
                ),
            )
            if handed
            else root
        )
        return answer(f"include {json.dumps(self.own(to_camel(name)))} {term(context)}", signature)


def codec_of(signature: Signature) -> Codec:
    """How a helper answers."""
    if not signature.optional and signature.returns.shape == "scalar":
        known: Mapping[tuple[type, ...], Codec] = {(int,): "number", (bool,): "boolean", (str,): "text"}
        return known.get(signature.returns.scalars, "json")
    return "json"


def answer(code: str, signature: Signature) -> Value:
    """A helper's text as the value that it stands for."""
    codec = codec_of(signature)
    if codec == "number":
        return Value(f"int64 ({code})", signature.returns, whole=True)
    if codec == "json":
        return Value(f"(fromJson ({code})).v", signature.returns, optional=signature.optional)
    return Value(code, signature.returns, textual=codec == "boolean")


def context_member(base: Value, key: str, root: str, helpers: Helpers, *, printed: bool) -> Value | None:
    """A field of the spec, the release or the cluster that the values do not hold; None for all others.

    A chart prints no namespace (`printed`), and where a rule or reference asks for it, it is the release's.
    """
    if base.type == CLUSTER:
        return literal(helpers.minor)
    if base.type == RELEASE:
        place = {"name": ".Release.Name", "namespace": ".Release.Namespace"}.get(key)
        return (
            Value(under(root, place), TEXT)
            if place
            else Value(f"include {json.dumps(helpers.own('fullname'))} {root}", TEXT)
        )
    if base.type == SPEC:
        if key == "name":
            return Value(f"include {json.dumps(helpers.own('name'))} {root}", TEXT)
        if key == "version":
            return literal(1)
        if key == "namespace":
            return literal(None) if printed else Value(under(root, ".Release.Namespace"), TEXT)
        if key in {"patches", "extraObjects"}:
            return literal({})
    return None


def under(root: str, path: str) -> str:
    """A path that starts at the root."""
    return path if root == "." else f"{root}{path}"


def constant_answer(function: Any, arguments: Sequence[Value], helpers: Helpers) -> Value | None:
    """The answer of a function that depends on the target version alone; a chart is for one version."""
    plain_function = function.function if isinstance(function, Derivation) else function
    if (
        isinstance(plain_function, FunctionType)
        and plain_function.__name__ == "supports"
        and arguments
        and arguments[0].known
    ):
        return literal(features.available(arguments[0].constant, helpers.minor))
    return None
