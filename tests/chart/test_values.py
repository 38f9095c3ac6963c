"""The values of a chart: the long form as people read it, and what environments change in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from k8sgen.chart.schema import values_schema
from k8sgen.chart.usage import EVERYTHING, usage_of
from k8sgen.chart.values import difference, environment_file, own_values, values_file, values_of
from k8sgen.errors import InputError
from k8sgen.fleet.find import SpecFile, find_specs
from k8sgen.fleet.service import Builder, Options
from k8sgen.spec.load import load_spec
from k8sgen.spec.merge import merge
from k8sgen.yamltext.write import document
from tests.chart.both_sides import Unique, as_map, load
from tests.render.specs import specs

if TYPE_CHECKING:
    from tests.plugins.helm import Helm

EXAMPLES = Path(__file__).parents[2] / "examples"
SPECS = find_specs([str(EXAMPLES)])[0]

AWKWARD = """\
name: orders
image: ghcr.io/acme/orders:1.10
ports: {"on": {port: 8080}, on-off: 9090}
env:
  "N": "012"
  A: "on"
  B: "1e3"
  C: ""
  D: "~"
  E: "{{ .Values }} # no comment"
  F: "two\\nlines\\n"
  G: "é\\u00a0😀\\u2028"
  "y": "1_000"
  "null": 9007199254740992
  Z: true
labels: {a.example/b: "true", "1": "0x1F"}
podAnnotations: {checksum: " x: - y"}
"""
"""Text, keys and numbers that some reader of YAML takes for something else."""


@dataclass(frozen=True)
class Values:
    """The values of a spec, as files and as data; the base's under ""."""

    files: dict[str, str]
    whole: dict[str, dict[str, Any]]


@cache
def values(file: SpecFile) -> Values:
    """The values of a spec and its environments, as far as they are used."""
    document = Builder(Options()).document(file)
    base, *others = (load_spec(document, name, (), "1.35") for name in ("", *document.environments))
    usage = usage_of([base.spec, *(each.spec for each in others)])
    own = own_values(document.environments, generic=False, tested=False)
    whole = {each.environment: values_of(each.spec, usage, own) for each in (base, *others)}
    files = {
        f"values-{name}.yaml": environment_file(whole[""], each, name) for name, each in whole.items() if name
    }
    return Values({"values.yaml": values_file(base.spec, usage, own), **files}, whole)


def echoed(helm: Helm, directory: Path, files: dict[str, str], *options: str | Path) -> Any:
    """The values that templates of a chart see."""
    (directory / "templates").mkdir(parents=True)
    for path, text in {
        "Chart.yaml": "apiVersion: v2\nname: echo\nversion: 0.1.0\n",
        "templates/values.yaml": "{{ .Values | toJson }}\n",
        **files,
    }.items():
        (directory / path).write_text(text, encoding="utf-8")
    run = helm.template("echo", directory, *options)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.split("\n", 2)[2])


@pytest.mark.parametrize("file", SPECS, ids=lambda file: Path(file.shown).parent.name)
def test_values_read_back_as_the_long_form(file: SpecFile) -> None:
    """values.yaml with its comments, and an environment's file merged into it, are what they stand for."""
    made = values(file)
    base = yaml.load(made.files["values.yaml"], Unique)  # noqa: S506 - a safe loader
    assert base == made.whole[""]
    for name, whole in made.whole.items():
        if name:
            patch = yaml.load(made.files[f"values-{name}.yaml"], Unique)  # noqa: S506 - the same
            assert patch["environment"] == name
            assert merge(as_map(base), as_map(patch)) == {**whole, "environment": name}


def test_helm_reads_awkward_values_as_they_were_meant(helm: Helm, tmp_path: Path) -> None:
    """Every text stays text, and the largest number stays whole."""
    spec = load(AWKWARD).spec
    usage, own = usage_of([spec]), own_values((), generic=False, tested=True)
    meant = values_of(spec, usage, own)
    assert meant["env"]["null"] == {"value": "9007199254740992"}
    assert echoed(helm, tmp_path, {"values.yaml": values_file(spec, usage, own)}) == meant


def test_helm_merges_an_environment(helm: Helm, tmp_path: Path) -> None:
    """The files of examples/production give the environment's long form on both Helms."""
    made = values(SpecFile(EXAMPLES / "production" / "service.yaml", "service.yaml"))
    there = echoed(helm, tmp_path, made.files, "-f", tmp_path / "values-production.yaml")
    assert there == {**made.whole["production"], "environment": "production"}


JSON = st.recursive(
    st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "1", "true"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)
