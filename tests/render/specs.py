"""Valid specs for property tests: drawn feature by feature, with the strings that break careless tools."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

AWKWARD = (
    "",
    " ",
    "on",
    "y",
    "No",
    "null",
    "~",
    "true",
    "012",
    "0o17",
    "0x1F",
    "1e3",
    "08",
    "22:22",
    "1.10",
    "-",
    "- a",
    "a: b",
    "#x",
    "a #b",
    "'",
    '"',
    "\\",
    "{{ .Values.x }}",
    "${HOME}",
    "$(HOME)",
    "%",
    "@",
    "`",
    "!x",
    "&a",
    "*a",
    "|",
    ">",
    "=",
    "<<",
    "2001-01-01",
    "line one\nline two\n",
    "no end\nof line",
    "  leading",
    "trailing  ",
    "tab\tinside",
    "é",
    "☃",
    "🎉",
    ".inf",
    "1_000",
    "[a]",
    "{a: 1}",
)

names = st.from_regex(r"[a-z][a-z0-9-]{0,18}[a-z0-9]", fullmatch=True)
texts = st.sampled_from(AWKWARD) | st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\u2028\u2029\ufeff"
    ),
    max_size=30,
)
label_values = st.sampled_from(("", "1", "true", "on", "1.10", "a-b", "A_B.c"))
label_keys = st.sampled_from(("example.com/a", "tier", "on", "y", "1", "example.com/No"))
seconds = st.integers(1, 120)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Often nothing, so that few features meet in one spec and shrinking finds which."""
    return st.none() | st.none() | strategy


def env_values() -> st.SearchStrategy[Any]:
    """Values and references of variables."""
    plain = texts.filter(lambda text: "$(" not in text) | st.integers(-(2**40), 2**40) | st.booleans()
    return (
        plain
        | st.just({"secretKeyRef": {"name": "s", "key": "k"}})
        | st.just({"fieldRef": {"fieldPath": "metadata.name"}})
    )


def probes(port: str | int) -> st.SearchStrategy[Any]:
    """A probe in any form."""
    handlers = st.sampled_from(
        (
            {"httpGet": {"path": "/x", "port": port}},
            {"tcpSocket": {"port": port}},
            {"exec": {"command": ["/bin/check", "on", "012"]}},
        )
    )
    timings = st.fixed_dictionaries(
        {},
        optional={
            "periodSeconds": st.integers(5, 20),
            "failureThreshold": st.integers(5, 9),
            "timeoutSeconds": st.integers(1, 4),
        },
    )
    return (
        st.just("/healthz")
        | st.just(False)
        | st.builds(lambda handler, timing: handler | timing, handlers, timings)
    )


def resources() -> st.SearchStrategy[Any]:
    """Requests at most as large as limits."""
    return st.sampled_from(
        (
            {"requests": {"cpu": 1, "memory": "64Mi"}, "limits": {"memory": "64Mi"}},
            {"requests": {"cpu": 0.5}, "limits": {}},
            {"requests": {"cpu": "250m", "memory": "1Gi"}, "limits": {"cpu": "2", "memory": "2Gi"}},
        )
    )


def runtimes() -> st.SearchStrategy[Any]:
    """Each runtime, with the memory that its parts take."""
    return st.sampled_from(
        (
            "go",
            {"go": {"version": "1.24", "memoryLimitPercent": 80}},
            {"jvm": {"heap": "64Mi", "codeCache": "16Mi", "threads": 10, "loadedClasses": 1000}},
            {"jvm": {"heapPercent": 20, "gc": "G1", "flags": ["-Don=y"]}},
            "node",
            {"python": {"threads": 2}},
            {"python": {"server": "uvicorn", "workers": 1}},
        )
    )


def sidecars() -> st.SearchStrategy[Any]:
    """One container beside the main one."""
    return st.fixed_dictionaries(
        {"image": st.just("proxy:1.0"), "order": st.just(1)},
        optional={
            "args": st.lists(texts, max_size=3),
            "env": st.dictionaries(st.sampled_from(("A", "B_C")), env_values(), max_size=2),
            "ports": st.just({"admin": 9901}),
            "resources": resources(),
            "security": st.just({"runAsUser": 101}),
            "container": st.just({"terminationMessagePolicy": "FallbackToLogsOnError"}),
        },
    )


