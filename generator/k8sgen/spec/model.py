"""The shape every part of the spec shares, and the four kinds of field it is made of."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from k8sgen.yamltext.read import Map

if TYPE_CHECKING:
    from pydantic.config import JsonDict

REASON = "x-reason"
DERIVED = "x-derived"
KUBERNETES = "x-kubernetes"
"""Marks a field, or the items of a list, whose values are Kubernetes' own: the name of their definition in the
published schemas, with `#property` for a property of it, or `WHOLE`."""
WHOLE = "*"
"""Says of a field that it holds whole objects, of any kind."""


class Model(BaseModel):
    """A part of the spec: strict, frozen, and closed to keys it does not know.

    `either` names groups of keys of which at most one may be given; `required_one` the groups of
    which one must be. Both are checked after the layers have been merged, because each layer may
    hold another branch.
    """

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        alias_generator=to_camel,
        defer_build=True,
        validate_default=False,
    )

    either: ClassVar[tuple[tuple[str, ...], ...]] = ()
    required_one: ClassVar[tuple[tuple[str, ...], ...]] = ()
    short_forms: ClassVar[tuple[dict[str, Any], ...]] = ()
    """JSON Schemas of what `expand` takes in place of the long form."""

    @classmethod
    def expand(cls, value: Any) -> Any:
        """The long form of what a layer says here, or the value itself when it has no short form.

        Only the top of `value` is rewritten; the walk in `k8sgen.spec.expand` goes on from there.
        """
        return value


class Section(Model):
    """An optional part that is switched by `enabled`; giving it in a spec switches it on."""

    short_forms: ClassVar[tuple[dict[str, Any], ...]] = ({"type": "boolean"},)

    @classmethod
    def expand(cls, value: Any) -> Any:
        """`true`, `false` and a map without `enabled` become a map with it."""
        if isinstance(value, bool):
            return {"enabled": value}
        if isinstance(value, dict) and "enabled" not in value:
            return with_keys(value, {"enabled": True})
        return value


def with_keys(value: dict[str, Any], added: dict[str, Any], *without: str) -> Map:
    """A copy of `value` with keys set and others left out.

    A key that was there keeps its place; a new one stands where `value` stands.
    """
    result = Map((key, item) for key, item in value.items() if key not in without)
    if isinstance(value, Map):
        result.mark = value.mark
        result.marks = {key: mark for key, mark in value.marks.items() if key not in without}
        if value.mark is not None:
            for key in added:
                result.marks.setdefault(key, value.mark)
    result.update(added)
    return result


def required(description: str, **bounds: Any) -> Any:
    """A field that a spec must give."""
    return Field(description=description, **bounds)


def optional(description: str, *, kubernetes: str = "", **bounds: Any) -> Any:
    """A field that stays out of everything until it is given."""
    return Field(default=None, description=description, json_schema_extra=marks(kubernetes), **bounds)


def default(value: Any, description: str, reason: str = "", *, kubernetes: str = "", **bounds: Any) -> Any:
    """A field with a constant default, and the reason for that constant (shown as a comment)."""
    extra = marks(kubernetes, **{REASON: reason} if reason else {})
    if isinstance(value, (dict, list)):
        return Field(default_factory=value.copy, description=description, json_schema_extra=extra, **bounds)
    return Field(default=value, description=description, json_schema_extra=extra, **bounds)


def part(model: type[Model], description: str) -> Any:
    """A part of the spec that is always there: all of its own fields have defaults.

    Models are frozen, so that one instance serves every spec that leaves the part out.
    """
    return Field(default_factory=cache(model.model_construct), description=description)


def derived(how: str, description: str, *, kubernetes: str = "", **bounds: Any) -> Any:
    """A field that is derived unless given; `how` stands as a comment where its value would."""
    extra = marks(kubernetes, **{DERIVED: how})
    return Field(default=None, description=description, json_schema_extra=extra, **bounds)


def marks(kubernetes: str, **others: str) -> JsonDict | None:
    """What is said about a field beside its type; `kubernetes` names the definition of what it holds."""
    said: JsonDict = {**others, **({KUBERNETES: kubernetes} if kubernetes else {})}
    return said or None
