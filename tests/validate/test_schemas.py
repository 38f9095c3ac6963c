"""Objects against the published schemas, and against CRDs."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from k8sgen.errors import SpecError
from k8sgen.validate import definitions
from k8sgen.validate.schemas import NEWEST, OLDEST, Schemas

if TYPE_CHECKING:
    from pathlib import Path

DEPLOYMENT: dict[str, Any] = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "orders", "labels": {"app": "orders"}},
    "spec": {
        "replicas": 2,
        "selector": {"matchLabels": {"app": "orders"}},
        "strategy": {"rollingUpdate": {"maxSurge": "25%", "maxUnavailable": 0}},
        "template": {
            "metadata": {"labels": {"app": "orders"}},
            "spec": {
                "containers": [
                    {
                        "name": "orders",
                        "image": "example.com/orders:1",
                        "ports": [{"containerPort": 8080}],
                        "resources": {"requests": {"cpu": 0.5, "memory": "128Mi"}},
                    }
                ]
            },
        },
    },
}
BUCKET_CRD: dict[str, Any] = {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "spec": {
        "group": "example.com",
        "names": {"kind": "Bucket"},
        "versions": [
            {
                "name": "v1",
                "served": True,
                "schema": {
                    "openAPIV3Schema": {
                        "type": "object",
                        "properties": {
                            "spec": {
                                "type": "object",
                                "required": ["size"],
                                "properties": {
                                    "size": {"x-kubernetes-int-or-string": True},
                                    "class": {"type": "string", "enum": ["fast", "slow"]},
                                    "extra": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
                                    "count": {"type": "integer", "format": "int32", "minimum": 1},
                                },
                            }
                        },
                    }
                },
            }
        ],
    },
}


FIELDS = (
    "the fields here are minReadySeconds, paused, progressDeadlineSeconds, replicas, revisionHistoryLimit, "
    "selector, strategy, template"
)


def changed(path: str, value: Any) -> dict[str, Any]:
    """The Deployment with one value replaced; path steps are separated by slashes."""
    obj = copy.deepcopy(DEPLOYMENT)
    *steps, last = path.split("/")
    holder: Any = obj
    for step in steps:
        holder = holder[int(step)] if isinstance(holder, list) else holder[step]
    holder[last] = value
    return obj


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache directory of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    definitions._cache_directory.cache_clear()
    return tmp_path


@pytest.mark.parametrize("minor", range(OLDEST, NEWEST + 1))
def test_every_version_takes_a_deployment(minor: int) -> None:
    """Each supported version has its schemas."""
    schemas = Schemas(minor)
    assert schemas.check(DEPLOYMENT) == []
    assert schemas.knows("policy/v1", "PodDisruptionBudget")
    assert not schemas.knows("policy/v1beta1", "Deployment")


@pytest.mark.parametrize("minor", [OLDEST - 1, NEWEST + 1, 0])
def test_other_versions_are_refused(minor: int) -> None:
    """A version without schemas is the caller's error, said with the range."""
    with pytest.raises(SpecError) as caught:
        Schemas(minor)
    assert str(caught.value) == (
        f"Kubernetes 1.{minor} is not supported\n  hint: write a version from 1.{OLDEST} to 1.{NEWEST}"
    )


@pytest.mark.parametrize(
    ("path", "value", "message", "hint"),
    [
        ("spec/replica", 2, 'spec.replica: unknown field "replica"', 'did you mean "replicas"?'),
        ("spec/zzz", 2, 'spec.zzz: unknown field "zzz"', FIELDS),
        ("spec/replicas", "2", 'spec.replicas: "2" is text, expected an integer', "write 2 without quotes"),
        (
            "spec/paused",
            "true",
            'spec.paused: "true" is text, expected true or false',
            "write true without quotes",
        ),
        (
            "spec/replicas",
            2**31,
            "spec.replicas: 2147483648 is out of range, it must be at most 2147483647",
            "",
        ),
        ("metadata/name", 5, "metadata.name: 5 is an integer, expected text", 'write "5"'),
        (
            "metadata/labels/app",
            True,
            "metadata.labels.app: true is a boolean, expected text",
            'write "true"',
        ),
        (
            "spec/template/spec/containers",
            {},
            "spec.template.spec.containers: {} is a map, expected a list",
            "",
        ),
        (
            "spec/strategy/rollingUpdate/maxSurge",
            [],
            "spec.strategy.rollingUpdate.maxSurge: [] is a list, expected an integer or text",
            "",
        ),
        (
            "spec/template/spec/containers/0/ports",
            [{"name": "http"}],
            'spec.template.spec.containers[0].ports[0].containerPort: "containerPort" is missing',
            "write containerPort",
        ),
    ],
)
def test_refusals(path: str, value: Any, message: str, hint: str) -> None:
    """Each refusal names place, value and what was expected."""
    (found,) = Schemas(35).check(changed(path, value))
    assert (str(found), found.hint) == (message, hint)


