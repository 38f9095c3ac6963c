"""values.schema.json: what both Helms refuse, in which words, and what they let through."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from jsonschema_rs import Draft202012Validator

from k8sgen.chart.schema import SchemaWriter, scalar, values_schema
from k8sgen.chart.usage import EVERYTHING, Usage, usage_of
from k8sgen.chart.values import own_values, values_file
from k8sgen.errors import Place, SpecError
from k8sgen.fleet.find import find_specs
from k8sgen.spec.fields import Type, fields_of
from k8sgen.spec.load import check_values
from k8sgen.spec.long_form import long_form
from k8sgen.spec.merge import merge
from k8sgen.spec.model import WHOLE
from k8sgen.spec.service_spec import Spec
from k8sgen.spec.values_text import LEFT_OUT
from k8sgen.validate.definitions import NEWEST, OLDEST, Definitions
from k8sgen.yamltext.write import document
from tests.chart.both_sides import as_map, load
from tests.cli import k8sgen
from tests.spec.strategies import long_form as long_layer
from tests.spec.strategies import partial_specs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from k8sgen.spec.fields import SpecField
    from tests.plugins.helm import Helm

EXAMPLES = Path(__file__).parents[2] / "examples"

SPEC = """\
name: orders
image: ghcr.io/acme/orders:1.4.2
ports:
  http: 8080
  admin: {port: 9090, protocol: TCP, nodePort: 30090}
team: payments
env:
  LEVEL: info
  PASSWORD: {secretKeyRef: {name: db, key: password}}
resources: {limits: {memory: 256Mi}}
disruption: {maxUnavailable: 1}
files: {/etc/orders.yaml: "a: 1\\n"}
placement:
  affinity: {nodeAffinity: {}}
  tolerations: [{key: a, operator: Exists}]
volumes:
  tmp: {emptyDir: {medium: Memory}, mountPath: /tmp}
  data: {size: 1Gi, mountPath: /data}
container: {stdin: false}
pod: {dnsPolicy: Default}
extraObjects:
  more: {apiVersion: v1, kind: ConfigMap, metadata: {name: more}}
