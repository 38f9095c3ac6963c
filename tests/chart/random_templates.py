"""Random templates in the subset, for a fuzz of the transpiler: over the real fields and derived values.

What is drawn is meant to pass the check of templates; what does not is passed over and counted. Every
key is new, so that no map has one twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from k8sgen.render.spoken import speaker_of
from k8sgen.render.types import CLUSTER, RELEASE, SPEC, TEXT, fits, members, signature_of
from k8sgen.resolve.registry import DERIVATIONS
from k8sgen.spec.container import ExtraContainer
from k8sgen.spec.fields import ANY, Type
from k8sgen.spec.ports import Port
from k8sgen.spec.probes import Probe

if TYPE_CHECKING:
    import random

    from k8sgen.resolve.derivation import Derivation

Lines = list[str]

PARTS: tuple[tuple[str, Type], ...] = (
    ("port", Type("model", model=Port)),
    ("probe", Type("model", model=Probe)),
    ("container", Type("model", model=ExtraContainer)),
    ("owner", SPEC),
    ("word", TEXT),
)
"""The name that an included template takes, and its type."""

TWICE = 2
"""How many templates there are for each of these; some are included once, some often, some never."""

CONSTANTS: dict[type, tuple[str, ...]] = {
    str: ('"RollingUpdate"', '"TCP"', '"UDP"', '"main"', '"a"', '""', '"25%"', '"{{ x }}"'),
    int: ("0", "1", "2", "8080"),
    bool: ("true", "false"),
}

NOT_IN_A_CHART = frozenset({"namespace", "patches", "extraObjects", "version"})
"""Fields that a chart reads from elsewhere."""


TIMINGS = frozenset({"periodSeconds", "timeoutSeconds", "failureThreshold"})
"""Fields of a probe that derived values speak for when an included template is given one of the main container."""

NOT_ANY_TEXT = frozenset({"is_fraction_of_a_byte", "supports"})
"""Derived values that are asked about a quantity, or about the name of a feature."""


@dataclass(frozen=True)
class Read:
    """An expression that reads something: its text, its type, and what must be given for it to be there."""

    text: str
    type: Type
    guards: tuple[str, ...] = ()


@dataclass
class Scope:
    """The names that are bound where a statement stands."""

    names: dict[str, Type] = field(default_factory=dict)
    given: frozenset[str] = frozenset()

    def bind(self, name: str, type_: Type) -> Scope:
        """With a name."""
        return Scope({**self.names, name: type_}, frozenset(one for one in self.given if name not in one))

    def knowing(self, *guards: str) -> Scope:
        """Where something is known to be given."""
        return Scope(dict(self.names), self.given | {*guards})


class Author:
    """Draws the templates of one chart."""

    def __init__(self, drawing: random.Random) -> None:
        self.draw = drawing
        self.numbered = 0
        self.parts = {
            f"part-{name}-{number}.yaml.j2": (name, type_) for name, type_ in PARTS for number in range(TWICE)
        }
        self.reachable: list[str] = []

    def templates(self, names: tuple[str, ...]) -> dict[str, str]:
        """The sources of templates of these names, and of those that they include."""
        sources = {}
        for name, (taken, type_) in self.parts.items():
            lines = self.block(2, Scope({taken: type_}))
            sources[name] = "\n".join([f"{{# Takes: {taken}. #}}", *lines, ""])
            self.reachable.append(name)
        for name in names:
            sources[name] = "\n".join(
                ["---", f"{self.key()}:", "  name: x", *moved(self.block(3, Scope())), ""]
            )
        return sources

    def number(self) -> int:
        """A number that nothing else has."""
        self.numbered += 1
        return self.numbered

    def key(self) -> str:
        """A key of the output."""
        return f"k{self.number()}"

    # Statements

    def block(self, depth: int, scope: Scope) -> Lines:
        """Some statements; a name that one sets is bound for those behind it."""
        lines: Lines = []
        for _ in range(self.draw.randint(1, 4)):
            if self.draw.random() < 0.15:
                bound, scope = self.set(scope)
                lines += bound
            else:
                lines += self.statement(depth, scope)
        return lines

    def statement(self, depth: int, scope: Scope) -> Lines:
        """One statement."""
        kinds = ["scalar"] * 4 + ["block"] * 2
        if depth:
            kinds += ["if"] * 3 + ["map"] * 2 + ["list"] * 2 + ["nested", "include", "include"]
        kind = self.draw.choice(kinds)
        made = {
            "scalar": self.scalar,
            "block": self.yaml,
            "if": self.condition,
            "map": self.map,
            "list": self.list,
            "nested": self.nested,
            "include": self.include,
        }[kind]
        return made(depth - 1, scope)

    def scalar(self, depth: int, scope: Scope) -> Lines:  # noqa: ARG002 - as all statements
        """A key with a value."""
        read = self.reading(scope, "scalar")
        return self.guarded(read, [f"{self.key()}: {{{{ {read.text} }}}}"], scope) if read else self.fixed()

    def fixed(self) -> Lines:
        """A key with a value that stands as text."""
        return [f"{self.key()}: {self.draw.choice(('{}', '[]'))}"]

    def yaml(self, depth: int, scope: Scope) -> Lines:  # noqa: ARG002 - as all statements
        """A key with a whole block."""
        read = self.reading(scope, self.draw.choice(("map", "list", "any", "model")))
        if read is None:
            return self.fixed()
        lines = [f"{self.key()}:", f"  {{{{ {read.text} | to_yaml }}}}"]
        if self.draw.random() < 0.5 and read.type.shape != "model":
            return [f"{{% if {read.text} %}}", *lines, "{% endif %}"]
        return self.guarded(read, lines, scope)

    def guarded(self, read: Read, lines: Lines, scope: Scope) -> Lines:
        """Statements that stand where what they read is given."""
        wanted = [guard for guard in read.guards if guard not in scope.given]
        for guard in reversed(wanted):
            opened = f"{{% if {guard} is given %}}"
            if self.draw.random() < 0.3:
                lines = [
                    f"{{% if not {guard} is given %}}",
                    *self.fixed(),
                    "{% else %}",
                    *lines,
                    "{% endif %}",
                ]
            else:
                lines = [opened, *lines, "{% endif %}"]
        return lines

    def condition(self, depth: int, scope: Scope) -> Lines:
        """if, elif, else."""
        lines = [f"{{% if {self.test(scope)} %}}", *self.block(depth, scope)]
        while self.draw.random() < 0.3:
            lines += [f"{{% elif {self.test(scope)} %}}", *self.block(depth, scope)]
        if self.draw.random() < 0.5:
            lines += ["{% else %}", *self.block(depth, scope)]
        return [*lines, "{% endif %}"]

    def nested(self, depth: int, scope: Scope) -> Lines:
        """A map in the map."""
        return [f"{self.key()}:", *moved(self.block(depth, scope))]

    def map(self, depth: int, scope: Scope) -> Lines:
        """A loop over a map, as a list of its entries or as a map of them."""
        read = self.reading(scope, "map")
        if read is None:
            return self.fixed()
        number = self.number()
        key, value = self.draw.choice(
            (("key", "value"), (f"key_{number}", f"value_{number}"), ("name_of", "port"))
        )
        if key in scope.names or value in scope.names:
            key, value = f"key_{number}", f"value_{number}"
        inner = scope.bind(key, TEXT).bind(value, read.type.item or ANY)
        head = f"{{% for {key}, {value} in {read.text} | by_key %}}"
        if self.draw.random() < 0.4:
            body = [f"{{{{ {key} }}}}:", "  name: x", *moved(self.block(depth, inner))]
        else:
            body = [f"- name: {{{{ {key} }}}}", *moved(self.block(depth, inner))]
        return self.guarded(read, [f"{self.key()}:", f"  {head}", *moved(body), "  {% endfor %}"], scope)

    def list(self, depth: int, scope: Scope) -> Lines:
        """A loop over a list."""
        read = self.reading(scope, "list")
        if read is None:
            return self.fixed()
        item = f"item_{self.number()}"
        inner = scope.bind(item, read.type.item or ANY)
        body = ["- name: x", *moved(self.block(depth, inner))]
        if inner.names[item].shape == "scalar" and self.draw.random() < 0.5:
            body = [f"- {{{{ {item} }}}}"]
        head = f"{{% for {item} in {read.text} %}}"
        return self.guarded(read, [f"{self.key()}:", f"  {head}", *moved(body), "  {% endfor %}"], scope)

    def set(self, scope: Scope) -> tuple[Lines, Scope]:
        """A name for a field or a derived value."""
        read = self.reading(scope, self.draw.choice(("scalar", "map", "list", "model")))
        if read is None or any(guard not in scope.given for guard in read.guards):
            return [], scope
        name = f"set_{self.number()}"
        return [f"{{% set {name} = {read.text} %}}"], scope.bind(name, read.type)

    def include(self, depth: int, scope: Scope) -> Lines:  # noqa: ARG002 - as all statements
        """Another template, in a map of its own."""
        if not self.reachable:
            return self.fixed()
        template = self.draw.choice(self.reachable)
        taken, type_ = self.parts[template]
        lines = [f"{self.key()}:", f'  {{% include "{template}" %}}']
        if taken in scope.names:
            return lines if fits(scope.names[taken], type_) else self.fixed()
        if taken == "word":
            return self.branch([f"{{% set word = {self.draw.choice(CONSTANTS[str][:6])} %}}", *lines])
        if taken == "owner":
            return self.branch(["{% set owner = spec %}", *lines])
        loops = {"port": "ports", "container": self.draw.choice(("sidecars", "initContainers"))}
        if taken in loops:
            head = f"{{% for key_{self.number()}, {taken} in {loops[taken]} | by_key %}}"
            inner = ["- name: x", f'  {{% include "{template}" %}}']
            return [f"{self.key()}:", f"  {head}", *moved(inner), "  {% endfor %}"]
        kind = self.draw.choice(("startup", "liveness", "readiness"))
        return [
            f"{{% if probes.{kind} is given %}}",
            f"{{% set probe = probes.{kind} %}}",
            *lines,
            "{% endif %}",
        ]

    def branch(self, lines: Lines) -> Lines:
        """Statements in a block of their own, where their names end."""
        test = self.draw.choice(("replicas != 0", "disruption.enabled", "image is given"))
        return [f"{{% if {test} %}}", *lines, "{% endif %}"]

    # Expressions

    def test(self, scope: Scope, depth: int = 2) -> str:
        """A condition."""
        form = self.draw.randrange(10)
        if depth and form < 3:
            word = self.draw.choice((" and ", " or "))
            return word.join(self.operand(scope, depth - 1) for _ in range(self.draw.randint(2, 3)))
        if depth and form == 3:
            return f"not {self.operand(scope, depth - 1)}"
        if form < 6:
            read = self.reading(scope, "scalar", asked=True)
            if read is not None and not read.guards:
                constant = self.draw.choice(CONSTANTS[self.draw.choice(read.type.scalars)])
                return f"{read.text} {self.draw.choice(('==', '!='))} {constant}"
        read = self.reading(scope, self.draw.choice(("scalar", "scalar", "map", "list", "model")), asked=True)
        if read is None:
            return "disruption.enabled"
        if read.type.shape == "model" or ("(" not in read.text and self.draw.random() < 0.4):
            return f"{read.text} is given" if "(" not in read.text else "replicas == 2"
        return read.text

    def operand(self, scope: Scope, depth: int) -> str:
        """A part of a condition."""
        text = self.test(scope, depth)
        return f"({text})" if " and " in text or " or " in text else text

    def reading(self, scope: Scope, shape: str, *, asked: bool = False) -> Read | None:
        """Something of a shape that can be read here; None when it was not found."""
        for _ in range(12):
            read = self.call(scope) if self.draw.random() < 0.3 else self.walk(scope, asked=asked)
            if read is not None and read.type.shape == shape:
                return read
        return None

    def walk(self, scope: Scope, *, asked: bool) -> Read | None:
        """A field, some steps below a name or the spec."""
        name = self.draw.choice(("", "", *scope.names))
        here = Read(name, scope.names[name] if name else SPEC)
        for _ in range(self.draw.randint(0 if name else 1, 3)):
            known = members(here.type)
            hidden = NOT_IN_A_CHART if here.type == SPEC else frozenset()
            keys = [key for key in known if key not in hidden and (here.text or key not in scope.names)]
            keys = [key for key in keys if not speaker_of(here.type, key)]
            if here.type.model is not None and issubclass(here.type.model, Probe):
                keys = [key for key in keys if key not in TIMINGS]
            if not keys:
                break
            key = self.draw.choice(keys)
            found = known[key]
            text = f"{here.text}.{key}" if here.text else key
            derived = found.field is not None and found.field.kind == "derived"
            guards = here.guards if found.always and not derived else (*here.guards, text)
            here = Read(text, found.type, guards)
        return here if here.text and (here.text != "owner" or asked) else None

    def call(self, scope: Scope) -> Read | None:
        """A derived value of what is at hand."""
        derivation: Derivation[..., object] = self.draw.choice(list(DERIVATIONS.values()))
        signature = signature_of(derivation)
        arguments = [self.argument(scope, type_) for _, type_ in signature.parameters]
        if signature.optional or derivation.name in NOT_ANY_TEXT or "" in arguments:
            return None
        return Read(f"{derivation.name}({', '.join(arguments)})", signature.returns)

    def argument(self, scope: Scope, wanted: Type) -> str:
        """What a parameter is given; nothing when there is nothing."""
        for context, type_ in (("spec", SPEC), ("release", RELEASE), ("cluster", CLUSTER)):
            if wanted == type_:
                return context
        if wanted.model is not None and fits(SPEC, wanted) and self.draw.random() < 0.6:
            return "spec"
        found = [
            name
            for name, type_ in scope.names.items()
            if fits(type_, wanted) and type_.shape == wanted.shape and type_.item != ANY
        ]
        if found:
            return self.draw.choice(found)
        return self.draw.choice(CONSTANTS[str][:6]) if wanted == TEXT else ""


def moved(lines: Lines) -> Lines:
    """Lines two columns further in."""
    return [f"  {line}" for line in lines]