MAPS = st.dictionaries(st.sampled_from("abcd"), JSON, max_size=4)


@given(MAPS, MAPS)
@example({"a": 1, "b": [0]}, {"a": True, "b": [False]})
def test_merging_a_difference_gives_the_other_side(lower: dict[str, Any], upper: dict[str, Any]) -> None:
    """Type-exact: in Python 1 is true, in Helm it is not."""
    patch = difference(lower, upper)
    merged = merge(as_map(lower), as_map(patch))
    assert json.dumps(merged, sort_keys=True) == json.dumps(upper, sort_keys=True)
    assert_nulls_name_keys(patch, lower)
    assert difference(upper, upper) == {}


def assert_nulls_name_keys(patch: dict[str, Any], lower: dict[str, Any]) -> None:
    """Helm lets a null for a key that the chart lacks stay."""
    for key, value in patch.items():
        if value is None:
            assert key in lower
        elif isinstance(value, dict) and isinstance(lower.get(key), dict):
            assert_nulls_name_keys(value, lower[key])


@settings(suppress_health_check=list(HealthCheck))
@given(specs(), specs())
def test_generated_values_read_back_and_fit_their_schema(
    below: dict[str, Any], above: dict[str, Any]
) -> None:
    """Any spec with another one as its environment, whatever their texts are."""
    try:
        base, environment = (load(document({**raw, "name": "orders"})).spec for raw in (below, above))
    except InputError:
        assume(False)
    usage, own = usage_of([base, environment]), own_values(("e",), generic=False, tested=True)
    lower, upper = (values_of(spec, usage, own) for spec in (base, environment))
    assert yaml.load(values_file(base, usage, own), Unique) == lower  # noqa: S506 - a safe loader
    patch = yaml.load(environment_file(lower, upper, "e"), Unique)  # noqa: S506 - the same
    assert merge(as_map(lower), as_map(patch)) == {**upper, "environment": "e"}
    assert_nulls_name_keys(patch, lower)
    validator = Draft202012Validator(values_schema(usage, own, 35))
    for each in (lower, {**upper, "environment": "e"}):
        assert [str(error) for error in validator.iter_errors(each)] == []
    everything = values_of(base, EVERYTHING, ())
    assert yaml.load(values_file(base, EVERYTHING, ()), Unique) == everything  # noqa: S506 - the same


UNION = """\
name: orders
image: ghcr.io/acme/orders:1.4.2
environments:
  one:
    autoscaling: {maxReplicas: 5}
  two:
    env: {LEVEL: debug}
    resources: {limits: {cpu: 2}}
"""


def test_structure_is_the_union_of_base_and_environments(tmp_path: Path) -> None:
    """A section that only an environment uses stands with its defaults; nothing else leaves a trace."""
    file = tmp_path / "service.yaml"
    file.write_text(UNION, encoding="utf-8")
    made = values(SpecFile(file, "service.yaml"))
    text = made.files["values.yaml"]
    assert "\nautoscaling:\n  enabled: false\n  # maxReplicas: Pods that run at most; required" in text
    assert "\nenv: {}\n" in text
    assert "\nresources: {}\n  # limits: a guess to measure" in text
    assert not {"labels", "name", "version", "namespace", "patches", "network"} & set(made.whole[""])
    assert list(made.whole[""])[-3:] == ["nameOverride", "fullnameOverride", "environment"]
    assert made.files["values-one.yaml"] == (
        "# What differs in one.\nautoscaling:\n  enabled: true\n  maxReplicas: 5\nenvironment: one\n"
    )
    assert made.files["values-two.yaml"] == (
        "# What differs in two.\n"
        "env:\n  LEVEL:\n    value: debug\n"
        'resources:\n  limits:\n    cpu: "2"\n'
        "environment: two\n"
    )


def test_a_derived_field_stands_as_a_comment_where_it_is_in_use() -> None:
    """How it is derived, and for a given one its value."""
    spec = load("name: a\nimage: b:1\nports: {http: {port: 80, protocol: TCP}}\n").spec
    usage = usage_of([spec]).with_paths([("shutdown", "gracePeriodSeconds"), ("ports", "*", "servicePort")])
    text = values_file(spec, usage, ())
    assert "\n  # gracePeriodSeconds: preStop or drainSeconds, and timeoutSeconds, and 5\n" in text
    assert "\n  http:\n    port: 80\n    # servicePort: port\n    protocol: TCP\n" in text
    assert "progressDeadlineSeconds" not in text
    assert "progressDeadlineSeconds" in values_file(spec, EVERYTHING, ())