@st.composite
def specs(draw: st.DrawFn) -> dict[str, Any]:
    """A whole service.yaml. A rule may still refuse it, which is an answer as well."""
    spec: dict[str, Any] = {
        "name": draw(names),
        "image": draw(st.sampled_from(("a/b:1.0", "r:5000/a@sha256:" + "0" * 64))),
    }
    ports: dict[str, Any] = draw(
        st.sampled_from(
            ({}, {"http": 8080}, {"http": 8080, "grpc": {"port": 9000, "servicePort": 90}}, {"tcp-1": 1})
        )
    )
    if ports:
        spec["ports"] = ports
    first = next(iter(ports), None)
    optional: dict[str, st.SearchStrategy[Any]] = {
        "namespace": names,
        "team": label_values,
        "labels": st.dictionaries(label_keys, label_values, max_size=2),
        "podLabels": st.just({"example.com/pod": "yes"}),
        "annotations": st.dictionaries(st.sampled_from(("a", "example.com/on")), texts, max_size=2),
        "podAnnotations": st.just({"example.com/p": "012"}),
        "args": st.lists(texts, max_size=3),
        "env": st.dictionaries(st.sampled_from(("A", "B_C", "on", "Y", "N")), env_values(), max_size=4),
        "resources": resources(),
        "runtime": runtimes(),
        "replicas": st.integers(0, 12),
        "startup": st.fixed_dictionaries({"expectedSeconds": seconds, "slowestSeconds": seconds}),
        "autoscaling": st.builds(
            lambda low, more, cpu: {"minReplicas": low, "maxReplicas": low + more, "cpu": cpu},
            st.integers(1, 5),
            st.integers(0, 5),
            st.integers(10, 90),
        ),
        "rollout": st.sampled_from(
            (
                {"type": "Recreate"},
                {"maxSurge": 1},
                {"maxSurge": 0, "maxUnavailable": "50%"},
                {"minReadySeconds": 0},
                {"revisionHistoryLimit": 0},
            )
        ),
        "shutdown": st.fixed_dictionaries(
            {"drainSeconds": st.integers(0, 30), "timeoutSeconds": st.integers(0, 90)}
        ),
        "disruption": st.sampled_from(
            (
                False,
                {"minAvailable": 1},
                {"maxUnavailable": "50%"},
                {"unhealthyPodEvictionPolicy": "IfHealthyBudget"},
            )
        ),
        "placement": st.sampled_from(
            (
                {"spread": "none"},
                {"spread": "hard"},
                {"nodeSelector": {"a": "on"}},
                {"priorityClassName": "p"},
            )
        ),
        "security": st.sampled_from(
            (
                {"podSecurity": "baseline"},
                {"runAsUser": 1000, "fsGroup": 2000},
                {"readOnlyRootFilesystem": False},
                {"addCapabilities": ["NET_BIND_SERVICE"]},
            )
        ),
        "serviceAccount": st.sampled_from(
            (
                "existing",
                {"automountToken": True},
                {"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]},
            )
        ),
        "files": st.dictionaries(st.sampled_from(("/etc/a.txt", "/etc/b/c.yaml")), texts, max_size=2),
        "volumes": st.sampled_from(
            (
                {"cache": {"emptyDir": {"sizeLimit": "1Gi"}, "mountPath": "/cache"}},
                {"data": {"size": 1, "accessModes": ["ReadWriteMany"], "mountPath": "/data"}},
            )
        ),
        "sidecars": st.fixed_dictionaries({"proxy": sidecars()}),
        "container": st.just({"stdin": True}),
        "pod": st.just({"dnsPolicy": "ClusterFirst"}),
        "extraObjects": st.fixed_dictionaries(
            {
                "more": st.fixed_dictionaries(
                    {
                        "apiVersion": st.just("v1"),
                        "kind": st.just("ConfigMap"),
                        "metadata": st.just({"name": "more"}),
                        "data": st.dictionaries(st.sampled_from(("on", "a", "1")), texts, max_size=3),
                    }
                )
            }
        ),
        "patches": st.just({"Deployment": {"metadata": {"annotations": {"patched": "1e3"}}}}),
    }
    if first:
        optional |= {
            "probes": st.fixed_dictionaries(
                {}, optional={kind: probes(first) for kind in ("startup", "liveness", "readiness")}
            ),
            "service": st.sampled_from(
                (False, {"type": "NodePort"}, {"headless": True}, {"sessionAffinity": "ClientIP"})
            ),
            "services": st.just({"extra": {"type": "ClusterIP", "ports": [first]}}),
            "expose": st.just({"hosts": {"a.example.com": {"paths": {"/": first}}}}),
            "network": st.just(
                {
                    "allowFrom": {"all": {"ports": [first]}},
                    "allowTo": {"db": {"ipBlock": {"cidr": "10.0.0.0/8"}, "ports": [5432]}},
                }
            ),
        }
    for key, strategy in optional.items():
        value = draw(maybe(strategy))
        if value is not None:
            spec[key] = value
    return spec
