"""A chart carries what its service or one of its environments uses, and nothing else."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from k8sgen.chart.chart import Chart, chart_of
from k8sgen.chart.templates import SHORT
from k8sgen.chart.transpile import transpile
from k8sgen.chart.usage import EVERYTHING, usage_of
from k8sgen.render.objects import TEMPLATES
from k8sgen.render.parse import parse_template
from k8sgen.resolve.registry import DERIVATIONS
from k8sgen.spec.model import DERIVED
from k8sgen.spec.service_spec import Spec
from tests.chart.both_sides import load

EXAMPLES = Path(__file__).parents[2] / "examples"


@cache
def minimal() -> Chart:
    """The chart of the example with three lines."""
    return chart_of(load((EXAMPLES / "minimal" / "service.yaml").read_text()))


def test_templates_are_at_most_a_third_longer_than_the_manifests() -> None:
    """Templates that print objects; helpers, tests and notes stand in files of their own."""
    templates = [
        text
        for path, text in minimal().files.items()
        if re.fullmatch(r"templates/[a-z]+\.yaml", path) and "kind:" in text
    ]
    manifests = [path.read_text() for path in (EXAMPLES / "minimal" / "rendered" / "orders").iterdir()]
    assert len(templates) == len(manifests)
    assert sum(text.count("\n") for text in templates) * 3 <= sum(text.count("\n") for text in manifests) * 4


@pytest.mark.parametrize(
    "feature", ["autoscaling", "initContainers", "sidecars", "envFrom", "files", "httpGet", "nodePort"]
)
def test_a_feature_that_nobody_uses_leaves_no_trace(feature: str) -> None:
    """Neither in the templates nor in the values or their schema."""
    held = {path for path, text in minimal().files.items() if re.search(rf"\.{feature}\b", text)}
    named = {path for path in ("values.yaml", "values.schema.json") if feature in minimal().files[path]}
    assert (held, named) == (set(), set())


def test_a_feature_of_an_environment_is_carried() -> None:
    """Its section stands in the values, off."""
    base = "name: orders\nimage: a:1\nport: 8080\n"
    scaled = load(base + "autoscaling: {maxReplicas: 9}\n")
    made = chart_of(load(base), usage=usage_of([load(base).spec, scaled.spec]))
    assert "templates/horizontalpodautoscaler.yaml" in made.files
    assert "autoscaling:\n" in made.files["values.yaml"]
    assert "  enabled: false\n" in made.files["values.yaml"]


def test_derived_fields_whose_derivation_is_in_use_are_carried() -> None:
    """They may be given in Helm, though nobody has given them here."""
    spec = load("name: orders\nimage: a:1\nport: 8080\n").spec
    usage = transpile("orders", 35, usage_of([spec])).usage
    assert usage.has(("shutdown", "gracePeriodSeconds"))
    assert usage.has(("probes", "readiness", "failureThreshold"))
    assert usage.has(("ports", "*", "servicePort"))
    assert not usage.has(("autoscaling", "minReplicas"))
    assert Spec.model_fields["selector"].json_schema_extra == {
        DERIVED: "app.kubernetes.io/name and app.kubernetes.io/instance"
    }
    assert usage.has(("selector",))


def test_a_section_that_is_off_is_not_used() -> None:
    """An empty map is not, either; one that was given is, though it is off."""
    used = usage_of([load("name: orders\nimage: a:1\n").spec])
    assert not used.has(("expose",))
    assert not used.has(("labels",))
    off = usage_of([load("name: orders\nimage: a:1\nexpose: {enabled: false, hosts: {}}\n").spec])
    assert not off.has(("expose",))
    budget = usage_of([load("name: orders\nimage: a:1\ndisruption: false\n").spec])
    assert budget.has(("disruption", "enabled"))


def test_what_is_above_a_path_is_used_with_it() -> None:
    """Paths that are added bring their parents; everything stays everything."""
    used = usage_of([]).with_paths([("sidecars", "*", "resources", "requests")])
    assert used.has(("sidecars", "*", "resources"))
    assert used.has(("sidecars",))
    assert EVERYTHING.with_paths([("a",)]) is EVERYTHING


def test_a_template_that_is_included_once_with_what_is_not_known_stands_in_place() -> None:
    """Three other includes of it say nothing and are gone, so that nothing has to be called."""
    annotated = "service: {annotations: {example.com/scheme: internal}}\n"
    made = chart_of(load(f"name: orders\nimage: a:1\nport: 8080\n{annotated}"))
    assert "ownannotations" not in made.files["templates/_helpers.tpl"]
    assert "range $name, $value := .Values.service.annotations" in made.files["templates/service.yaml"]


@pytest.mark.parametrize("lines", range(4, 14))
def test_passes_over_templates_end(monkeypatch: pytest.MonkeyPatch, lines: int) -> None:
    """Though a template is short enough to stand in three places only while what it includes stands in one."""
    monkeypatch.setattr("k8sgen.chart.transpile.RULES", ())
    sources = dict.fromkeys(TEMPLATES, "---\nname: orders\n")
    sources["service.yaml.j2"] += "".join(
        f'{{% set word = "{word}" %}}\n{word}:\n  {{% include "part-word.yaml.j2" %}}\n' for word in "abc"
    )
    sources["part-word.yaml.j2"] = (
        '{# Takes: word. #}\nmap:\n  {% set owner = spec %}\n  {% include "part-owner.yaml.j2" %}\n'
        + "".join(f"line{number}: {{{{ word }}}}\n" for number in range(lines))
    )
    sources["part-owner.yaml.j2"] = "{# Takes: owner. #}\n{% set sidecars = owner.sidecars %}\n"
    made = transpile(
        *("orders", 35, EVERYTHING),
        lambda name: parse_template(name, sources[name], name, DERIVATIONS),
    )
    assert ('define "orders.part-word"' in made.files["_helpers.tpl"]) is (1 + lines > SHORT)


def test_a_template_that_says_nothing_at_first_is_printed_where_it_says_something() -> None:
    """The first include is of a container without a command; what that leaves is not what all leave."""
    sources = dict.fromkeys(TEMPLATES, "---\nname: orders\n")
    for kind, containers in (("clusterrole", "sidecars"), ("service", "initContainers")):
        sources[f"{kind}.yaml.j2"] += (
            f"list:\n  {{% for key, container in {containers} | by_key %}}\n  - name: x\n"
            '    {% include "part-container.yaml.j2" %}\n  {% endfor %}\n'
        )
    sources["part-container.yaml.j2"] = (
        "{# Takes: container. #}\n{% if container.command is given %}\ncommand:\n  {{ container.command | to_yaml }}\n{% endif %}\n"
    )
    command = ("initContainers", "*", "command")
    usage = usage_of([]).with_paths([command, ("sidecars", "*", "image")])
    made = transpile(
        *("orders", 35, usage), lambda name: parse_template(name, sources[name], name, DERIVATIONS)
    )
    assert "orders.part-container" in made.files["service.yaml"]
    assert "command:" in made.files["_helpers.tpl"]


def test_what_a_container_never_has_may_be_asked_of_such_containers_alone() -> None:
    """A sidecar has no runtime, by which the main container's memory is guessed."""
    sources = dict.fromkeys(TEMPLATES, "---\nname: orders\n")
    sources["service.yaml.j2"] += (
        "list:\n  {% for key, container in sidecars | by_key %}\n  - name: x\n"
        '    memory: {{ guessed_memory(container, "5Mi") }}\n  {% endfor %}\n'
    )
    made = transpile(
        *("orders", 35, EVERYTHING), lambda name: parse_template(name, sources[name], name, DERIVATIONS)
    )
    assert "memory: 5Mi" in made.files["service.yaml"]
