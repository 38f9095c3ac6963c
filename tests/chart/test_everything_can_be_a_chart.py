"""Every template, derived value and rule stays in what a chart can say."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any

import pytest
from pydantic.alias_generators import to_camel

from k8sgen.chart.derivations import write_helper
from k8sgen.chart.helpers import NAMES, OWN, Helpers
from k8sgen.chart.transpile import transpile
from k8sgen.chart.usage import EVERYTHING, usage_of
from k8sgen.errors import TemplateError
from k8sgen.render.objects import TEMPLATES
from k8sgen.resolve.derivation import Derivation
from k8sgen.resolve.registry import DERIVATIONS, RULES
from tests.chart.both_sides import load

if TYPE_CHECKING:
    from collections.abc import Callable

MINORS = (25, 30, 35, 37) if os.environ.get("K8SGEN_HYPOTHESIS") == "large" else (25, 37)


@pytest.mark.parametrize("minor", MINORS)
def test_every_derived_value_becomes_a_helper(minor: int) -> None:
    """Those outside the subset are listed with file, line and remedy."""
    functions = [one for one in DERIVATIONS.values() if one.name != "supports"]
    assert offenders([*functions, *(rule.check for rule in RULES)], minor) == []


def offenders(functions: list[Callable[..., Any] | Derivation[..., Any]], minor: int) -> list[str]:
    """What is outside the subset, the functions that these call included."""
    helpers = Helpers("orders", minor)
    written: set[str] = set()
    found = []
    while functions:
        function = functions.pop()
        name = function.name if isinstance(function, Derivation) else function.__name__
        if name in written:
            continue
        written.add(name)
        try:
            write_helper(function, helpers)
        except TemplateError as error:
            found.append(str(error))
        functions += [one for key, one in helpers.functions.items() if key not in written]
    return sorted(found)


def test_every_template_and_rule_is_written() -> None:
    """For the oldest version, the newest and two between: all that is asked for is there, and every rule."""
    refusing: set[str] = set()
    for minor in MINORS:
        made = transpile("orders", minor, EVERYTHING)
        assert set(made.files) >= {name.removesuffix(".j2") for name in TEMPLATES}
        helpers = "\n".join(text for path, text in made.files.items() if path.startswith("_"))
        defined = set(re.findall(r'define "orders\.([\w.]+)"', helpers))
        asked = set(re.findall(r'include "orders\.([\w.]+)"', "\n".join(made.files.values())))
        assert asked - defined == set()
        refusing |= {rule.id for rule in RULES if json.dumps(rule.hint, ensure_ascii=False) in helpers}
    assert refusing == {rule.id for rule in RULES}  # some can refuse nothing in some versions


def test_a_chart_carries_what_wins_over_its_derived_values() -> None:
    """A field that nobody sets may still be given by an override, where its derivation is asked."""
    carried = transpile("orders", 35, usage_of([load("name: orders\nimage: a/b:1.0\n").spec])).usage
    assert carried.has(("shutdown", "gracePeriodSeconds"))
    assert not carried.has(("partOf",))


def test_no_object_names_its_namespace() -> None:
    """That is the release's to say, also where the spec has one."""
    files = transpile("orders", 35, EVERYTHING).files
    assert [name for name, text in files.items() if re.search(r"^  namespace:", text, re.MULTILINE)] == []


def test_a_derived_value_outside_the_subset_is_named() -> None:
    """File, line, what is wrong and what to do."""

    def seconds(text: str) -> int:
        while text:
            text = text[1:]
        return 0

    with pytest.raises(TemplateError) as caught:
        write_helper(seconds, Helpers("orders", 35))
    line = seconds.__code__.co_firstlineno + 1
    assert str(caught.value) == (
        f"tests/chart/test_everything_can_be_a_chart.py:{line}:9: while is not in the subset of derived values\n"
        "  hint: write it in the Python that a chart can say too: see CONTRIBUTING, Add a derived value"
    )


def test_no_two_helpers_share_a_name() -> None:
    """Derived values and rules become helpers beside those that every chart has."""
    Helpers("orders", 35)
    own = set(
        re.findall(r'define "orders\.(\w+)"', "".join((NAMES, *OWN.values())).replace("CHART", "orders"))
    ) | {"refuse"}
    names = [to_camel(one.name) for one in DERIVATIONS.values()]
    names += [to_camel(rule.check.__name__) for rule in RULES]
    assert len(set(names)) == len(names)
    assert own.isdisjoint(names)