"""

MINOR = 35
MORE = [("disruption", "minAvailable"), ("shutdown", "gracePeriodSeconds"), ("files", "*", "mode")]
"""Fields that an environment or a derivation would bring in."""


@cache
def chart() -> dict[str, str]:
    """A chart that shows its values."""
    spec = load(SPEC).spec
    usage = usage_of([spec]).with_paths(MORE)
    own = own_values(("production",), generic=False, tested=True)
    return {
        "Chart.yaml": "apiVersion: v2\nname: orders\nversion: 0.1.0\n",
        "values.yaml": values_file(spec, usage, own),
        "values.schema.json": json.dumps(values_schema(usage, own, MINOR)),
        "templates/values.yaml": "{{ .Values | toJson }}\n",
    }


def answer(helm: Helm, directory: Path, override: Mapping[str, Any]) -> str:
    """What Helm says against an override; nothing when it takes it."""
    for path, text in chart().items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_text(text, encoding="utf-8")
    run = helm.template("orders", directory, "-f", "-", stdin=document(override))
    if run.returncode == 0:
        assert run.stderr == ""
        return ""
    head = (
        "Error: values don't meet the specifications of the schema(s) in the following chart(s):\norders:\n"
    )
    assert run.stderr.startswith(head)
    return run.stderr.removeprefix(head).strip()


REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"replica": 3}, "- at '': additional properties 'replica' not allowed"),
    ({"autoscaling": {"enabled": True}}, "- at '': additional properties 'autoscaling' not allowed"),
    ({"name": "other"}, "- at '': additional properties 'name' not allowed"),
    ({"rollout": {"surge": 1}}, "- at '/rollout': additional properties 'surge' not allowed"),
    ({"ports": {"x": {"port": 1, "name": "x"}}}, "- at '/ports/x': additional properties 'name' not allowed"),
    ({"ports": {"UPPER": {"port": 1}}}, "- at '/ports': additional properties 'UPPER' not allowed"),
    ({"ports": {"a" * 16: {"port": 1}}}, "invalid propertyName 'aaaaaaaaaaaaaaaa'"),
    ({"ports": {"x": 80}}, "- at '/ports/x': got number, want object"),
    ({"ports": {"x": {}}}, "- at '/ports/x': missing property 'port'"),
    ({"ports": {"x": {"port": 70000}}}, "maximum: got 70,000, want 65,535"),
    ({"ports": {"x": {"port": 1, "protocol": "udp"}}}, "value must be one of 'TCP', 'UDP', 'SCTP'"),
    ({"replicas": "3"}, "- at '/replicas': got string, want integer"),
    ({"replicas": 1.5}, "- at '/replicas': got number, want integer"),
    ({"replicas": 2**53 + 2}, "- at '/replicas': maximum: got"),
    ({"replicas": True}, "- at '/replicas': got boolean, want integer"),
    ({"replicas": None}, "- at '': missing property 'replicas'"),
    ({"rollout": None}, "- at '': missing property 'rollout'"),
    ({"rollout": {"minReadySeconds": None}}, "- at '/rollout': missing property 'minReadySeconds'"),
    ({"image": {"repository": None}}, "- at '/image': missing property 'repository'"),
    ({"nameOverride": None}, "- at '': missing property 'nameOverride'"),
    (
        {"shutdown": {"gracePeriodSeconds": None}},
        "- at '/shutdown/gracePeriodSeconds': got null, want integer",
    ),
    ({"image": "a:1"}, "- at '/image': got string, want object"),
    ({"image": {"tag": 1.1}}, "- at '/image/tag': got number, want string"),
    ({"image": {"tag": "1\n"}}, "- at '/image/tag': '1\\n' does not match pattern"),
    ({"env": {"LEVEL": {"value": 1}}}, "- at '/env/LEVEL/value': got number, want string"),
    ({"env": {"LEVEL": {"value": None}}}, "- at '/env/LEVEL': missing property 'secretKeyRef'"),
    ({"env": {"LEVEL": {"value": "a\x7f"}}}, "- at '/env/LEVEL/value': 'a\\x7f' does not match pattern"),
    ({"env": {"LEVEL": {"value": "a\x85b"}}}, "- at '/env/LEVEL/value': 'a\\u0085b' does not match pattern"),
    (
        {"env": {"PASSWORD": {"value": "x"}}},
        "- at '/env/PASSWORD/secretKeyRef': value must be 'absent, because value is given'",
    ),
    (
        {"disruption": {"minAvailable": "50%"}},
        "- at '/disruption/minAvailable': value must be 'absent, because maxUnavailable is given'",
    ),
    (
        {"volumes": {"tmp": {"size": "1Gi"}}},
        "- at '/volumes/tmp/emptyDir': value must be 'absent, because size is given'",
    ),
    ({"resources": {"limits": {"memory": 1}}}, "- at '/resources/limits/memory': got number, want string"),
    ({"resources": {"limits": {"memory": "1GB"}}}, "- at '/resources/limits/memory': '1GB' does not match"),
    ({"files": {"/etc/orders.yaml": {"mode": 512}}}, "maximum: got 512, want 511"),
    ({"environment": "prod"}, "- at '/environment': value must be one of '', 'production'"),
    ({"fullnameOverride": "Orders"}, "- at '/fullnameOverride': 'Orders' does not match pattern"),
    ({"testImage": ""}, "- at '/testImage': minLength: got 0, want 1"),
    ({"global": []}, "- at '/global': got array, want object"),
    ({"placement": {"affinity": {"node": {}}}}, "- at '/placement/affinity': additional properties 'node'"),
    (
        {"placement": {"tolerations": [{"tolerationSeconds": "9"}]}},
        "- at '/placement/tolerations/0/tolerationSeconds': got string, want null or integer",
    ),
    (
        {"placement": {"tolerations": [{"value": "\x7f"}]}},
        "- at '/placement/tolerations/0/value': '\\x7f' does not match pattern",
    ),
    (
        {"volumes": {"tmp": {"emptyDir": {"size": 1}}}},
        "- at '/volumes/tmp/emptyDir': additional properties 'size'",
    ),
    ({"container": {"stdin": "no"}}, "- at '/container/stdin': got string, want null or boolean"),
    ({"container": {"stdinn": True}}, "- at '/container': additional properties 'stdinn' not allowed"),
    ({"pod": {"dnsPolicyy": "x"}}, "- at '/pod': additional properties 'dnsPolicyy' not allowed"),
    (
        {"extraObjects": {"x": {"kind": "A"}}},
        "- at '/extraObjects/x': missing properties 'apiVersion', 'metadata'",
    ),
)


@pytest.mark.parametrize(("override", "message"), REFUSED, ids=lambda value: str(value)[:40])
def test_both_helms_refuse(helm: Helm, tmp_path: Path, override: dict[str, Any], message: str) -> None:
    """The message names the place, and what is wrong there."""
    assert message in answer(helm, tmp_path, override)


TAKEN: tuple[dict[str, Any], ...] = (
    {},
    {"global": {"registry": "a", "deep": {"x": [1]}}},
    {"team": None},
    {"ports": {"admin": None}},
    {"ports": {"admin": {"nodePort": None}}},
    {"ports": {"grpc": {"port": 50051, "protocol": "UDP"}}},
    {"disruption": {"maxUnavailable": None, "minAvailable": "50%"}},
    {"disruption": {"maxUnavailable": "100%"}},
    {"env": {"PASSWORD": None, "y": {"value": "on"}}},
    {"env": {"LEVEL": {"value": None, "secretKeyRef": {"name": "a", "key": "b"}}}},
    {"env": {"LEVEL": {"value": "é\u00a0😀\u2028\ttwo\nlines\r\n"}}},
    {"replicas": 0},
    {"replicas": 1e6},
    {"replicas": 2_147_483_647},
    {"image": {"tag": "", "digest": f"sha256:{'a' * 64}"}},
    {"resources": {"limits": {"memory": None}}},
    {"resources": {"limits": {"cpu": "0.5", "memory": "1e3"}}},
    {"environment": "production"},
    {"nameOverride": "web", "fullnameOverride": "shop-web", "testImage": "mirror.local/busybox:1"},
    {"placement": {"affinity": None}},
    {"placement": {"tolerations": [{"tolerationSeconds": 2**53}]}},
    {"volumes": {"tmp": {"emptyDir": {"sizeLimit": 1}}}},
    {"volumes": {"data": {"size": None, "emptyDir": {}}}},
    {"container": {"lifecycle": {"postStart": {"exec": {"command": ["a"]}}}}},
    {"container": {"image": "left to the rule, which names its place"}},
    {"extraObjects": {"more": None}},
)


@pytest.mark.parametrize("override", TAKEN, ids=lambda value: str(value)[:40])
def test_both_helms_take(helm: Helm, tmp_path: Path, override: dict[str, Any]) -> None:
    """What the spec allows in long form, and a null for each key that may go."""
    assert answer(helm, tmp_path, override) == ""


def inside(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema in a schema."""
    if isinstance(schema, dict):
        yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for item in schema:
            yield from inside(item)


