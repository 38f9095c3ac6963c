"""One value: what it is, who set it in which file and line, why, and where that is written down."""

from __future__ import annotations

import difflib
import inspect
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from k8sgen.errors import Place, Problem, SpecError
from k8sgen.explain.trace import fields_read, given_path, parts_by_id
from k8sgen.render.origins import DerivedOrigin, Origin, PlaceOrigin, SpecOrigin, origin_of
from k8sgen.render.printer import Derived
from k8sgen.resolve.probes import probe_enabled
from k8sgen.resolve.registry import DERIVATIONS
from k8sgen.spec.fields import SpecField, field_at, fields_of
from k8sgen.spec.merge import look_up
from k8sgen.spec.model import Model
from k8sgen.spec.problems import mark_at, path_text, quoted
from k8sgen.spec.service_spec import Spec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from k8sgen.render.objects import Rendered, RenderedObject
    from k8sgen.resolve.derivation import Derivation
    from k8sgen.spec.load import LoadedSpec
    from k8sgen.yamltext.read import Mark
    from k8sgen.yamltext.scan import Pointer

SpecPath = tuple[str | int, ...]

MANY = 12
"""Names beyond which a list of them helps nobody."""


@dataclass(slots=True)
class Answer:
    """What there is to say of one value."""

    title: str
    value: Any
    set_by: str
    why: str = ""
    what: str = ""
    source: str = ""
    read: list[str] = field(default_factory=list)
    """For a derived value: the fields it was computed from, each with its value and who set that."""
    printed: list[str] = field(default_factory=list)
    """Where the value stands in the output."""
    holds: list[str] = field(default_factory=list)
    """For a map or a list: what is inside, each of which has an answer of its own."""


