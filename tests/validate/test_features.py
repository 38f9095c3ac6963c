"""Fields that are off by default in the target version."""

from __future__ import annotations

from typing import Any

import pytest

from k8sgen.features import FEATURES, NEVER, available
from k8sgen.validate.availability import check_features, used_features
from k8sgen.validate.schemas import NEWEST, OLDEST, Schemas

CORE = "io.k8s.api.core.v1."
ROOTS = {
    "Container": f"{CORE}Container",
    "HorizontalPodAutoscaler": "io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler",
    "JobSpec": "io.k8s.api.batch.v1.JobSpec",
    "PersistentVolumeClaim": f"{CORE}PersistentVolumeClaim",
    "PodDisruptionBudget": "io.k8s.api.policy.v1.PodDisruptionBudget",
    "PodSpec": f"{CORE}PodSpec",
    "Service": f"{CORE}Service",
    "StatefulSet": "io.k8s.api.apps.v1.StatefulSet",
}
GONE = {"PodSpec.workloadRef"}


def deployment(pod: dict[str, Any]) -> dict[str, Any]:
    """A Deployment of these pods."""
    return {"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"template": {"spec": pod}}}


@pytest.mark.parametrize("path", [path for feature in FEATURES.values() for path in feature.fields])
def test_paths_are_fields(path: str) -> None:
    """Every path of the table is a field of the newest schemas, so no entry is misspelled."""
    if path in GONE:
        return
    root, *steps = path.partition("=")[0].split(".")
    value: Any = {}
    for step in reversed(steps):
        value = [value] if step == "*" else {step: value}
    unknown = [
        found
        for found in Schemas(NEWEST).check_fragment(ROOTS[root], value)
        if "unknown field" in found.message
    ]
    assert unknown == []


@pytest.mark.parametrize(
    ("name", "minor"),
    [
        ("prestop-sleep", 30),
        ("native-sidecars", 29),
        ("traffic-distribution", 31),
        ("unhealthy-pod-eviction-policy", 27),
    ],
)
def test_first_version(name: str, minor: int) -> None:
    """A feature is available from its version on."""
    assert not available(name, minor - 1)
    assert available(name, minor)


def test_bounds() -> None:
    """Versions are minor versions, or never; every feature names its gate."""
    assert all(20 < feature.since <= NEWEST or feature.since == NEVER for feature in FEATURES.values())
    assert all(": " in feature.source for feature in FEATURES.values())
    assert not available("stop-signal", NEWEST)


@pytest.mark.parametrize(
    ("obj", "minor", "messages"),
    [
        (
            deployment({"containers": [{"lifecycle": {"preStop": {"sleep": {"seconds": 5}}}}]}),
            29,
            [
                (
                    'spec.template.spec.containers[0].lifecycle.preStop.sleep: "sleep" is off by default in '
                    "Kubernetes 1.29 and would be dropped"
                )
            ],
        ),
        (deployment({"containers": [{"lifecycle": {"preStop": {"sleep": {"seconds": 5}}}}]}), 30, []),
        (
            deployment({"initContainers": [{}, {"restartPolicy": "Always"}]}),
            28,
            [
                (
                    'spec.template.spec.initContainers[1].restartPolicy: "restartPolicy" is off by default in '
                    "Kubernetes 1.28 and would be dropped"
                )
            ],
        ),
        (deployment({"hostUsers": None}), 25, []),
        (
            {"kind": "Service", "spec": {"trafficDistribution": "PreferSameZone"}},
            33,
            [
                'spec.trafficDistribution: "PreferSameZone" is off by default in Kubernetes 1.33, which refuses it'
            ],
        ),
        ({"kind": "Service", "spec": {"trafficDistribution": "PreferClose"}}, 33, []),
        (
            {
                "kind": "CronJob",
                "spec": {"jobTemplate": {"spec": {"template": {"spec": {"hostUsers": False}}}}},
            },
            33,
            [],
        ),
        ({"kind": "ConfigMap", "data": {"hostUsers": "x"}}, OLDEST, []),
        ({}, OLDEST, []),
    ],
)
def test_check(obj: dict[str, Any], minor: int, messages: list[str]) -> None:
    """Fields and values that are off are reported with their place."""
    assert [str(found) for found in check_features(obj, minor)] == messages


def test_hints() -> None:
    """The hint says from which version on, or that there is none."""
    pod = {"containers": [{"lifecycle": {"stopSignal": "SIGINT"}, "resizePolicy": []}], "hostUsers": False}
    found = {violation.pointer[-1]: violation.hint for violation in check_features(deployment(pod), 30)}
    assert found == {
        "stopSignal": "remove it; no version so far has it on by default",
        "resizePolicy": "remove it, or target Kubernetes 1.33 or later",
        "hostUsers": "remove it, or target Kubernetes 1.33 or later",
    }


def test_used_features() -> None:
    """Everything used is listed, whatever the version."""
    pod = {"topologySpreadConstraints": [{"matchLabelKeys": ["a"]}], "containers": []}
    assert [(feature.name, pointer) for feature, pointer in used_features(deployment(pod))] == [
        (
            "spread-match-label-keys",
            ("spec", "template", "spec", "topologySpreadConstraints", 0, "matchLabelKeys"),
        )
    ]


@pytest.mark.parametrize("minor", range(OLDEST, NEWEST + 1))
def test_newer_features_alone(minor: int) -> None:
    """What is reported are the used features that the version has not on, in the order of all."""
    container = {
        "resizePolicy": [],
        "volumeMounts": [{"recursiveReadOnly": "Enabled", "bindMountOptions": ["noexec"]}],
        "lifecycle": {"stopSignal": "SIGINT", "preStop": {"sleep": {"seconds": 1}}},
        "livenessProbe": {"grpc": {"port": 1}, "terminationGracePeriodSeconds": 1},
    }
    obj = deployment(
        {
            "hostUsers": False,
            "volumes": [{"image": {}}, {"configMap": {"defaultUser": 1}}],
            "topologySpreadConstraints": [{"matchLabelKeys": ["a"], "minDomains": 1}],
            "initContainers": [container | {"restartPolicy": "Always"}],
            "containers": [container],
        }
    )
    used = list(used_features(obj))
    assert len({feature.name for feature, _ in used}) > 10
    assert [found.pointer for found in check_features(obj, minor)] == [
        pointer for feature, pointer in used if minor < feature.since
    ]