def test_a_number_without_bounds_of_its_own_has_those_of_helm() -> None:
    """Beyond 2^53 a float64 is another number; the spec's own bounds go first."""
    assert scalar({"type": "integer", "maximum": 9}) == {"type": "integer", "minimum": -(2**53), "maximum": 9}
    assert scalar({"anyOf": [{"type": "integer", "minimum": 0}]}) == {
        "anyOf": [{"type": "integer", "minimum": 0, "maximum": 2**53}]
    }


@cache
def generic() -> dict[str, Any]:
    """The schema of the chart that carries everything."""
    return values_schema(EVERYTHING, own_values((), generic=True, tested=True), MINOR, generic=True)


def test_patterns_are_what_every_engine_reads() -> None:
    """No look-ahead, no classes that differ, nothing that Go's engine counts too far."""
    patterns = {each["pattern"] for each in inside(generic()) if isinstance(each.get("pattern"), str)}
    assert len(patterns) > 10
    for pattern in patterns:
        assert not re.search(r"\(\?|\\[pPdDwWbBuk]", pattern), pattern
        assert all(int(count) <= 1000 for count in re.findall(r"\{(\d+)", pattern)), pattern
        re.compile(pattern)


def test_every_part_of_the_spec_is_closed_and_described() -> None:
    """Unknown keys are refused at every depth, and an editor shows what each field is."""
    named = [part for name, part in generic()["$defs"].items() if "." not in name and name != "text"]
    assert len(named) > 30
    for part in (generic(), *named):
        assert part["additionalProperties"] is False
        assert all(field.get("description") for field in part["properties"].values())


