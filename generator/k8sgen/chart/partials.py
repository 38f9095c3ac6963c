"""The templates that others include, as parts of a chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from k8sgen.chart.golang import Value, merged, take_up, take_up_all, to_camel
from k8sgen.chart.templates import GoWriter
from k8sgen.errors import Place, Problem, TemplateError
from k8sgen.render.language import Include, Statement, Template, every_statement
from k8sgen.render.objects import TEMPLATES
from k8sgen.render.parse import taken_names

if TYPE_CHECKING:
    from k8sgen.chart.helpers import Helpers

Read = Callable[[str], Template]


class Partials:
    """The templates that others include: in place where only one does, else each as a define of its own.

    As with helpers, each pass writes what the pass before found out (`known`), and notes anew with
    what each template is included (`asked`, `counts`).
    """

    def __init__(
        self, helpers: Helpers, read: Read, known: Mapping[str, Mapping[str, Value]], once: frozenset[str]
    ) -> None:
        self.helpers = helpers
        self.read = read
        self.known = known
        self.once = once
        self.asked: dict[str, dict[str, Value]] = {}
        self.counts: Counter[str] = Counter()
        self.bodies: dict[str, str] = {}

    def name(self, template: str) -> str:
        """The define of a template: `orders.container` prints container.yaml.j2."""
        return self.helpers.own(template.removesuffix(".yaml.j2"))

    def file(self, template: str) -> str:
        """A template that prints whole objects, as a file of the chart."""
        return GoWriter(self.read(template), self, {}).text()

    def note(self, template: str, bound: Mapping[str, Value]) -> None:
        """Remember with what a template is included."""
        self.counts[template] += 1
        before = self.asked.setdefault(template, {})
        for name in taken_names(self.read(template).source):
            if name in bound:
                take_up(before, name, bound[name])

    def parameters(self, template: str) -> dict[str, Value]:
        """The names that a define takes: constants where every include agrees, else variables."""
        result = {}
        for name in taken_names(self.read(template).source):
            known = self.known.get(template, {}).get(name)
            if known is not None and (known.known or known.is_root):
                result[name] = known
                continue
            asked = self.asked.get(template, {}).get(name)
            # In this pass not every include has been met, in the pass before perhaps not this one.
            every = merged(known, asked) if known is not None and asked is not None else asked or known
            if every is not None:
                code = f"${to_camel(name)}"
                result[name] = Value(code, every.type, optional=every.optional, paths=every.paths)
        return result

    def defines(self) -> Iterator[str]:
        """Every define that is included, those that include others first, as long as new ones come up."""
        for template in including_first(self.read):
            if self.counts[template] and template not in self.once and not self.says_nothing(template):
                yield GoWriter(self.read(template), self, self.parameters(template)).define(
                    self.name(template)
                )

    def scratch(self) -> Partials:
        """The same templates, with notes of its own that may be thrown away."""
        return Partials(self.helpers.scratch(), self.read, self.known, self.once)

    def keep(self, notes: Partials) -> None:
        """Take over the notes of an attempt that has succeeded."""
        self.helpers.keep(notes.helpers)
        self.counts.update(notes.counts)
        take_up_all(self.asked, notes.asked)

    def says_nothing(self, template: str) -> bool:
        """Whether a define prints nothing wherever it is included."""
        return not self.body(template).strip()

    def body(self, template: str) -> str:
        """What a define holds, as far as this pass knows; nothing of the attempt is kept."""
        if template not in self.bodies:
            trial = self.scratch()
            trial.asked = {name: dict(values) for name, values in self.asked.items()}
            writer = GoWriter(self.read(template), trial, self.parameters(template))
            self.bodies[template] = writer.block(writer.template.body)
        return self.bodies[template]


def including_first(read: Read) -> list[str]:
    """Every template that others include, each behind all that include it."""
    order: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise TemplateError(
                Problem(f"{name} includes itself", Place(read(name).shown, 1, 1), "include another template")
            )
        if name in order:
            return
        for inner in includes_in(read(name).body):
            visit(inner, (*above, name))
        order.append(name)

    for name in TEMPLATES:
        visit(name, ())
    return [name for name in reversed(order) if name not in TEMPLATES]


def includes_in(body: Iterable[Statement]) -> Iterator[str]:
    """The templates that statements include, each as often as it is."""
    return (statement.template for statement in every_statement(body) if isinstance(statement, Include))
