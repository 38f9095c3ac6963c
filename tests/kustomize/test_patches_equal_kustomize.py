"""What the patches say, the real kustomize does: objects before and after, drawn with everything that could go wrong."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from k8sgen.kustomize.patches import Patch, patch_between
from k8sgen.yamltext.write import document
from tests.render.specs import texts

if TYPE_CHECKING:
    from tests.plugins.kustomize import Kustomize

scalars = st.sampled_from((0, 1, 80, 1_000_700_000, 0.5, True, False, "80", "true", "50%", "info")) | texts
free = st.recursive(
    scalars | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("a", "on", "1", "x/y~z", "name", "null")), inner, max_size=3)
    ),
    max_leaves=6,
)


def keyed(key: str, strategy: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """A list whose items have names of their own, in any order."""
    return st.lists(st.sampled_from("abcde"), unique=True, max_size=4).flatmap(
        lambda names: st.tuples(*(strategy for _ in names)).map(
            lambda items: [{key: name, **item} for name, item in zip(names, items, strict=True)]
        )
    )


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A map with any of the fields."""
    return st.fixed_dictionaries({}, optional=fields)


def told_apart(keys: tuple[str, str], *values: tuple[Any, Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """A list whose items two keys tell apart, of which the second may be missing; in some, they do not."""
    items = st.builds(
        lambda pair, more: {**{key: value for key, value in zip(keys, pair, strict=True) if value}, **more},
        st.sampled_from(values),
        some(name=scalars),
    )
    return st.lists(
        items, unique_by=lambda item: (item.get(keys[0]), item.get(keys[1])), max_size=3
    ) | st.lists(items, max_size=2)


ports = told_apart(
    ("containerPort", "protocol"), (80, "TCP"), (80, "UDP"), (81, "TCP"), (82, None), (80, None)
)
constraints = told_apart(("topologyKey", "whenUnsatisfiable"), ("a", "c"), ("a", "d"), ("b", "c"))
containers = keyed(
    "name",
    some(
        image=scalars,
        env=keyed(
            "name", some(value=scalars, valueFrom=st.just({"fieldRef": {"fieldPath": "metadata.name"}}))
        ),
        ports=ports,
        args=st.lists(scalars, max_size=2),
        volumeMounts=keyed("mountPath", some(name=scalars, readOnly=st.booleans())),
        resources=free,
    ),
)
pods = some(
    containers=containers,
    volumes=keyed("name", some(emptyDir=some(sizeLimit=scalars), other=free)),
    tolerations=st.lists(free, max_size=2),
    topologySpreadConstraints=constraints,
    other=free,
)
deployments = st.builds(
    lambda annotations, pod, more: {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "a", **({"annotations": annotations} if annotations else {})},
        "spec": {"template": {"spec": pod}, **more},
    },
    st.dictionaries(st.sampled_from(("a", "on", "x/y")), texts, max_size=2),
    pods,
    some(replicas=st.integers(0, 3), free=free),
)
unknown = st.builds(
    lambda spec: {
        "apiVersion": "acme.example.com/v1",
        "kind": "Thing",
        "metadata": {"name": "a"},
        "spec": spec,
    },
    st.dictionaries(st.sampled_from(("a", "containers", "ports")), free, max_size=3),
)


maps = st.recursive(
    scalars | st.none(),
    lambda inner: st.dictionaries(st.sampled_from(("a", "b", "on", "1", "x/y~z")), inner, max_size=4),
    max_leaves=8,
)
data = st.builds(
    lambda held: {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": held},
    st.dictionaries(st.sampled_from("abcd"), maps, max_size=4),
)


def mixed(one: Any, other: Any, keep: int) -> Any:
    """Partly the one, partly the other, so that most of an object stays as it was."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = [*one, *(key for key in other if key not in one)]
        return {
            key: mixed(one.get(key, other.get(key)), other.get(key, one.get(key)), keep >> index)
            for index, key in enumerate(keys)
            if key in other or keep >> index & 1
        }
    return one if keep & 1 else other


def changes(
    objects: st.SearchStrategy[dict[str, Any]],
) -> st.SearchStrategy[tuple[dict[str, Any], dict[str, Any]]]:
    """An object, and what it should become."""
    return st.tuples(objects, objects, st.integers(0, 1023)).map(lambda drawn: (drawn[0], mixed(*drawn)))


pairs = changes(deployments) | changes(unknown) | changes(data)


def config_map(value: Any) -> dict[str, Any]:
    """An object with one value."""
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"a": {"b": value}}}


def with_ports(*ports: tuple[int, str]) -> dict[str, Any]:
    """A Deployment whose container has these ports."""
    container = {"name": "a", "ports": [{"containerPort": port, "protocol": name} for port, name in ports]}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "a"},
        "spec": {"template": {"spec": {"containers": [container]}}},
    }


HARD = [
    (config_map("on"), config_map(None)),
    (config_map(1), config_map(None)),
    (config_map("80"), config_map(80)),
    (config_map(80), config_map("80")),
    (config_map("a"), config_map("on")),
    (config_map({"c": 1}), config_map({})),
    (config_map({"c": 1}), config_map([1])),
    (config_map([1]), config_map(1)),
    (with_ports((53, "UDP"), (53, "TCP")), with_ports((53, "TCP"))),
    (with_ports((53, "UDP")), with_ports((53, "TCP"), (53, "UDP"))),
    (with_ports((53, "UDP")), with_ports()),
]
"""What is tried in every run, whatever is drawn."""


@example(HARD)
@given(st.lists(pairs, min_size=15, max_size=20))
@settings(max_examples=settings().max_examples // 2)  # each of them is many
def test_an_object_and_its_patch_are_the_wanted_object(
    kustomize: Kustomize, drawn: list[tuple[dict[str, Any], dict[str, Any]]]
) -> None:
    """Many pairs in one build."""
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place)
        wanted = {}
        kustomization: dict[str, Any] = {"resources": [], "patches": []}
        for index, pair in enumerate(drawn):
            before, after = ({**obj, "metadata": {**obj["metadata"], "name": f"o{index}"}} for obj in pair)
            wanted[f"o{index}"] = after
            (directory / f"o{index}.yaml").write_text(document(before), encoding="utf-8")
            kustomization["resources"].append(f"o{index}.yaml")
            patch = patch_between(before, after)
            if patch is not None:
                (directory / f"p{index}.yaml").write_text(document(patch.content), encoding="utf-8")
                kustomization["patches"].append({"path": f"p{index}.yaml", **target(patch, after)})
        (directory / "kustomization.yaml").write_text(document(kustomization), encoding="utf-8")
        built = {obj["metadata"]["name"]: obj for obj in kustomize.build(directory)}
        for name, obj in wanted.items():
            assert typed(built[name]) == typed(obj), name


def target(patch: Patch, obj: dict[str, Any]) -> dict[str, Any]:
    """What kustomize must be told of a JSON Patch."""
    return {"target": {"kind": obj["kind"], "name": obj["metadata"]["name"]}} if patch.is_json else {}


def typed(value: Any) -> str:
    """A value in which 1, true and "1" all differ."""
    return json.dumps(value, sort_keys=True, indent=1)
