"""Random functions in the Python of derived values, for a fuzz of the transpiler.

What is drawn is sound Python: every name has one type, whole numbers stay small, only numbers that are
at least 0 are divided, and what may be None is asked before it is used. So Python has an answer, and a
helper must give the same one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

HEAD = '''\
"""Functions of a fuzz."""

from k8sgen.resolve.arithmetic import Natural, as_given, by_key, ceil_div, contains
from k8sgen.resolve.arithmetic import is_percent, percent, share_up
from k8sgen.resolve.derivation import derived
from k8sgen.spec.container import ExtraContainer
from k8sgen.spec.ports import Port
from k8sgen.spec.service_spec import Spec
from k8sgen.spec.types import IntOrPercent

LIMIT = 5
WORDS = ("a", "on", "é")
SIZES = {"a": 1, "b": 0, "z": 1000000}
'''

ANNOTATIONS = {
    "natural": "Natural",
    "integer": "int",
    "text": "str",
    "boolean": "bool",
    "maybe": "Natural | None",
    "maybe_text": "str | None",
    "maybe_boolean": "bool | None",
    "either": "IntOrPercent",
    "numbers": "dict[str, Natural]",
    "texts": "dict[str, str]",
    "list": "list[str]",
    "port": "Port",
    "ports": "dict[str, Port]",
    "container": "ExtraContainer",
    "spec": "Spec",
}
"""The types that names have; `natural` is a number that is at least 0."""

PARAMETERS = (
    *("natural", "text", "boolean", "maybe", "maybe_text", "either", "numbers", "texts", "list"),
    *("port", "ports", "container", "spec"),
)
RETURNS = (
    "natural",
    "integer",
    "text",
    "boolean",
    "maybe",
    "maybe_text",
    "either",
    "numbers",
    "texts",
    "list",
)
LOCAL = ("natural", "integer", "text", "boolean", "maybe", "either", "numbers", "texts", "list")
CHANGED = {"numbers", "texts", "list"}
"""Types whose values can be changed in place."""

NAMES = (
    *("count", "label", "total", "found", "most", "least", "here", "key_name", "state", "size"),
    *("found1", "items1", "map2", "item2", "one1", "either1", "any1", "seen2", "entries1"),
)
"""Names of locals; some look like those that the transpiler makes up."""

FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "port": {
        "natural": ("port",),
        "maybe": ("service_port", "node_port"),
        "maybe_text": ("protocol", "app_protocol"),
        "maybe_boolean": ("in_service",),
    },
    "container": {
        "text": ("image.repository",),
        "maybe": ("order",),
        "maybe_text": ("working_dir", "image.tag"),
    },
    "spec": {
        "natural": ("replicas", "startup.slowest_seconds", "rollout.min_ready_seconds"),
        "text": ("image.repository", "rollout.type"),
        "boolean": ("disruption.enabled", "autoscaling.enabled", "service_account.create"),
        "maybe": ("shutdown.grace_period_seconds", "autoscaling.min_replicas", "security.run_as_user"),
        "maybe_text": ("team", "part_of", "working_dir", "container_name", "image.tag"),
        "either": ("rollout.max_surge", "rollout.max_unavailable"),
        "texts": ("labels", "pod_labels", "annotations"),
        "ports": ("ports",),
    },
}
"""What is read of models, by the type that it has; a spec has defaults, a container or port has not."""

DERIVED = {
    *("service_port", "protocol", "in_service", "shutdown.grace_period_seconds", "autoscaling.min_replicas"),
    "container_name",
}
"""Fields that are derived unless given, and are read as given."""

WORDS = ("", "a", "b", "on", "abc", "é", "-", "%", "1", "{{ x }}", 'q"', "a b")
PREFIXES = ("a", "ab", "%", "x-", "é")
NATURALS = (0, 1, 2, 3, 7, 100, 1000000)


@dataclass
class Drawn:
    """A function that was drawn: its name, the types of its parameters and of its answer, and its source."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    returns: str
    source: str = ""
    tested: bool = True
    """Whether it is asked by the test; others are asked by other functions alone."""


