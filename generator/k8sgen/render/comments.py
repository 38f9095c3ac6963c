"""The reasons that stand behind the values which the tool chose."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from k8sgen.render.printer import Derived, Path
from k8sgen.spec.fields import Type, fields_of
from k8sgen.spec.service_spec import Spec

if TYPE_CHECKING:
    from k8sgen.spec.load import LoadedSpec

SPEC = Type("model", model=Spec)


def reason_of(base: Path, tail: Path, loaded: LoadedSpec) -> str:
    """Why the tool chose a value; nothing when the user gave it, or when there is nothing to say."""
    if base and isinstance(base[0], Derived):
        chosen: Derived = base[0]
        if (
            tail
            or len(base) > 1
            or (chosen.arguments and chosen.derivation.given_value(chosen.arguments[0]) is not None)
        ):
            return ""
        if chosen.derivation.field and is_set(loaded.values, chosen.derivation.field):
            return ""
        return chosen.derivation.reason(*chosen.arguments)
    path = base + tail
    reason = default_reason(path)
    return reason if reason and not is_set(loaded.values, path) else ""


@lru_cache(10_000)
def default_reason(path: Path) -> str:
    """The reason of a constant default, "" for any other field."""
    here: Type = SPEC
    reason = ""
    for key in path:
        reason = ""
        if here.shape == "model" and here.model is not None:
            field = fields_of(here.model).get(key)
            if field is None:
                return ""
            reason, here = field.reason, field.type
        elif here.item is not None:
            here = here.item
        else:
            return ""
    return reason


def is_set(values: Any, path: Path) -> bool:
    """Whether some layer gave a value at a path."""
    for key in path:
        if not isinstance(values, dict) or key not in values:
            return False
        values = values[key]
    return True


def add_comments(text: str, comments: dict[int, str]) -> str:
    """The text with a trailing comment on some of its lines (counted from 0)."""
    if not comments:
        return text
    lines = text.split("\n")
    for number, comment in comments.items():
        lines[number] += "  # " + comment
    return "\n".join(lines)
