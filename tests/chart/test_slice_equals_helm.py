"""The first slice as a chart is what `render` says, on both Helms, whatever is overridden."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from k8sgen.chart.chart import Chart, chart_of
from k8sgen.chart.usage import usage_of
from tests.chart.both_sides import Outcome, agree, load, overridden, templated, with_override
from tests.chart.overrides import over

if TYPE_CHECKING:
    from pathlib import Path

    from k8sgen.spec.load import LoadedSpec
    from tests.plugins.helm import Helm

SLICE = """\
name: orders
image: ghcr.io/acme/orders:1.4.2
ports:
  http: 8080
  admin: 9090
sidecars:
  proxy:
    image: envoyproxy/envoy:v1.30
    args: ["--level", "1e3", "on", "012"]
    ports: {metrics: 9901}
"""

OVERRIDES: tuple[dict[str, Any], ...] = (
    {},
    {"startup": {"slowestSeconds": 1_000_000}},
    {"startup": {"expectedSeconds": 3}},
    {"startup": {"expectedSeconds": 30, "slowestSeconds": 7}},
    {"shutdown": {"timeoutSeconds": 90}},
    {"shutdown": {"gracePeriodSeconds": 600}},
    {"replicas": 1},
    {"replicas": 1000000},
    {"replicas": 5, "disruption": {"minAvailable": "50%"}},
    {"disruption": {"enabled": False}},
    {"disruption": {"maxUnavailable": "25%"}},
    {"rollout": {"maxSurge": 0, "maxUnavailable": "0%"}},
    {"rollout": {"type": "Recreate", "maxSurge": 0}},
    {"rollout": {"maxSurge": 2, "minReadySeconds": 0, "progressDeadlineSeconds": 1}},
    {"ports": {"admin": None}},
    {"ports": {"grpc": {"port": 50051, "protocol": "UDP"}}},
    {"sidecars": {"proxy": None}},
    {"sidecars": {"proxy": {"security": {"runAsUser": 0}}}},
    {
        "sidecars": {
            "log": {"image": {"repository": "fluent/bit", "digest": f"sha256:{'0' * 64}"}, "order": 2},
            "proxy": {"order": 1},
        }
    },
    {
        "sidecars": {
            "proxy": {
                "args": [],
                "command": ["y", "null", "~", "", "0x1F", "- a", "a: b", "é\u00a0😀", '"\\', "{{ .Values }}"],
            }
        }
    },
    {"image": {"tag": "1.10"}},
    {"image": {"tag": "", "digest": f"sha256:{'a' * 64}"}},
    {"image": {"pullPolicy": "Always"}},
    {
        "labels": {"b": "1e3", "a": "true", "A": "y", "acme.com/x": ""},
        "annotations": {"on": " <&> \n two\n", "n": "1_000"},
    },
    {"podLabels": {"tier": "0x1F"}, "podAnnotations": {"no": "~"}},
    {"partOf": "shop", "team": "0123"},
    {"selector": {"app": "orders"}},
    {"selector": {"app.kubernetes.io/name": "orders", "app": "1"}},
    {"containerName": "null"},
    {"serviceAccount": {"create": False, "name": "default", "automountToken": True}},
    {"probes": {"startup": {"enabled": False}}},
    {"probes": {"startup": {"failureThreshold": 9, "initialDelaySeconds": 0}}},
    {"security": {"seLinuxOptions": {}}},
    {"placement": {"nodeSelector": {"disk": "ssd", "on": "off"}}},
)


@cache
def slice_of_all() -> tuple[LoadedSpec, Chart]:
    """The slice, and a chart of it that carries all that the overrides use."""
    loaded = load(SLICE)
    above = [overridden(loaded, override).spec for override in OVERRIDES]
    return loaded, chart_of(loaded, usage=usage_of([loaded.spec, *above]))


def compare(helm: Helm, directory: Path, override: dict[str, Any]) -> Outcome:
    """Both sides agree on an override; what they say."""
    loaded, chart = slice_of_all()
    there = templated(helm, directory, loaded, override, chart)
    agree(with_override(loaded, override), there)
    return there


@pytest.mark.parametrize("override", OVERRIDES, ids=str)
def test_every_override_gives_the_same_objects(helm: Helm, tmp_path: Path, override: dict[str, Any]) -> None:
    """Derived values follow the override, rules refuse it with the same message, types stay."""
    compare(helm, tmp_path, override)


@pytest.mark.parametrize("seed", range(10))
def test_overrides_together_give_the_same_objects(helm: Helm, tmp_path: Path, seed: int) -> None:
    """Several overrides merge in Helm as they do here."""
    override: dict[str, Any] = {}
    for one in random.Random(seed).sample(OVERRIDES, 4):  # noqa: S311 - a choice of cases
        override = over(override, one)
    compare(helm, tmp_path, override)


def test_a_selector_that_nobody_gave_can_be_given(helm: Helm, tmp_path: Path) -> None:
    """It is derived unless given, and so its entries are carried, which stand in every object's labels."""
    loaded = load("name: orders\nimage: a:1\nport: 8080\nargs: []\n")
    override = {"selector": {"app": "orders", "app.kubernetes.io/name": "shop"}, "args": ["a"]}
    agree(with_override(loaded, override), templated(helm, tmp_path, loaded, override, chart_of(loaded)))