def test_every_problem_is_found() -> None:
    """One check reports all problems, in the order of their places."""
    obj = changed("spec/replicas", "x")
    obj["metadata"]["nam"] = 1
    obj["extra"] = {}
    assert [found.pointer for found in Schemas(35).check(obj)] == [
        ("extra",),
        ("metadata", "nam"),
        ("spec", "replicas"),
    ]


@pytest.mark.parametrize(
    ("obj", "messages"),
    [
        ({}, ['apiVersion: "apiVersion" is missing', 'kind: "kind" is missing']),
        ([], ["the object: [] is a list, expected a map"]),
        (
            {"apiVersion": "extensions/v1beta1", "kind": "Deployment"},
            ['apiVersion: Kubernetes 1.35 has no Deployment in "extensions/v1beta1"'],
        ),
        (
            {"apiVersion": "apps/v1", "kind": "Deploymnt"},
            ['kind: no schema for kind "Deploymnt" of "apps/v1"'],
        ),
        ({"apiVersion": 1, "kind": ["a"]}, ['kind: no schema for kind "[\'a\']" of "1"']),
        (
            {"apiVersion": "v1", "kind": "Service", 5: 1},
            ["the object: not a JSON value: Dict key must be str or str enum. Got 'int'"],
        ),
    ],
)
def test_what_is_no_known_object(obj: Any, messages: list[str]) -> None:
    """What is not an object of a known kind is said, never raised."""
    assert [str(found) for found in Schemas(35).check(obj)] == messages


def test_nulls_are_absent() -> None:
    """The server drops an explicit null, so it is none of the schema's business."""
    obj = changed("spec/strategy", {"rollingUpdate": {"maxSurge": None, "maxUnavailable": None}})
    obj["spec"]["template"]["spec"]["volumes"] = None
    obj["spec"]["template"]["spec"]["containers"][0]["resources"] = {"limits": {"cpu": None}}
    assert Schemas(35).check(obj) == []


def test_fragments() -> None:
    """A part of an object is checked by its definition's name."""
    schemas = Schemas(35)
    pod = "io.k8s.api.core.v1.PodSpec"
    assert schemas.check_fragment(pod, {"containers": [], "hostNetwork": True}) == []
    (found,) = schemas.check_fragment(pod, {"containers": [], "hostNetwrk": True})
    assert (found.pointer, found.hint) == (("hostNetwrk",), 'did you mean "hostNetwork"?')
    assert "hostUsers" in schemas.fields(pod)
    assert "hostnameOverride" not in Schemas(33).fields(pod)
    with pytest.raises(KeyError):
        schemas.fields("io.k8s.api.core.v1.Nothing")


def test_gateway_api() -> None:
    """The routes of the Gateway API and the reference to a parent come with k8sgen."""
    schemas = Schemas(35)
    route = {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "HTTPRoute",
        "metadata": {"name": "orders"},
        "spec": {
            "parentRefs": [{"name": "public"}],
            "rules": [{"backendRefs": [{"name": "orders", "port": 80}]}],
        },
    }
    assert schemas.check(route) == []
    route["spec"] = {"parentRefs": [{"name": "public", "prot": 80}]}
    assert [str(found) for found in schemas.check(route)] == ['spec.parentRefs[0].prot: unknown field "prot"']
    reference = "gateway.networking.k8s.io/v1 ParentReference"
    assert schemas.check_fragment(reference, {"name": "public", "sectionName": "https"}) == []
    assert [str(found) for found in schemas.check_fragment(reference, {})] == ['name: "name" is missing']
    assert "sectionName" in schemas.fields(reference)


@pytest.mark.parametrize(
    ("spec", "messages"),
    [
        ({"size": "1Gi", "extra": {"any": {"thing": 1}}}, []),
        ({"size": 5, "class": None}, []),
        ({"class": "fast"}, ['spec.size: "size" is missing']),
        ({"size": 5, "sise": 6}, ['spec.sise: unknown field "sise"']),
        ({"size": 5, "class": "huge"}, ['spec.class: "huge" is not allowed here']),
        ({"size": 5, "count": 0}, ["spec.count: 0 is out of range, it must be at least 1"]),
        ({"size": []}, ["spec.size: [] is a list, expected an integer or text"]),
    ],
)
def test_custom_resources(spec: dict[str, Any], messages: list[str], tmp_path: Path) -> None:
    """A CRD is strict, given as an object or in a directory."""
    (tmp_path / "crds").mkdir()
    (tmp_path / "crds" / "bucket.json").write_text(json.dumps(BUCKET_CRD))
    obj = {"apiVersion": "example.com/v1", "kind": "Bucket", "metadata": {"name": "a"}, "spec": spec}
    for schemas in (Schemas(35, crds=[BUCKET_CRD]), Schemas(35, [tmp_path / "crds"])):
        assert [str(found) for found in schemas.check(obj)] == messages