@dataclass
class Scope:
    """The names that are bound, with their types, and which may be changed in place."""

    types: dict[str, str] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    fixed: set[str] = field(default_factory=set)

    def copy(self) -> Scope:
        """The same, to be changed apart."""
        return Scope(dict(self.types), set(self.own), set(self.fixed))


class Author:
    """Draws the functions of one module; `size` is how deep and long they are, from 1 to 3."""

    def __init__(self, drawing: random.Random, size: int) -> None:
        self.draw = drawing
        self.size = size
        self.functions: list[Drawn] = []
        self.scope = Scope()
        self.products = 0
        self.calls = 0
        self.loops = 0
        self.nested = 0
        self.used: set[str] = set()

    def module(self, count: int) -> str:
        """The source of a module of so many functions, each of which may call those before it."""
        for number in range(count):
            self.functions.append(self.function(number, tested=number % 3 != 0))
        return "\n\n".join([HEAD, *(one.source for one in self.functions)])

    def function(self, number: int, *, tested: bool) -> Drawn:
        """One function."""
        kinds = [self.draw.choice(PARAMETERS) for _ in range(self.draw.randint(1, 3))]
        if kinds.count("spec"):
            kinds = ["spec", *(kind for kind in kinds if kind != "spec")]
        names = [("spec" if kind == "spec" else f"{kind}_{place}", kind) for place, kind in enumerate(kinds)]
        returns = self.draw.choice(RETURNS)
        drawn = Drawn(f"answer_{number}", tuple(names), returns, tested=tested)
        self.scope = Scope(dict(names), fixed={name for name, kind in names if kind in FIELDS})
        self.products = self.calls = self.loops = self.nested = 0
        self.used = set()
        body = self.block(self.draw.randint(0, self.size - 1), returns=returns)
        taken = ", ".join(f"{name}: {ANNOTATIONS[kind]}" for name, kind in names)
        decorator = self.decorator(drawn)
        lines = [f"def {drawn.name}({taken}) -> {ANNOTATIONS[returns]}:", '    """Drawn."""']
        drawn.source = "\n".join([*decorator, *lines, *(f"    {line}" for line in body), ""])
        return drawn

    def decorator(self, drawn: Drawn) -> list[str]:
        """Some functions are derived values, a few of them derived unless given."""
        kind = drawn.parameters[0][1]
        given = {
            ("port", "natural"): "servicePort",
            ("port", "boolean"): "inService",
            ("port", "text"): "protocol",
            ("spec", "natural"): "shutdown.gracePeriodSeconds",
            ("spec", "text"): "containerName",
        }.get((kind, drawn.returns))
        if given is not None and self.draw.random() < 0.5:
            return [f'@derived(given="{given}")']
        return ["@derived()"] if self.draw.random() < 0.3 else []

    # Statements

    def block(self, depth: int, *, returns: str = "", looped: bool = False) -> list[str]:
        """Some statements; the last returns when `returns` says what."""
        lines: list[str] = []
        for _ in range(self.draw.randint(0 if returns else 1, self.size)):
            lines += self.statement(depth, returns=returns, looped=looped)
        if returns:
            lines += self.returned(depth, returns)
        return lines

    def returned(self, depth: int, returns: str) -> list[str]:
        """The end of a function: an answer, or an if of which every branch answers."""
        if depth and self.draw.random() < 0.3:
            test = self.test(depth)
            return [
                f"if {test}:",
                *self.inner(depth - 1, returns=returns),
                "else:",
                *self.inner(depth - 1, returns=returns),
            ]
        return [f"return {self.expression(returns, self.size)}"]

    def inner(self, depth: int, *, returns: str = "", looped: bool = False) -> list[str]:
        """A block in a scope of its own, moved in."""
        before = self.scope.copy()
        lines = [f"    {line}" for line in self.block(depth, returns=returns, looped=looped)]
        self.scope = before
        return lines

    def statement(self, depth: int, *, returns: str, looped: bool) -> list[str]:
        """One statement."""
        kinds = ["bind", "bind", "change", "change"]
        if depth:
            kinds += ["if", "if", "loop", "choice"]
            if returns:
                kinds += ["early", "early"]
        if looped:
            kinds += ["leave"]
        kind = self.draw.choice(kinds)
        if kind == "early":
            return self.early(depth, returns)
        if kind == "leave":
            return [f"if {self.test(1)}:", f"    {self.draw.choice(('break', 'continue'))}"]
        made = {"bind": self.bound, "change": self.changed, "if": self.branched, "choice": self.chosen}
        return made.get(kind, self.looped)(depth, looped=looped)

    def bound(self, depth: int, *, looped: bool) -> list[str]:  # noqa: ARG002 - as all statements
        """A name for a value."""
        kind = self.draw.choice(LOCAL)
        value = self.fresh(kind)
        name = self.new_name()
        if not name:
            return ["pass"]
        self.scope.types[name] = kind
        if kind in CHANGED:
            self.scope.own.add(name)
        empty = value in {"[]", "{}"} or kind in {"maybe", "either"} or self.draw.random() < 0.2
        return [f"{name}: {ANNOTATIONS[kind]} = {value}" if empty else f"{name} = {value}"]

    def fresh(self, kind: str) -> str:
        """A value that nothing else holds, so that it may be changed in place."""
        value = self.expression(kind, min(self.size, 2))
        if kind == "list":
            return (
                value
                if value.startswith("[") and value.endswith("]") and self.single(value)
                else f"[*({value})]"
            )
        return f"dict({value})" if kind in CHANGED and not value.startswith("{") else value

    @staticmethod
    def single(value: str) -> bool:
        """Whether a text is one list display from its first to its last character."""
        depth = 0
        for index, character in enumerate(value):
            depth += (character == "[") - (character == "]")
            if depth == 0:
                return index == len(value) - 1
        return False

    def new_name(self) -> str:
        """A name that is not bound anywhere in the function; none when all are."""
        free = [name for name in NAMES if name not in self.used]
        if not free:
            return ""
        name = self.draw.choice(free)
        self.used.add(name)
        return name

    def changed(self, depth: int, *, looped: bool) -> list[str]:
        """A local name that gets another value, or is changed in place."""
        names = [
            name
            for name, kind in self.scope.types.items()
            if name not in self.scope.fixed
            and kind in LOCAL
            and (kind not in CHANGED or name in self.scope.own)
        ]
        if not names:
            return self.bound(depth, looped=looped)
        name = self.draw.choice(names)
        kind = self.scope.types[name]
        value = self.expression(kind, 1)
        if kind == "list":
            one = self.expression("text", 1)
            return [
                self.draw.choice(
                    (f"{name}.append({one})", f"{name}.extend({value})", f"{name} = [*{name}, {one}]")
                )
            ]
        if kind in CHANGED:
            item = self.expression("natural" if kind == "numbers" else "text", 1)
            entry = f"{name}[{self.expression('text', 1)}] = {item}"
            return [self.draw.choice((entry, entry, f"{name}.update({value})"))]
        if kind in {"text", "natural"} and self.draw.random() < 0.4:
            return [f"{name} += {value}"]
        return [f"{name} = {value}"]

    def branched(self, depth: int, *, looped: bool) -> list[str]:
        """An if; what its branches bind ends with them, as a sound reader of types wants it."""
        lines = [f"if {self.test(depth)}:", *self.inner(depth - 1, looped=looped)]
        if self.draw.random() < 0.3:
            lines += [f"elif {self.test(depth)}:", *self.inner(depth - 1, looped=looped)]
        if self.draw.random() < 0.4:
            lines += ["else:", *self.inner(depth - 1, looped=looped)]
        return lines

    def chosen(self, depth: int, *, looped: bool) -> list[str]:
        """A name that every branch binds, and that outlives them."""
        kind = self.draw.choice(("natural", "text", "boolean", "maybe", "either", "list", "numbers"))
        test = self.test(depth)
        name = self.new_name()
        if not name:
            return ["pass"]
        values = [self.fresh(kind), self.fresh(kind)]
        extra = self.inner(depth - 1, looped=looped) if self.draw.random() < 0.3 else []
        self.scope.types[name] = kind
        if kind in CHANGED:
            self.scope.own.add(name)
        first = f"{name}: {ANNOTATIONS[kind]}" if kind in {"maybe", "either"} else name
        return [f"if {test}:", *extra, f"    {first} = {values[0]}", "else:", f"    {name} = {values[1]}"]

    def early(self, depth: int, returns: str) -> list[str]:
        """An if that returns."""
        lines = [f"if {self.test(depth)}:", *self.inner(depth - 1, returns=returns)]
        if self.draw.random() < 0.3:
            lines += ["else:", *self.inner(depth - 1)]
        return lines

    def looped(self, depth: int, *, looped: bool) -> list[str]:
        """A loop over a map by key, or over a list."""
        if self.loops >= 3:
            return self.bound(depth, looped=looped)
        self.loops += 1
        head, names = self.loop_head()
        before = self.scope.copy()
        self.scope.types |= names
        self.scope.fixed |= set(names)
        body = [f"    {line}" for line in self.block(depth - 1, looped=True)]
        self.scope = before
        return [f"for {head}:", *body]

    def loop_head(self) -> tuple[str, dict[str, str]]:
        """What stands between `for` and the colon, or inside a comprehension; and the names that it binds."""
        self.nested += 1
        key, value = f"key_{self.nested}", f"value_{self.nested}"
        form = self.draw.choice(
            ("numbers", "numbers", "texts", "ports", "list", "list", "words", "number", "sizes")
        )
        if form == "list":
            return f"{value} in {self.expression('list', 1)}", {value: "text"}
        if form == "words":
            return f"{value} in WORDS", {value: "text"}
        if form == "number":
            return f"{key}, {value} in enumerate({self.expression('list', 1)})", {
                key: "natural",
                value: "text",
            }
        if form == "sizes":
            return f"{key}, {value} in by_key(SIZES)", {key: "text", value: "natural"}
        held = self.named("ports") if form == "ports" else self.expression(form, 1)
        if not held:
            held, form = self.expression("numbers", 1), "numbers"
        inner = {"numbers": "natural", "texts": "text", "ports": "port"}[form]
        return f"{key}, {value} in by_key({held})", {key: "text", value: inner}

    # Expressions

    def test(self, depth: int) -> str:
        """A condition, of which only the truth counts."""
        kind = self.draw.choice(
            ("boolean",) * 6 + ("text", "natural", "maybe", "numbers", "list", "maybe_text")
        )
        return self.expression(kind, min(depth, 2))

    def named(self, kind: str) -> str:
        """A name or field of a type; nothing when there is none."""
        found = [name for name, one in self.scope.types.items() if one == kind]
        for owner, one in self.scope.types.items():
            fields = [f"{owner}.{path}" for path in FIELDS.get(one, {}).get(kind, ())]
            found += [f"as_given({one})" if one.partition(".")[2] in DERIVED else one for one in fields]
        return self.draw.choice(found) if found else ""

    def expression(self, kind: str, depth: int) -> str:
        """An expression of a type."""
        if self.draw.random() < (0.35 if depth else 0.6) and (name := self.named(kind)):
            return name
        if depth <= 0:
            return self.constant(kind)
        if self.draw.random() < 0.12 and self.calls < 4 and (asked := self.call(kind, depth)):
            return asked
        if self.draw.random() < 0.1:
            test, one, other = (
                self.test(depth - 1),
                self.expression(kind, depth - 1),
                self.expression(kind, depth - 1),
            )
            return f"({one} if {test} else {other})"
        if self.draw.random() < 0.06 and kind in {"text", "natural", "list", "numbers"}:
            return f"({self.expression(kind, depth - 1)} or {self.expression(kind, depth - 1)})"
        made: Callable[[int], str] = getattr(self, f"a_{kind}")
        return made(depth - 1)

    def constant(self, kind: str) -> str:
        """A constant of a type."""
        constants: dict[str, tuple[str, ...]] = {
            "natural": (*map(str, NATURALS), "LIMIT"),
            "integer": ("-1", "-7", *map(str, NATURALS)),
            "text": tuple(map(repr_of, WORDS)),
            "boolean": ("True", "False"),
            "maybe": ("None", "0", "5"),
            "maybe_text": ("None", '"x"', '""'),
            "maybe_boolean": ("None", "False"),
            "either": ("0", '"5%"', "1000000"),
            "numbers": ("{}", '{"a": 1}', "SIZES"),
            "texts": ("{}", '{"a": "on"}', '{"b": "1", "a": ""}'),
            "list": ("[]", '["a"]', '["b", "a"]'),
        }
        return self.draw.choice(constants[kind])

    def call(self, kind: str, depth: int) -> str:
        """A call of a function that was drawn before; constants are often handed to it."""
        fitting = [
            one
            for one in self.functions
            if one.returns == kind and all(self.can_give(wanted) for _, wanted in one.parameters)
        ]
        if not fitting:
            return ""
        self.calls += 1
        asked = self.draw.choice(fitting[-6:])
        arguments = [self.argument(wanted, depth) for _, wanted in asked.parameters]
        if len(arguments) > 1 and self.draw.random() < 0.2:
            arguments[-1] = f"{asked.parameters[-1][0]}={arguments[-1]}"
        return f"{asked.name}({', '.join(arguments)})"

    def can_give(self, kind: str) -> bool:
        """Whether a value of a type can be handed on."""
        return (kind not in FIELDS and kind != "ports") or bool(self.named(kind))

    def argument(self, kind: str, depth: int) -> str:
        """What a parameter is given."""
        if kind in FIELDS or kind == "ports":
            return self.named(kind)
        return self.constant(kind) if self.draw.random() < 0.5 else self.expression(kind, depth - 1)

    def inside(self, written: Callable[[], str]) -> str:
        """What a comprehension yields, and where it comes from."""
        before = self.scope.copy()
        head, names = self.loop_head()
        self.scope.types |= names
        condition = f" if {self.test(1)}" if self.draw.random() < 0.4 else ""
        text = f"{written()} for {head}{condition}"
        self.scope = before
        return text

    def a_natural(self, depth: int) -> str:  # noqa: C901, PLR0912 - a flat table of forms
        """A number that is at least 0."""
        form = self.draw.randrange(16)
        if form == 0 and self.products < 2:
            self.products += 1
            return f"({self.expression('natural', depth)} * {self.draw.choice((0, 1, 2, 3))})"
        if form == 1:
            return f"({self.expression('natural', depth)} // ({self.expression('natural', depth)} + 1))"
        if form == 2:
            return f"({self.expression('natural', depth)} % ({self.expression('natural', depth)} + 2))"
        if form == 3:
            return f"len({self.expression(self.draw.choice(('list', 'numbers', 'texts', 'text')), depth)})"
        if form == 4:
            return f"sum({self.inside(lambda: self.expression('natural', depth))})"
        if form == 5:
            word = self.draw.choice(("max", "min"))
            return f"{word}(({self.inside(lambda: self.expression('natural', depth))}), default={self.constant('natural')})"
        if form == 6:
            word = self.draw.choice(("max", "min"))
            return f"{word}({self.expression('natural', depth)}, {self.expression('natural', depth)})"
        if form == 7:
            return f"ceil_div({self.expression('natural', depth)}, {self.expression('natural', depth)} + 1)"
        if form == 8:
            return f"({self.expression('numbers', depth)}).get({self.expression('text', depth)}, {self.expression('natural', depth)})"
        if form == 9 and (name := self.named("maybe")):
            return self.draw.choice(
                (
                    f"({name} or 0)",
                    f"({name} if {name} is not None else 3)",
                    f"(0 if {name} is None else {name} + 1)",
                )
            )
        if form == 10:
            return f"percent({self.expression('either', depth)})"
        if form == 11:
            return f"share_up({self.expression('either', depth)}, {self.expression('natural', depth)} % 1000)"
        if form == 12 and (name := self.named("numbers")):
            key = self.named("text") or self.constant("text")
            return f"({name}[{key}] if {key} in {name} else 7)"
        return f"({self.expression('natural', depth)} + {self.expression('natural', depth)})"

    def a_integer(self, depth: int) -> str:
        """Any whole number."""
        form = self.draw.randrange(4)
        if form == 0:
            return f"(-{self.expression('natural', depth)})"
        if form == 1:
            return self.expression("natural", depth)
        return f"({self.expression('integer', depth)} - {self.expression('natural', depth)})"

    def a_text(self, depth: int) -> str:
        """Text."""
        form = self.draw.randrange(14)
        if form in {0, 1, 7}:
            parts = [
                f"{{{self.unquoted(self.draw.choice(('text', 'natural', 'integer', 'either')), depth)}}}",
                self.draw.choice(("", "-", "100% ", "é")),
                f"{{{self.unquoted(self.draw.choice(('text', 'natural')), depth)}}}",
            ]
            return f"f{chr(34)}{''.join(parts)}{chr(34)}"
        if form == 3:
            return f"({self.expression('text', depth)} + {self.expression('text', depth)})"
        if form == 4:
            word = self.draw.choice(("removeprefix", "removesuffix"))
            return f"{self.of_text(depth)}.{word}({repr_of(self.draw.choice(PREFIXES))})"
        if form == 5:
            return f"{self.of_text(depth)}.replace({repr_of(self.draw.choice(PREFIXES))}, {self.constant('text')})"
        if form == 8:
            return f"{self.constant('text')}.join({self.expression('list', depth)})"
        if form == 9:
            return f"str({self.expression(self.draw.choice(('natural', 'either', 'integer')), depth)})"
        if form == 10 and (name := self.named("maybe_text")):
            return self.draw.choice((f'({name} or "none")', f'({name} if {name} is not None else "")'))
        if form == 11:
            return f"({self.expression('texts', depth)}).get({self.expression('text', depth)}, {self.expression('text', depth)})"
        if form == 12:
            return f"{self.constant('text')}.join({self.inside(lambda: self.expression('text', depth))})"
        return f"({self.expression('text', depth)} + {self.constant('text')})"

    def unquoted(self, kind: str, depth: int) -> str:
        """An expression that may stand inside an f-string."""
        for _ in range(5):
            text = self.expression(kind, depth - 1)
            if '"' not in text and "'" not in text and "{" not in text and "\\" not in text:
                return text
        return "LIMIT"

    def of_text(self, depth: int) -> str:
        """Text of which a method is called."""
        return f"({self.expression('text', depth)})"

    def a_boolean(self, depth: int) -> str:  # noqa: C901, PLR0912 - a flat table of forms
        """True or false."""
        form = self.draw.randrange(17)
        if form in {0, 1}:
            sign = self.draw.choice(("<", "<=", ">", ">=", "==", "!="))
            kind = self.draw.choice(("natural", "integer"))
            return f"({self.expression(kind, depth)} {sign} {self.expression(kind, depth)})"
        if form == 2:
            low, high = self.expression("natural", depth), self.expression("natural", depth)
            return f"({low} <= {self.expression('natural', depth)} < {high})"
        if form == 3:
            kind = self.draw.choice(("text", "either", "maybe", "maybe_text", "boolean"))
            return f"({self.expression(kind, depth)} {self.draw.choice(('==', '!='))} {self.expression(kind, depth)})"
        if form == 4:
            word = self.draw.choice(("in", "not in"))
            held = self.expression(self.draw.choice(("list", "numbers", "texts", "text")), depth)
            return f"({self.expression('text', depth)} {word} {held})"
        if form in {5, 6, 7}:
            word = self.draw.choice(("and", "or"))
            parts = [self.expression("boolean", depth) for _ in range(self.draw.randint(2, 3))]
            return f"({f' {word} '.join(parts)})"
        if form == 8:
            return f"(not {self.test(depth)})"
        if form == 9:
            word, prefix = self.draw.choice(("startswith", "endswith")), repr_of(self.draw.choice(PREFIXES))
            several = self.draw.choice((prefix, f"({prefix}, 'on')"))
            return f"{self.of_text(depth)}.{word}({several})"
        if form == 10:
            return f"{self.draw.choice(('any', 'all'))}({self.inside(lambda: self.test(depth))})"
        if form == 11:
            name = self.named(self.draw.choice(("maybe", "maybe_text", "maybe_boolean"))) or self.named(
                "maybe"
            )
            if name:
                return f"({name} is {self.draw.choice(('', 'not '))}None)"
        if form == 12:
            return f"bool({self.test(depth)})"
        if form == 13:
            return f"{self.draw.choice(('isinstance({}, str)', 'is_percent({})', 'isinstance({}, int)')).format(self.expression('either', depth))}"
        if form == 14:
            return f"contains({self.expression('text', depth)}, {repr_of(self.draw.choice(PREFIXES))})"
        if form == 15 and (name := self.named("maybe")):
            return f"({name} is not None and {name} > {self.expression('natural', depth)})"
        return f"({self.expression('text', depth)} == {self.expression('text', depth)})"

    def a_maybe(self, depth: int) -> str:
        """A number or None."""
        if self.draw.random() < 0.5:
            return self.expression("natural", depth)
        return f"({self.expression('natural', depth)} if {self.test(depth)} else None)"

    def a_maybe_text(self, depth: int) -> str:
        """Text or None."""
        if self.draw.random() < 0.5:
            return self.expression("text", depth)
        return f"({self.expression('text', depth)} if {self.test(depth)} else None)"

    def a_maybe_boolean(self, depth: int) -> str:
        """True, false or None."""
        return self.expression("boolean", depth)

    def a_either(self, depth: int) -> str:
        """A number, or a percentage."""
        return self.expression("natural", depth) if self.draw.random() < 0.7 else self.constant("either")

    def a_numbers(self, depth: int) -> str:
        """A map of numbers."""
        form = self.draw.randrange(5)
        if form == 0:
            return f"{{{self.expression('text', depth)}: {self.expression('natural', depth)}}}"
        if form == 1:
            return f"{{**{self.expression('numbers', depth)}, {self.expression('text', depth)}: {self.expression('natural', depth)}}}"
        if form == 2:
            pair = self.inside(
                lambda: f"{self.expression('text', depth)}: {self.expression('natural', depth)}"
            )
            return f"{{{pair}}}"
        if form == 3:
            return f"({self.expression('numbers', depth)} | {self.expression('numbers', depth)})"
        return f"dict({self.expression('numbers', depth)})"

    def a_texts(self, depth: int) -> str:
        """A map of text."""
        form = self.draw.randrange(4)
        if form == 0:
            return f"{{**{self.expression('texts', depth)}, {self.expression('text', depth)}: {self.expression('text', depth)}}}"
        if form == 1:
            pair = self.inside(lambda: f"{self.expression('text', depth)}: {self.expression('text', depth)}")
            return f"{{{pair}}}"
        if form == 2:
            return f"({self.expression('texts', depth)} | {self.expression('texts', depth)})"
        return f"{{{self.expression('text', depth)}: {self.expression('text', depth)}}}"

    def a_list(self, depth: int) -> str:
        """A list of text."""
        form = self.draw.randrange(7)
        if form == 0:
            return f"[{self.expression('text', depth)}, {self.expression('text', depth)}]"
        if form == 1:
            return f"[*{self.expression('list', depth)}, {self.expression('text', depth)}]"
        if form == 2:
            return f"[{self.inside(lambda: self.expression('text', depth))}]"
        if form == 3:
            return f"({self.expression('list', depth)} + {self.expression('list', depth)})"
        if form == 4:
            return f"sorted({self.expression(self.draw.choice(('numbers', 'texts', 'list')), depth)})"
        if form == 5:
            return f"{self.of_text(depth)}.split({repr_of(self.draw.choice((',', '-', 'ab')))})"
        return f"[{self.expression('text', depth)}]"


def repr_of(text: str) -> str:
    """Text as a Python constant in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
