"""A namespace that differs by environment: written once where kustomize then does what is wanted, else object by object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from k8sgen.fleet.find import SpecFile
from tests.cli import k8sgen
from tests.kustomize.test_overlays_equal_render import agree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugins.kustomize import Kustomize

RULES = {"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]}
CLUSTER_RULES = {**RULES, "clusterRules": [{"apiGroups": [""], "resources": ["nodes"], "verbs": ["get"]}]}


def config_map(name: str, **metadata: str) -> dict[str, Any]:
    """An extra object."""
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": name, **metadata},
        "data": {"a": "on"},
    }


CASES: dict[str, tuple[dict[str, Any], str | None, str | None, str]] = {
    "nothing but ours": ({}, "shop", "shop-eu", "namespace: shop-eu"),
    "into one from none": ({}, None, "shop", "namespace: shop"),
    "into default from none": ({}, None, "default", "namespace: default"),
    "out of one": ({}, "shop", None, "op: remove"),
    "with rights": ({"serviceAccount": RULES}, "shop", "shop-eu", "$patch: delete"),
    "with rights in the cluster": ({"serviceAccount": CLUSTER_RULES}, "shop", "shop-eu", "$patch: delete"),
    "an object of its own in it": (
        {"extraObjects": {"a": config_map("a", namespace="shop")}},
        "shop",
        "shop-eu",
        "op: replace",
    ),
    "an object elsewhere": (
        {"extraObjects": {"a": config_map("a", namespace="other")}},
        "shop",
        "shop-eu",
        "op: replace",
    ),
    "an object in none": ({"extraObjects": {"a": config_map("a")}}, "shop", "shop-eu", "op: replace"),
    "one name in two namespaces": (
        {
            "extraObjects": {
                "a": config_map("a", namespace="other"),
                "b": config_map("a", namespace="another"),
            }
        },
        "shop",
        "shop-eu",
        "op: replace",
    ),
    "a cluster-wide kind that kustomize does not know": (
        {
            "extraObjects": {
                "a": {
                    "apiVersion": "acme.example.com/v1",
                    "kind": "Thing",
                    "metadata": {"name": "a.b"},
                    "spec": {"list": [1]},
                }
            }
        },
        "shop",
        "shop-eu",
        "op: replace",
    ),
    "a namespace among the objects": (
        {"extraObjects": {"a": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}}},
        "shop",
        "shop-eu",
        "op: replace",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_namespace_that_differs(kustomize: Kustomize, tmp_path: Path, case: str) -> None:
    """And everything else that differs with it."""
    more, before, after, said = CASES[case]
    spec: dict[str, Any] = {"name": "orders", "image": "x:1", "port": 80, **more}
    if before:
        spec["namespace"] = before
    spec["environments"] = {"eu": {"namespace": after, "replicas": 3}}
    (tmp_path / "service.yaml").write_text(yaml.safe_dump(spec), encoding="utf-8")
    run = k8sgen("kustomize", "service.yaml", "-o", "out", cwd=tmp_path)
    assert run.status == 0, run.stderr
    file = SpecFile(tmp_path / "service.yaml", "service.yaml")
    assert agree(kustomize, file, tmp_path / "out") == ["", "eu"]
    overlay = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out/overlays/eu").iterdir())
    assert said in overlay
    assert ("\nnamespace: " in overlay) == said.startswith("namespace")


def test_rights_that_kustomize_would_rewrite_are_refused(tmp_path: Path) -> None:
    """To kustomize, `default` and none are one namespace, so the account cannot be dropped and added."""
    spec = {
        "name": "orders",
        "image": "x:1",
        "serviceAccount": RULES,
        "environments": {"eu": {"namespace": "default"}},
    }
    (tmp_path / "service.yaml").write_text(yaml.safe_dump(spec), encoding="utf-8")
    run = k8sgen("kustomize", "service.yaml", "-o", "out", cwd=tmp_path)
    assert run.status == 2
    assert run.stderr == (
        "service.yaml:1:1: ServiceAccount/orders gets the namespace default in the environment eu alone, and "
        "kustomize would write that into the bindings of its roles\n"
        "  hint: give the base a namespace\n"
    )
    assert not (tmp_path / "out").exists()


def thing(name: str, items: list[int], **metadata: str) -> dict[str, Any]:
    """An object of which a changed list is a JSON Patch."""
    metadata = {"name": name, **metadata}
    return {
        "apiVersion": "acme.example.com/v1",
        "kind": "Thing",
        "metadata": metadata,
        "spec": {"list": items},
    }


def test_json_patch_finds_its_object_and_no_other(kustomize: Kustomize, tmp_path: Path) -> None:
    """A dot in a name is no other letter, and a name in another namespace another object."""
    objects = {
        "dot": thing("a.b", [1]),
        "letter": thing("axb", [1]),
        "one": thing("same", [1], namespace="one"),
        "two": thing("same", [1], namespace="two"),
    }
    changed = {key: {"spec": {"list": [2]}} for key in ("dot", "one")}
    spec = {
        "name": "orders",
        "image": "x:1",
        "extraObjects": objects,
        "environments": {"eu": {"extraObjects": changed}},
    }
    (tmp_path / "service.yaml").write_text(yaml.safe_dump(spec), encoding="utf-8")
    run = k8sgen("kustomize", "service.yaml", "-o", "out", cwd=tmp_path)
    assert run.status == 0, run.stderr
    file = SpecFile(tmp_path / "service.yaml", "service.yaml")
    assert agree(kustomize, file, tmp_path / "out") == ["", "eu"]
    overlay = (tmp_path / "out/overlays/eu/kustomization.yaml").read_text(encoding="utf-8")
    assert overlay.count("target:") == 2