def test_a_map_of_parts_in_which_nobody_has_a_part_stays_empty(helm: Helm, tmp_path: Path) -> None:
    """The chart knows no field of one; a map of texts can be filled."""
    loaded = load("name: orders\nimage: a:1\nport: 8080\nnetwork: {allowTo: {}}\n")
    override: dict[str, Any] = {"network": {"allowTo": {"database": {}}}}
    there = templated(helm, tmp_path, loaded, override, chart_of(loaded))
    assert "- at '/network/allowTo': maxProperties: got 1, want 0" in there.unsound


def test_a_rule_of_probes_passes_over_those_that_a_container_lacks(helm: Helm, tmp_path: Path) -> None:
    """Of two sidecars with several ports, one has a probe that the other lacks, and says no port for it."""
    sidecars = (
        "sidecars:\n  a: {image: a:1, order: 1, ports: {c: 1, d: 2}, probes: {liveness: {tcpSocket: {}}}}\n"
    )
    loaded = load(
        f"name: orders\nimage: a:1\nport: 8080\n{sidecars}  b: {{image: a:1, order: 2, ports: {{e: 3, f: 4}}, probes: {{}}}}\n"
    )
    there = templated(helm, tmp_path, loaded, {}, chart_of(loaded))
    agree(with_override(loaded, {}), there)
    assert there.refused.startswith("sidecars.a.probes.liveness does not say which port to ask")


def test_derived_values_follow_an_override(helm: Helm, tmp_path: Path) -> None:
    """Both sides could be wrong alike, so a few numbers are said here."""
    override = {"shutdown": {"timeoutSeconds": 90}, "startup": {"slowestSeconds": 301}, "replicas": 1}
    there = compare(helm, tmp_path, override)
    assert '"terminationGracePeriodSeconds": 100' in there.objects["Deployment/orders"]
    assert '"failureThreshold": 152' in there.objects["Deployment/orders"]
    assert "PodDisruptionBudget/orders" not in there.objects


def test_an_infeasible_override_fails_with_our_message(helm: Helm, tmp_path: Path) -> None:
    """Helm says what `render` says, and prints nothing."""
    override = {"rollout": {"maxSurge": "0%", "maxUnavailable": 0}}
    there = compare(helm, tmp_path, override)
    assert (
        "rollout.maxSurge (0%) and rollout.maxUnavailable (0) are both zero: no pod could ever be replaced\n  hint: raise one of them"
        in there.refused
    )
    assert there.objects == {}