def test_exclusive_bounds_of_crds_are_flags() -> None:
    """As OpenAPI has them: contour's HTTPProxy has `exclusiveMaximum: true` beside `maximum: 65536`."""
    port = {"type": "integer", "minimum": 1, "maximum": 65536, "exclusiveMaximum": True}
    open_port = {**port, "exclusiveMaximum": False}
    root = {"type": "object", "properties": {"port": port, "open": {"anyOf": [open_port]}}}
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": root}}
    names = {"kind": "Proxy", "plural": "proxies"}
    schemas = Schemas(35, crds=[{"spec": {"group": "example.com", "names": names, "versions": [version]}}])
    proxy = {"apiVersion": "example.com/v1", "kind": "Proxy", "metadata": {"name": "a"}}
    assert schemas.check({**proxy, "port": 65535, "open": 65536}) == []
    assert [str(found) for found in schemas.check({**proxy, "port": 65536})] == [
        "port: 65536 is greater than or equal to the maximum of 65536"
    ]


def test_json_schema_files(tmp_path: Path) -> None:
    """A JSON Schema of a kind says its kind by enum or group-version-kind."""
    schema = {
        "properties": {
            "apiVersion": {"enum": ["example.com/v1"]},
            "kind": {"const": "Cup"},
            "size": {"type": "integer"},
        }
    }
    (tmp_path / "cup.json").write_text(json.dumps(schema))
    schemas = Schemas(35, [tmp_path])
    cup = {"apiVersion": "example.com/v1", "kind": "Cup"}
    assert schemas.check(cup) == []
    assert [str(found) for found in schemas.check({**cup, "size": "L"})] == [
        'size: "L" is text, expected an integer'
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "not a readable schema file: "),
        ("kind: CustomResourceDefinition\n", "not a CRD as expected: KeyError('spec')"),
        ("[1, 2]", "not a CRD as expected: AttributeError(\"'list' object has no attribute 'get'\")"),
    ],
)
def test_unreadable_schema_files(text: str, message: str, tmp_path: Path) -> None:
    """A file that cannot be used is named."""
    (tmp_path / "bad.yaml").write_text(text)
    with pytest.raises(SpecError) as caught:
        Schemas(35, [tmp_path])
    assert str(caught.value).startswith(f"{tmp_path / 'bad.yaml'}:1:1: {message}")


@pytest.mark.parametrize(
    ("part", "problem"),
    [
        ({"$ref": "https://example.com/x.json"}, "Resource 'https://example.com/x.json' is not present"),
        ({"pattern": "["}, '"[" is not a "regex"'),
        ({"type": "strin"}, '"strin" is not valid under any of the schemas'),
    ],
)
def test_unusable_schemas(part: dict[str, Any], problem: str, tmp_path: Path) -> None:
    """A schema that cannot be compiled is named when it is needed, and nothing is fetched for it."""
    properties = {"apiVersion": {"const": "example.com/v1"}, "kind": {"const": "Cup"}, "size": part}
    (tmp_path / "cup.json").write_text(json.dumps({"properties": properties}))
    with pytest.raises(SpecError) as caught:
        Schemas(35, [tmp_path]).check({"apiVersion": "example.com/v1", "kind": "Cup"})
    assert str(caught.value).startswith(f'the schema of "example.com/v1 Cup" cannot be used: {problem}')
    assert "\n  hint: mend its schema file" in str(caught.value)


def test_missing_schema_directory(tmp_path: Path) -> None:
    """A directory that is not there is named."""
    with pytest.raises(SpecError, match="is not a directory"):
        Schemas(35, [tmp_path / "none"])


def stored(cache: Path) -> list[Path]:
    """The files of the cache."""
    return [path for path in cache.rglob("*") if path.is_file()]


def test_cache_is_used_and_checked(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was stored is read back; torn or foreign content is read as absent."""
    assert Schemas(35).check(DEPLOYMENT) == []
    files = stored(own_cache)
    assert {file.name for file in files} == {"index", "io.k8s.api.apps.v1.Deployment"}
    with monkeypatch.context() as patch:
        patch.setattr(definitions.Definitions, "_all", lambda _: pytest.fail("the cache was not used"))
        assert Schemas(35).check(DEPLOYMENT) == []
    for spoil in (lambda text: text[:-1], lambda text: text.replace(b"replicas", b"replicaz"), lambda _: b""):
        for file in files:
            file.write_bytes(spoil(file.read_bytes()))
        assert Schemas(35).check(DEPLOYMENT) == []
        assert Schemas(35).check(changed("spec/replicas", "x"))


def test_cache_that_cannot_be_written(own_cache: Path) -> None:
    """A file in the way of the cache directory changes nothing."""
    (own_cache / "k8sgen").write_text("")
    assert Schemas(35).check(DEPLOYMENT) == []


def test_start_up_imports() -> None:
    """A first check neither imports kubernetes_validate nor reads JSON in Python."""
    program = (
        "import sys, json\n"
        "from k8sgen.validate.schemas import Schemas\n"
        "obj = json.loads(sys.argv[1])\n"
        "for _ in range(2):\n"
        "    assert Schemas(35).check(obj) == []\n"
        "print(*{'kubernetes_validate', 'pkg_resources', 'importlib.metadata', 'yaml', 'difflib'} & set(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, json.dumps(DEPLOYMENT)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