class Explainer:
    """Answers about one rendered service."""

    def __init__(self, rendered: Rendered) -> None:
        self.rendered = rendered
        self.loaded: LoadedSpec = rendered.loaded
        self.owners = parts_by_id(self.loaded.spec)
        self.by_field: dict[SpecPath, Derived] = {}
        self.printed: dict[SpecPath, list[str]] = {}
        for obj, pointer, origin in self.origins():
            inside = isinstance(origin, DerivedOrigin) and bool(origin.rest)
            where = f"{obj.kind}/{obj.name}: {path_text(pointer[:-1] if inside else pointer)}"
            if isinstance(origin, DerivedOrigin):
                path = given_path(origin.derived, self.owners)
                if path:
                    self.by_field.setdefault(path, origin.derived)
                    if where not in self.printed.setdefault(path, []):
                        self.printed[path].append(where)
            elif isinstance(origin, SpecOrigin):
                self.printed.setdefault(origin.path, []).append(where)
        for derived in self.unprinted():
            self.by_field.setdefault(given_path(derived, self.owners), derived)

    def unprinted(self) -> Iterator[Derived]:
        """Derived values that decide what is printed and may stand nowhere in the output: why something is not there."""
        spec = self.loaded.spec
        for derivation in DERIVATIONS.values():
            if (derivation.given or derivation.field) and parameters_of(derivation) == ("spec",):
                yield Derived(derivation, (spec,))
        for probe in (spec.probes.startup, spec.probes.liveness, spec.probes.readiness):
            yield Derived(probe_enabled, (probe, spec))

    def origins(self) -> Iterator[tuple[RenderedObject, Pointer, Origin]]:
        """Every printed value with its origin."""
        for obj in self.rendered.objects:
            for pointer, (base, tail) in obj.origins.records.items():
                yield obj, pointer, origin_of(base, tail, ())

    def explain(self, text: str) -> Answer:
        """The answer about `rollout.maxSurge` or `Deployment.spec.replicas`. Raises SpecError for a path that is not there."""
        keys = parse_path(text)
        if not keys:
            raise SpecError(no_such_path(text, "", ()))
        kind, _, name = str(keys[0]).partition("/")
        objects = [
            obj
            for obj in self.rendered.objects
            if obj.kind.lower() == kind.lower() and name in {"", obj.name}
        ]
        if not kind[:1].isupper() and (not objects or field_at(Spec, (kind,))):
            return self.of_field(tuple(keys), text)
        if not objects:
            rendered = dict.fromkeys(f"{obj.kind}/{obj.name}" for obj in self.rendered.objects)
            raise SpecError(Problem(f"no {keys[0]} is rendered", None, "rendered: " + ", ".join(rendered)))
        return self.of_output(objects, tuple(keys[1:]), text)

    def of_output(self, objects: list[RenderedObject], pointer: Pointer, text: str) -> Answer:
        """A value of the output, by its path in an object."""
        for obj in objects:
            value = look_up(obj.data, pointer)
            if value is not None:
                answer = self.of_origin(obj.origins.at(pointer), value)
                answer.title = f"{obj.kind}/{obj.name}" + (f": {path_text(pointer)}" if pointer else "")
                answer.holds = held(value, pointer)
                return answer
        raise SpecError(self.nothing_at(objects, pointer, text))

    def nothing_at(self, objects: list[RenderedObject], pointer: Pointer, text: str) -> Problem:
        """A path into objects that ends too far, with what there is where it leaves them."""
        depth, above, obj = max(
            (
                (depth, look_up(obj.data, pointer[:depth]), obj)
                for obj in objects
                for depth in range(len(pointer))
                if look_up(obj.data, pointer[:depth]) is not None
            ),
            key=lambda found: found[0],
        )
        where = f"{obj.kind}/{obj.name}: {path_text(pointer[:depth])}".removesuffix(": ")
        if isinstance(above, list):
            last = len(above) - 1
            hint = f"{where} ends with [{last}]" if above else f"{where} is empty"
        elif isinstance(above, dict):
            keys = [str(key) for key in above]
            close = difflib.get_close_matches(str(pointer[depth]), keys, 1, 0.6)
            hint = f"did you mean {close[0]}?" if close else f"{where} holds " + ", ".join(keys)
        else:
            hint = f"{where} is {shown(above)} and holds nothing"
        return Problem(f'there is nothing at "{text}"', None, hint)

    def of_origin(self, origin: Origin, value: Any) -> Answer:
        """What is behind a value of the output."""
        if isinstance(origin, SpecOrigin):
            if origin.path[:1] in {("release",), ("cluster",)}:
                return Answer(
                    "",
                    value,
                    "the name of the service" if origin.path[0] == "release" else "the target version",
                )
            answer = self.of_field(origin.path, path_text(origin.path))
            answer.value = value
            return answer
        if isinstance(origin, DerivedOrigin):
            return self.of_derived(origin.derived, value)
        if isinstance(origin, PlaceOrigin):
            return Answer("", value, f"{origin.what}, {origin.place}")
        return Answer("", value, f"template {origin.template}: every object of this kind has it")

    def of_field(self, path: SpecPath, text: str) -> Answer:
        """A field of the spec."""
        field_here = field_at(Spec, tuple(str(key) for key in path))
        if field_here is None and not self.is_entry(path):
            parent = field_at(Spec, tuple(str(key) for key in path[:-1]))
            raise SpecError(no_such_path(text, str(path[-1]) if path else "", known_keys(parent, path)))
        derived_at = next((end for end in range(len(path), 0, -1) if path[:end] in self.by_field), 0)
        missing = next((end for end in range(1, len(path) + 1) if self.is_missing(path[:end])), 0)
        if derived_at and not self.mark(path[:derived_at]) and (derived_at == len(path) or missing):
            derived = self.by_field[path[:derived_at]]
            whole = derived.derivation(*derived.arguments)
            value = look_up(whole, path[derived_at:])
            if value is None:
                raise SpecError(absent(text, str(path[-1]), path[:derived_at], whole))
            answer = self.of_derived(derived, value)
            answer.title = path_text(path)
        elif missing:
            above = path[: missing - 1]
            raise SpecError(absent(text, str(path[missing - 1]), above, self.value_at(above)))
        else:
            answer = self.of_plain_field(path, field_here)
        answer.printed = self.printed.get(path, [])
        return answer

    def is_missing(self, path: SpecPath) -> bool:
        """Whether a path names an entry of a map or list that is not there; a field is there without a value."""
        here = field_at(Spec, tuple(str(key) for key in path))
        is_field = here is not None and here.key == path[-1]
        return not is_field and not self.is_entry(path) and self.value_at(path) is None

    def of_plain_field(self, path: SpecPath, field_here: SpecField | None) -> Answer:
        """A field that was given, or has its constant default."""
        answer = Answer(path_text(path), self.value_at(path), self.who(path))
        if field_here is not None and field_here.key == path[-1]:
            answer.what = field_here.description
            given = self.mark(path) is not None
            if not given and field_here.kind == "default":
                answer.why = field_here.reason
            elif not given:
                answer.set_by = "nobody" + (
                    f"; derived: {field_here.derivation}" if field_here.derivation else ""
                )
        return answer

    def of_derived(self, derived: Derived, value: Any) -> Answer:
        """A derived value: its reason, its source, and what it was computed from."""
        derivation = derived.derivation
        path = given_path(derived, self.owners)
        if path and self.mark(path):
            return self.of_plain_field(path, field_at(Spec, tuple(str(key) for key in path)))
        answer = Answer(
            path_text(path) if path else derivation.name,
            derivation(*derived.arguments) if value is None else value,
            "k8sgen, derived",
            derivation.reason(*derived.arguments),
            inspect.getdoc(derivation.function) or "",
            derivation.source,
        )
        for read, found in fields_read(derived, self.owners).items():
            if found is not None:
                answer.read.append(f"{path_text(read)} = {shown(found)} ({self.who(read)})")
        return answer

    def mark(self, path: SpecPath) -> Mark | None:
        """Where a value was set, also inside a list; None when it is a default."""
        found = self.loaded.mark(path)
        if found is None and look_up(self.loaded.values, path) is not None:
            found = mark_at(self.loaded.values, path)
        return found

    def who(self, path: SpecPath) -> str:
        """Who set a field: layer, file and line, or the default."""
        mark = self.mark(path)
        if mark is None:
            return "default"
        place: Place = mark.place()
        label = next((name for name, layer in reversed(self.loaded.layers) if has(layer, path)), "")
        return f"{label}, {place}" if label and not str(place).startswith(label) else str(place)

    def value_at(self, path: SpecPath) -> Any:
        """The value of a field, defaults filled in."""
        here: Any = self.loaded.spec
        for key in path:
            if isinstance(here, Model):
                found = field_at(type(here), (str(key),))
                here = getattr(here, found.name) if found else None
            elif isinstance(here, (dict, list)):
                here = look_up(here, (key,))
            else:
                return None
        return written(here)

    def is_entry(self, path: SpecPath) -> bool:
        """Whether a path leads to something inside the spec that is no field of a model."""
        return look_up(self.loaded.values, path) is not None


