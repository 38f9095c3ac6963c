"""The helpers of one chart: which there are, what they are called, and how they are asked.

A helper answers text. A number is read back by `int64`, true is "true" and false is "", and everything
else travels as JSON in `{"v": …}`, so that null, lists and what may be number or text come back as they
were.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import FunctionType
from typing import TYPE_CHECKING, Any, Literal

from k8sgen import features
from k8sgen.chart.golang import (
    ROOT,
    WHOLE_SPEC,
    Value,
    call,
    constant,
    field_of,
    literal,
    plain,
    take_up,
    term,
    to_camel,
)
from k8sgen.chart.twins import TWINS
from k8sgen.chart.usage import ENTRY, EVERYTHING, Path, Usage
from k8sgen.render.types import CLUSTER, RELEASE, SPEC, TEXT, Member, Signature, members, signature_of
from k8sgen.resolve.derivation import Derivation
from k8sgen.spec.fields import ANY

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from k8sgen.spec.fields import Type

Function = Callable[..., Any] | Derivation[..., Any]
"""A derived value, a rule's check, or a plain function that they call."""

Codec = Literal["number", "boolean", "text", "json"]

ROOTED = frozenset({SPEC, RELEASE, CLUSTER})
"""What a helper finds from the chart's root, and is therefore not handed."""

NAMES = """\
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
"""
"""The names of a chart of one service, with CHART for the chart's: Helm's usual rule for the full name."""

NAMES_FROM_VALUES = """\
{{/* The service's name, which in this chart is a value. */}}
{{- define "CHART.name" -}}
{{- .Values.name -}}
{{- end }}

{{/* The name of the objects, which in this chart is the service's. */}}
{{- define "CHART.fullname" -}}
{{- .Values.name -}}
{{- end }}
"""
"""The names of the chart that takes any service as its values."""

TEXT_OF = """\
{{/* A number or a text as text: numbers of a values file are floats, and would print as 1e+06. */}}
{{- define "CHART.text" -}}
{{- if kindIs "string" . -}}{{- . -}}{{- else if kindIs "bool" . -}}{{- . -}}{{- else -}}{{- int64 . -}}{{- end -}}
{{- end }}
"""

