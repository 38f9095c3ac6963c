"""Short forms become long forms, each key with its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from k8sgen.spec.expand import expand
from k8sgen.spec.fields import Type, fields_of
from k8sgen.spec.service_spec import Spec
from k8sgen.yamltext.read import Map, Source, read_document
from tests.spec.strategies import as_map, long_form, partial_specs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.errors import Problem
    from k8sgen.spec.model import Model

SOURCE = Source("service.yaml", Path("/nowhere"))

FORMS: dict[str, dict[str, Any]] = {
    "port: 80": {"ports": {"http": {"port": 80}}},
    "port: 80\nports: {grpc: 90}": {"ports": {"http": {"port": 80}, "grpc": {"port": 90}}},
    "port: {port: 80, hostPort: 80}": {"ports": {"http": {"port": 80, "hostPort": 80}}},
    "port: null": {"ports": {"http": None}},
    "image: a": {"image": {"repository": "a", "tag": "", "digest": ""}},
    "image: a:1.10": {"image": {"repository": "a", "tag": "1.10", "digest": ""}},
    "image: r:5000/a/b": {"image": {"repository": "r:5000/a/b", "tag": "", "digest": ""}},
    "image: r:5000/a:1@sha256:00": {"image": {"repository": "r:5000/a", "tag": "1", "digest": "sha256:00"}},
    "probes: {liveness: /a}": {"probes": {"liveness": {"enabled": True, "httpGet": {"path": "/a"}}}},
    "probes: {liveness: false}": {"probes": {"liveness": {"enabled": False}}},
    "probes: {liveness: {periodSeconds: 3}}": {"probes": {"liveness": {"enabled": True, "periodSeconds": 3}}},
    "probes: {liveness: {enabled: false, periodSeconds: 3}}": {
        "probes": {"liveness": {"enabled": False, "periodSeconds": 3}}
    },
    "autoscaling: true": {"autoscaling": {"enabled": True}},
    "autoscaling: {}": {"autoscaling": {"enabled": True}},
    "disruption: false": {"disruption": {"enabled": False}},
    "env: {A: b, B: 1, C: true, D: null}": {
        "env": {"A": {"value": "b"}, "B": {"value": "1"}, "C": {"value": "true"}, "D": None}
    },
    "env: {A: {value: 9007199254740992}}": {"env": {"A": {"value": "9007199254740992"}}},
    "files: {/a: text}": {"files": {"/a": {"text": "text"}}},
    "resources: {requests: {cpu: 1, memory: 0.5}}": {
        "resources": {"requests": {"cpu": "1", "memory": "0.5"}}
    },
    "resources: {limits: null}": {"resources": {"limits": None}},
    "volumes: {a: {size: 1073741824, mountPath: /a}}": {
        "volumes": {"a": {"size": "1073741824", "mountPath": "/a"}}
    },
    "placement: {spread: hard}": {"placement": {"spread": {"zones": "hard", "hosts": "hard"}}},
    "serviceAccount: a": {"serviceAccount": {"create": False, "name": "a"}},
    "sidecars: {p: {image: a:1, port: 80, probes: {liveness: /a}, env: {A: 1}}}": {
        "sidecars": {
            "p": {
                "image": {"repository": "a", "tag": "1", "digest": ""},
                "ports": {"http": {"port": 80}},
                "probes": {"liveness": {"enabled": True, "httpGet": {"path": "/a"}}},
                "env": {"A": {"value": "1"}},
            }
        }
    },
    "patches: {Deployment: {a: null}}": {"patches": {"Deployment": {"a": None}}},
}
"""Layers as written, by their long form."""


def expanded(text: str) -> tuple[Map, list[Problem]]:
    """The long form of a layer, and what is wrong with it."""
    problems: list[Problem] = []
    return expand(read_document(text + "\n", SOURCE), Spec, problems), problems


@pytest.mark.parametrize(("text", "form"), FORMS.items(), ids=FORMS)
def test_long_form(text: str, form: dict[str, Any]) -> None:
    """Every short form, and what it stands for."""
    assert expanded(text) == (form, [])


@given(partial_specs())
def test_long_form_has_no_longer_form(layer: dict[str, Any]) -> None:
    """A long form, such as a values file, expands to itself."""
    once = long_form(layer)
    assert long_form(once) == once


@given(partial_specs())
def test_a_layer_is_left_as_it_was(layer: dict[str, Any]) -> None:
    """A layer is expanded for each environment anew, so expanding must not change it."""
    given_layer, untouched = as_map(layer), as_map(layer)
    expand(given_layer, Spec, [])
    assert given_layer == untouched


def marks_missing(value: Any, path: str = "") -> list[str]:
    """The keys of a layer that do not know where they stand."""
    if not isinstance(value, Map):
        return []
    here = [f"{path}{key}" for key in value if key not in value.marks]
    return here + [each for key, item in value.items() for each in marks_missing(item, f"{path}{key}.")]


@pytest.mark.parametrize("text", FORMS)
def test_every_key_knows_its_place(text: str) -> None:
    """What a short form stands for stands where the short form does."""
    assert marks_missing(expanded(text)[0]) == []


def test_place_of_what_a_short_form_stands_for() -> None:
    """A message about the port's number points at the number, one about its tag at the reference."""
    layer, _ = expanded("port: 80\nimage: a:1")
    assert str(layer["ports"]["http"].marks["port"].place()) == "service.yaml:1:7"
    assert str(layer["image"].marks["tag"].place()) == "service.yaml:2:8"


@pytest.mark.parametrize(
    "path", ["replicas", "labels", "rollout.maxSurge", "probes.liveness", "ports", "placement.spread.zones"]
)
def test_null_for_a_constant_default(path: str) -> None:
    """Merging would hide it, so expanding says it."""
    text = "null"
    for key in reversed(path.split(".")):
        text = f"{{{key}: {text}}}"
    _, problems = expanded(text)
    assert [problem.message for problem in problems] == [
        f"{path} is null, but it has a default and cannot be removed"
    ]


REQUIRED_PARTS = {"MainImage.pullSecrets"}
"""The image is required, so that every values file has it."""


def below_names(type_: Type, *, named: bool = False) -> Iterator[tuple[type[Model], bool]]:
    """Each model below a type, and whether an override may bring it in: an entry of a map or list, an optional part."""
    if type_.item is not None:
        yield from below_names(type_.item, named=True)
    if type_.model is not None:
        yield type_.model, named
        for field in fields_of(type_.model).values():
            yield from below_names(field.type, named=named or field.kind != "default")


def test_constant_defaults_stand_where_values_files_have_them() -> None:
    """No constant default inside what an override may add, since Helm would not fill it in; none for a branch."""
    wrong = {
        f"{model.__name__}.{key}"
        for model, named in below_names(Type("model", model=Spec))
        for key, field in fields_of(model).items()
        if field.kind == "default" and (named or any(key in group for group in model.either))
    }
    assert wrong <= REQUIRED_PARTS