@pytest.mark.parametrize(
    "file", find_specs([str(EXAMPLES)])[0], ids=lambda file: Path(file.shown).parent.name
)
def test_output_of_values_fits_the_generic_chart(file: Any) -> None:
    """`k8sgen values --env E` is a values file of charts/service, for every example and environment."""
    validator = Draft202012Validator(generic())
    environments = (yaml.safe_load(file.path.read_text()).get("environments") or {}).keys()
    for environment in ("", *environments):
        run = k8sgen("values", file.path.name, "--env", environment, cwd=file.path.parent)
        assert run.status == 0, run.stderr
        values = {**yaml.safe_load(run.stdout), "testImage": "busybox:1"}
        assert [str(error) for error in validator.iter_errors(values)] == []


SMALL = "name: orders\nimage: ghcr.io/acme/orders:1.4.2\nport: 8080\n"


@cache
def lenient() -> Draft202012Validator:
    """The same schema, with Kubernetes' own objects left to Kubernetes."""
    with mock.patch.object(SchemaWriter, "kubernetes", return_value={"type": "object"}):
        return Draft202012Validator(values_schema(EVERYTHING, (), MINOR, generic=True))


@settings(suppress_health_check=list(HealthCheck))
@given(partial_specs())
def test_the_schema_takes_what_the_models_take(raw: dict[str, Any]) -> None:
    """Whatever is laid over a service, in long form: types, bounds, patterns, either/ors and what is required.

    Rules are no part of either. Text is drawn without control characters, which files may not hold.
    """
    values = merge(as_map(long_form(load(SMALL).spec)), long_layer(raw))
    values = as_map({key: value for key, value in values.items() if key not in LEFT_OUT | {"environments"}})
    try:
        check_values(values, Place("values.yaml", 1, 1), [])
        wrong = ""
    except SpecError as error:
        wrong = str(error)
    refused = [str(each) for each in lenient().iter_errors(values)]
    assert bool(refused) == bool(wrong), wrong or refused


def fields_below(type_: Type) -> Iterator[SpecField]:
    """Every field of the spec."""
    if type_.item is not None:
        yield from fields_below(type_.item)
    if type_.model is not None:
        for field in fields_of(type_.model).values():
            yield field
            yield from fields_below(field.type)


def holds_any(type_: Type) -> bool:
    """Whether a type is Kubernetes' own somewhere, and no part of the spec."""
    return type_.shape == "any" or (type_.item is not None and holds_any(type_.item))


def test_every_object_of_kubernetes_names_its_definition() -> None:
    """A field that passes Kubernetes' own through says in its model what that is; patches are no value."""
    fields = [field for field in fields_below(Type("model", model=Spec)) if holds_any(field.type)]
    assert len(fields) > 40
    assert {field.key for field in fields if not field.kubernetes} == {"patches"}
    newest = Definitions(NEWEST)
    for name in {field.kubernetes for field in fields} - {"", WHOLE}:
        assert newest.schema(name.partition("#")[0]), name


@pytest.mark.parametrize("minor", range(OLDEST, NEWEST + 1))
def test_schema_of_every_version_is_a_schema(minor: int) -> None:
    """References lead somewhere, also where a version lacks a type."""
    own = own_values((), generic=True, tested=True)
    Draft202012Validator(values_schema(EVERYTHING, own, minor, generic=True))


def test_only_definitions_that_are_reached_are_embedded() -> None:
    """A chart without Kubernetes' own objects has the one definition of what text may hold."""
    spec = load("name: orders\nimage: ghcr.io/acme/orders:1.4.2\nport: 8080\n").spec
    small = values_schema(usage_of([spec]), (), MINOR)
    assert set(small["$defs"]) == {"text"}
    with_affinity: Usage = usage_of([spec]).with_paths([("placement", "affinity")])
    names = set(values_schema(with_affinity, (), MINOR)["$defs"])
    assert "io.k8s.api.core.v1.Affinity" in names
    assert "io.k8s.api.core.v1.PodSpec" not in names