PATH = """\
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

OWN = {"text": TEXT_OF, "path": PATH}
"""What a chart has where it asks for it, with CHART for its name."""


@dataclass
class Helpers:
    """The helpers of one chart: what it carries, how they are called, and what is handed to them.

    A chart is written in passes. Each pass writes helpers for what the pass before found out of their
    arguments (`known`) and notes anew what they are asked about (`asked`); when both are the same, the
    calls and the helpers fit each other.
    """

    chart: str
    minor: int
    usage: Usage = EVERYTHING
    generic: bool = False
    known: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    asked: dict[str, dict[str, Value]] = field(default_factory=dict)
    unread_before: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unread: dict[str, frozenset[str]] = field(default_factory=dict)
    """The parameters that a helper does not read, because all that would read them has fallen away."""
    functions: dict[str, Function] = field(default_factory=dict)
    given: set[Path] = field(default_factory=set)
    """Fields that are derived unless given, where a helper of the chart asks for what is given."""
    features: set[str] = field(default_factory=set)
    """The features of Kubernetes by which something was decided for the target version."""
    inlined: dict[Hashable, tuple[Value | None, Helpers]] = field(default_factory=dict)
    """What `inline` has found out in this pass."""
    inline: Callable[[Function, Mapping[str, Value], Helpers], Value | None] | None = None
    """The answer of a function that needs no helper: a constant, or a short expression."""

    def scratch(self) -> Helpers:
        """The same helpers, with notes of its own that may be thrown away."""
        return replace(self, asked={}, functions={}, given=set(), features=set())

    def keep(self, notes: Helpers) -> None:
        """Take over the notes of an attempt that has succeeded."""
        for name, function in notes.functions.items():
            self.functions.setdefault(name, function)
            self.note(name, signature_of(function), notes.asked[name])
        self.given |= notes.given
        self.features |= notes.features

    def drop_all_but(self, code: str) -> None:
        """Forget the questions of an attempt whose answers did not come into its code."""
        for name in [name for name in self.functions if json.dumps(self.own(to_camel(name))) not in code]:
            del self.functions[name], self.asked[name]

    def own(self, name: str) -> str:
        """The full name of a helper: defines are global over all charts of an installation."""
        return f"{self.chart}.{name}"

    def head(self, asking: str) -> list[str]:
        """The helpers that are not written in Python: the names, and what the rest of the chart asks for."""
        names = NAMES_FROM_VALUES if self.generic else NAMES
        asked = [text for name, text in OWN.items() if f'include "{self.own(name)}" ' in asking]
        return [text.replace("CHART", self.chart) for text in (names, *asked)]

    def field(self, base: Value, key: str, found: Member, *, safe: bool) -> Value:
        """What stands under a key of a part of the spec: what the chart does not carry is a constant."""
        if base.known and base.constant is None:
            return constant(None, found.type)
        value = field_of(base, key, found, safe=safe)
        if value.paths is None or found.field is None:
            return value
        used = frozenset(path for path in value.paths if self.usage.has(path))
        if not used and found.field.kind == "default" and found.type.shape == "model":
            return value  # a part that is not carried: each of its fields is a constant
        if not used:
            return constant(found.field.default if found.field.kind == "default" else None, found.type)
        return replace(value, paths=used)

    def carry_whole(self, value: Value) -> None:
        """Remember that a part of the spec is printed whole, with every constant default in it."""
        self.given.update(one for path in value.paths or () for one in always_below(value.type, path))

    def entry_of(self, base: Value) -> Value:
        """An entry of a map or an item of a list, without its code."""
        type_ = base.type.item or ANY
        if base.paths is None:
            return Value("", type_)
        return Value("", type_, paths=frozenset((*path, ENTRY) for path in base.paths))

    def is_empty(self, value: Value) -> bool:
        """Whether a map or list is known to hold nothing, in every environment."""
        if value.known:
            return not value.constant
        item = value.type.item
        if value.paths is None or value.type.shape not in {"map", "list"} or item is None or item == ANY:
            return False
        return not any(self.usage.has((*path, ENTRY)) for path in value.paths)

    def parameters(self, signature: Signature, found_out: Mapping[str, Value]) -> dict[str, Value]:
        """The parameters of a helper: constants where every call agrees, else variables of the helper."""
        result = {}
        for key, type_ in signature.parameters:
            if type_ in ROOTED:
                result[key] = WHOLE_SPEC if type_ == SPEC else Value("", type_)
                continue
            found = found_out.get(key)
            if found is not None and (found.known or found.is_root):
                result[key] = found
                continue
            result[key] = Value(
                f"${to_camel(key)}",
                type_,
                optional=key in signature.may_be_none,
                paths=found.paths if found is not None else None,
            )
        return result

    def ask(self, function: Function, arguments: Mapping[str, Value]) -> Value:
        """The answer of a derived value, as an expression; the function becomes a helper of the chart."""
        answered = self.inline(function, arguments, self) if self.inline else None
        if answered is not None:
            return answered
        name = name_of(function)
        signature = signature_of(function)
        self.functions.setdefault(name, function)
        self.note(name, signature, arguments)
        agreed = {} if name in TWINS else self.known.get(name, {})  # a twin reads whatever it is handed
        handed = self.handed(name, self.parameters(signature, agreed))
        context = context_of({key: arguments[key] for key in handed})
        return answer(f"include {json.dumps(self.own(to_camel(name)))} {term(context)}", signature)

    def handed(self, name: str, parameters: Mapping[str, Value]) -> list[str]:
        """The parameters that a helper is handed; it finds the others by itself, or does not read them."""
        unread = self.unread_before.get(name, frozenset())
        return [key for key, value in parameters.items() if value.code.startswith("$") and key not in unread]

    def note_unused(self, name: str, parameters: frozenset[str]) -> None:
        """Remember which of its parameters a helper does not read."""
        self.unread[name] = parameters

    def note(self, name: str, signature: Signature, arguments: Mapping[str, Value]) -> None:
        """Remember what a helper is asked about."""
        before = self.asked.setdefault(name, {})
        for key, type_ in signature.parameters:
            if type_ not in ROOTED:
                take_up(before, key, arguments[key])


def always_below(type_: Type, path: Path) -> Iterator[Path]:
    """A path, and those of what is always there below it."""
    yield path
    for key, found in members(type_).items():
        if found.always:
            yield from always_below(found.type, (*path, key))


def name_of(function: Function) -> str:
    """The name of a function, whether it is a derived value or a plain one."""
    return function.name if isinstance(function, Derivation) else function.__name__


def context_of(handed: Mapping[str, Value]) -> str:
    """What a define is included with: the chart's root, alone or beside what it is handed."""
    pairs = (code for key, value in handed.items() for code in (json.dumps(key), plain(value)))
    return call("dict", '"root"', ROOT, *pairs) if handed else ROOT


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


def context_member(base: Value, key: str, helpers: Helpers, *, printed: bool) -> Value | None:
    """A field of the spec, the release or the cluster that the values do not hold; None for all others.

    A chart prints no namespace (`printed`), and where a rule or reference asks for it, it is the release's.
    """
    if base.type == CLUSTER:
        return literal(helpers.minor)
    if base.type == RELEASE:
        place = {"name": ".Release.Name", "namespace": ".Release.Namespace"}.get(key)
        return (
            Value(f"{ROOT}{place}", TEXT)
            if place
            else Value(f"include {json.dumps(helpers.own('fullname'))} {ROOT}", TEXT)
        )
    if base.type == SPEC:
        if key == "name":
            return Value(f"include {json.dumps(helpers.own('name'))} {ROOT}", TEXT)
        if key == "version":
            return literal(1)
        if key == "namespace":
            return literal(None) if printed else Value(f"{ROOT}.Release.Namespace", TEXT)
        if key in {"patches", "extraObjects"}:
            return literal({})
    return None


def constant_answer(function: Any, arguments: Sequence[Value], helpers: Helpers) -> Value | None:
    """The answer of a function that depends on the target version alone; a chart is for one version."""
    plain_function = function.function if isinstance(function, Derivation) else function
    if (
        isinstance(plain_function, FunctionType)
        and plain_function.__name__ == "supports"
        and arguments
        and arguments[0].known
    ):
        helpers.features.add(arguments[0].constant)
        return literal(features.available(arguments[0].constant, helpers.minor))
    return None
