"""Which derived value speaks for a field that is derived unless given: it is read through that alone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from k8sgen.render.types import member, signature_of
from k8sgen.resolve.registry import DERIVATIONS
from k8sgen.spec.model import Model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from k8sgen.spec.fields import Type

GIVEN = "a derived value with this field as given="
"""What to write for a field for which none speaks yet."""


def speaker_of(part: Type, key: str) -> str:
    """The call of the derived value that speaks for a field of a part; "" when there is none."""
    known = speakers()
    for model in part.scalars or (part.model,):
        for owner in getattr(model, "__mro__", ()):
            if (owner, key) in known:
                return known[owner, key]
    return ""


@cache
def speakers() -> Mapping[tuple[type[Model], str], str]:
    """The derivation of each field that is derived unless given, by the field's model and key."""
    return dict(spoken_for())


def spoken_for() -> Iterator[tuple[tuple[type[Model], str], str]]:
    """Each derivation that has a field of its own."""
    for derivation in DERIVATIONS.values():
        if not derivation.given:
            continue
        parameters = signature_of(derivation).parameters
        here = parameters[0][1]
        for key in derivation.given.split("."):
            found = member(here, key)
            if found is None:
                break
            asked = f"{derivation.name}({', '.join(name for name, _ in parameters)})"
            for model in here.scalars or (here.model,):
                if model is not None and issubclass(model, Model):
                    yield (model, key), asked
            here = found.type
