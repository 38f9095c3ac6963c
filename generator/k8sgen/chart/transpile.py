"""All templates, derived values and rules of a chart, for the fields that it carries."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from k8sgen import assets
from k8sgen.chart.callers import callers_first
from k8sgen.chart.derivations import write_helper
from k8sgen.chart.golang import take_up_all
from k8sgen.chart.helpers import Helpers, name_of
from k8sgen.chart.inline import inline
from k8sgen.chart.partials import Partials, Read, includes_in, including_first
from k8sgen.chart.patches import HELPERS as PATCH_HELPERS
from k8sgen.chart.patches import kinds_of, patched
from k8sgen.chart.rules import write_rules
from k8sgen.render.objects import TEMPLATES
from k8sgen.render.parse import parse_template
from k8sgen.resolve.registry import DERIVATIONS, RULES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from k8sgen.chart.golang import Value
    from k8sgen.chart.patches import Patch
    from k8sgen.chart.usage import Path, Usage
    from k8sgen.render.language import Template

EXTRA_OBJECTS = """\
{{- range $object := .Values.extraObjects }}
---
{{ toYaml $object }}
{{- end }}
"""
"""Whole objects travel in the values; what they hold is Kubernetes' own."""


@dataclass(frozen=True, slots=True)
class Transpiled:
    """The files below templates/ by their path, what they read, and the features that decided what they say.

    What they read are the fields that the chart carries, and those that are derived unless given.
    """

    files: Mapping[str, str]
    usage: Usage
    features: frozenset[str]


@cache
def read_own(name: str) -> Template:
    """The tree of one of our own templates. Raises TemplateError."""
    return parse_template(name, assets.read_text("templates", name), f"templates/{name}", DERIVATIONS)


def transpile(  # noqa: PLR0913 - what a chart is; three have defaults
    chart: str,
    minor: int,
    usage: Usage,
    read: Read = read_own,
    patches: Sequence[Patch] = (),
    *,
    generic: bool = False,
) -> Transpiled:
    """The templates of a chart for one version of Kubernetes. Raises TemplateError.

    Written in passes, each with what the pass before found out: which arguments helpers and included
    templates get, which templates are included once, which fields derivations ask for. The first pass
    knows nothing and so allows everything; the further ones as a rule allow less, until nothing changes.
    """
    read = cache(read)  # every pass reads each template many times
    counts = Counter(name for template in all_templates(read) for name in includes_in(read(template).body))
    before = Notes({}, {}, once(counts), frozenset(), {})
    for number in range(MOST_PASSES):
        carried = usage.with_paths(before.given)
        helpers = Helpers(
            chart, minor, carried, generic, before.helpers, unread_before=before.unread, inline=inline
        )
        partials = Partials(helpers, read, before.partials, before.once)
        files = write(helpers, partials, patches)
        given = frozenset(helpers.given)
        notes = Notes(helpers.asked, partials.asked, once(partials.counts), given, helpers.unread)
        if number >= FREE_PASSES:
            notes = before.and_also(notes)
        if notes == before:
            return Transpiled(files, usage.with_paths(notes.given), frozenset(helpers.features))
        before = notes
    raise AssertionError("the passes over a chart's templates do not settle")  # a bug, not bad input


FREE_PASSES = 8
"""Passes that may each take up what the one before had given up; our own templates need 4 to settle.

What one pass writes can undo what it was written for: a template that is included once falls away in place,
and so does the reason for its standing there. Further passes only ever give up, which comes to an end.
"""

MOST_PASSES = 40


@dataclass(frozen=True, slots=True)
class Notes:
    """What one pass found out for the next."""

    helpers: Mapping[str, Mapping[str, Value]]
    partials: Mapping[str, Mapping[str, Value]]
    once: frozenset[str]
    given: frozenset[Path]
    unread: Mapping[str, frozenset[str]]

    def and_also(self, other: Notes) -> Notes:
        """What both passes allow, which is never more than the first does."""
        return Notes(
            asked_in_both(self.helpers, other.helpers),
            asked_in_both(self.partials, other.partials),
            self.once & other.once,
            self.given | other.given,
            {
                **self.unread,
                **{name: names & self.unread.get(name, names) for name, names in other.unread.items()},
            },
        )


def asked_in_both(
    one: Mapping[str, Mapping[str, Value]], other: Mapping[str, Mapping[str, Value]]
) -> Mapping[str, Mapping[str, Value]]:
    """What is known of the arguments of each name in either of two passes."""
    found = {name: dict(arguments) for name, arguments in one.items()}
    take_up_all(found, other)
    return found


def once(counts: Counter[str]) -> frozenset[str]:
    """The templates that are included in one place alone."""
    return frozenset(name for name, count in counts.items() if count == 1)


def all_templates(read: Read) -> list[str]:
    """Every template, included ones behind those that include them."""
    return [*TEMPLATES, *including_first(read)]


def write(helpers: Helpers, partials: Partials, patches: Sequence[Patch]) -> dict[str, str]:
    """One pass over all templates, rules and the derived values that they ask for."""
    files = {name: partials.file(name) for name in TEMPLATES}
    for name, printed in files.items():
        kinds = kinds_of(partials.read(name))
        if here := [patch for patch in patches if patch.kind in kinds]:
            files[name] = patched(printed, name, here, helpers)
    files = {name.removesuffix(".j2"): text for name, text in files.items()}
    if helpers.usage.has(("extraObjects",)):
        files["extraobjects.yaml"] = EXTRA_OBJECTS
    defines = list(partials.defines())
    rules = write_rules(RULES, helpers)
    if rules:
        files["refuse.yaml"] = f"{{{{- include {json.dumps(helpers.own('refuse'))} . }}}}\n"
    written = needed(helpers)
    checks = {rule.check.__name__ for rule in RULES}
    files["_derived.tpl"] = "\n".join(text for name, text in written.items() if name not in checks)
    files["_rules.tpl"] = "\n".join([rules, *(written[name] for name in written if name in checks)])
    asking = "".join((*files.values(), *defines))
    patching = [PATCH_HELPERS.replace("CHART", helpers.chart)] if patches else []
    files["_helpers.tpl"] = "\n".join([*helpers.head(asking), *patching, *defines])
    return {path: text for path, text in files.items() if text.strip()}


def needed(helpers: Helpers) -> dict[str, str]:
    """The helper of every function that was asked for, and of those that these ask for, by its name."""
    written: dict[str, str] = {}
    for function in callers_first():
        name = name_of(function)
        if name in helpers.functions:
            written[name] = write_helper(function, helpers)
    return dict(sorted(written.items()))