def parameters_of(derivation: Derivation[..., Any]) -> tuple[str, ...]:
    """The names of what a derived value is asked about."""
    code = derivation.function.__code__
    return code.co_varnames[: code.co_argcount]


def has(layer: Any, path: SpecPath) -> bool:
    """Whether a layer sets a path."""
    return look_up(layer, path) is not None


def known_keys(parent: SpecField | None, path: SpecPath) -> list[str]:
    """The keys that a path might have meant to end in."""
    if len(path) <= 1:
        return list(fields_of(Spec))
    return list(fields_of(parent.type.model)) if parent and parent.type.model else []


def written(value: Any) -> Any:
    """A part of the spec as maps, lists and scalars."""
    if isinstance(value, Model):
        return value.model_dump(by_alias=True, exclude_none=True)
    if isinstance(value, dict):
        return {key: written(item) for key, item in value.items()}
    return [written(item) for item in value] if isinstance(value, list) else value


def absent(text: str, last: str, above: SpecPath, value: Any) -> Problem:
    """An entry of a map of names that nobody gave, with those that are there."""
    keys = [str(key) for key in value] if isinstance(value, dict) else []
    close = difflib.get_close_matches(last, keys, 1, 0.6)
    hint = f"did you mean {close[0]}?" if close else f"{path_text(above)} is empty"
    if keys and not close:
        hint = f"{path_text(above)} holds " + ", ".join(keys)
    return Problem(f'there is nothing at "{text}"', None, hint)


def held(value: Any, pointer: Pointer) -> list[str]:
    """The keys of a map or list, as `explain` takes them further."""
    if isinstance(value, dict):
        return [path_text((key,)) for key in value]
    return (
        [f"{path_text(pointer[-1:])}[{index}]" for index in range(len(value))]
        if isinstance(value, list)
        else []
    )


def no_such_path(text: str, last: str, known: Sequence[str]) -> Problem:
    """A path that leads nowhere."""
    close = difflib.get_close_matches(last, known, 1, 0.6)
    if close:
        hint = f"did you mean {close[0]}?"
    elif known and len(known) <= MANY:
        hint = "known here: " + ", ".join(known)
    else:
        hint = "name a field (rollout.maxSurge) or a value of the output (Deployment.spec.replicas)"
    return Problem(f'there is nothing at "{text}"', None, hint)


def parse_path(text: str) -> list[str | int]:
    """The keys of `a.b[0].c`; a key with dots stands in brackets: `files[/etc/app.yaml].mode`."""
    keys: list[str | int] = []
    for part in re.finditer(r"\[([^\]]*)\]|([^.\[\]]+)", text):
        key = part[1] if part[1] is not None else part[2]
        keys.append(int(key) if part[1] is not None and key.isdigit() else key)
    return keys


def shown(value: Any) -> str:
    """A value in an answer."""
    return (
        value if isinstance(value, str) and value and "\n" not in value and len(value) < 60 else quoted(value)
    )
