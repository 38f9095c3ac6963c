"""The answer of a function where it is asked, in place of a helper of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from k8sgen.chart.derivations import NeedsLinesError, Writer
from k8sgen.chart.golang import WHOLE_SPEC, Value, constant, literal, number
from k8sgen.chart.helpers import ROOTED, Function, Helpers, codec_of, name_of
from k8sgen.chart.twins import TWINS
from k8sgen.render.types import SPEC, Signature, signature_of
from k8sgen.resolve.derivation import Derivation

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

LONGEST_INLINE = 80
"""Characters of an expression that reads better where it is used than in a helper of its own."""


def inline(function: Function, arguments: Mapping[str, Value], helpers: Helpers) -> Value | None:
    """The answer of a function where it is asked, when that is a constant or a short expression."""
    if name_of(function) in TWINS or (isinstance(function, Derivation) and function.given):
        return None
    key = (name_of(function), tuple((name, known_of(value)) for name, value in arguments.items()))
    if key not in helpers.inlined:
        helpers.inlined[key] = inline_anew(function, arguments, helpers)
    found, notes = helpers.inlined[key]
    if found is not None:
        helpers.keep(notes)
    return found


def known_of(value: Value) -> Hashable:
    """What the answer of a function may depend on in an argument."""
    return (
        value.code,
        value.type,
        value.paths,
        value.optional,
        value.whole,
        value.textual,
        repr(value.constant),
    )


def inline_anew(
    function: Function, arguments: Mapping[str, Value], helpers: Helpers
) -> tuple[Value | None, Helpers]:
    """The answer of a function as an expression, and what it asks other helpers."""
    signature = signature_of(function)
    parameters = {
        key: {SPEC: WHOLE_SPEC}.get(type_, Value("", type_)) if type_ in ROOTED else arguments[key]
        for key, type_ in signature.parameters
    }
    writer = Writer(function, helpers.scratch(), parameters)
    writer.quiet = True
    try:
        writer.block(writer.tree.body)
    except NeedsLinesError:
        return None, helpers
    (found,) = writer.answered or [literal(None)]
    if not found.known and len(found.code) > LONGEST_INLINE:
        return None, helpers
    writer.helpers.drop_all_but(found.code)
    return as_answer(found, signature), writer.helpers


def as_answer(value: Value, signature: Signature) -> Value:
    """A value as a function's answer, of the type that the function says."""
    if value.known:
        return constant(value.constant, signature.returns) if value.constant is None else value
    if codec_of(signature) == "number":
        return Value(number(value), signature.returns, whole=True)
    if codec_of(signature) == "text" and not value.is_text:
        return value
    return replace(value, type=signature.returns, optional=signature.optional)
