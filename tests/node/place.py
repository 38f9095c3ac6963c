"""The app of the example in a namespace of its own on the real node, as a user would have put it there."""

from __future__ import annotations

import base64
import http.client
import json
import re
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from k8sgen.explain.promises import read_probe
from tests.plugins.control_plane import documents

if TYPE_CHECKING:
    from collections.abc import Callable

    from k8sgen.explain.promises import Probe
    from tests.plugins.control_plane import ApiServer
    from tests.plugins.real_node import RealNode

EXAMPLE = Path(__file__).parents[2] / "examples" / "gin-orders"
NAME = "gin-orders"
PATIENCE = 120
"""Seconds after which what has not come is not coming."""
SLACK = 2.0
"""Seconds that the kubelet's own rounds, the controllers and a busy machine may add to a bound."""
EARLY = 0.5
"""Seconds by which a probe may come early after one that came late."""

Object = dict[str, Any]


def run_k8sgen(*arguments: str) -> str:
    """What the command prints for the example, in a process of its own since scenes run side by side."""
    command: list[str | Path] = [Path(sys.executable).with_name("k8sgen"), *arguments]
    done = subprocess.run(command, cwd=EXAMPLE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def stated(words: str, explanation: str) -> tuple[int, ...]:
    """The numbers that `explain` states in a sentence; each `#` in it stands for one."""
    pattern = re.escape(words).replace(r"\#", r"(\d+)")
    found = re.search(pattern, " ".join(explanation.split()))
    assert found, f"explain does not say {words!r}:\n{explanation}"
    return tuple(int(number) for number in found.groups())


def until(what: str, condition: Callable[[], bool], patience: float = PATIENCE, pause: float = 0.05) -> float:
    """Wait until something is so; the time.monotonic() of it."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < patience, f"{what} did not come in {patience} s"
        time.sleep(pause)
    return time.monotonic()


def ask(
    address: str, path: str, method: str = "GET", port: int = 8080, timeout: float = 5
) -> tuple[int, bytes]:
    """Status and body of one answer, over a connection of its own; OSError when there is none."""
    connection = http.client.HTTPConnection(address, port, timeout=timeout)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@dataclass
class Place:
    """A namespace with the app's rendered manifests applied, unchanged but for the node selector."""

    node: RealNode
    database_url: str
    cache_url: str
    sets: tuple[str, ...] = ()
    server: ApiServer = field(init=False)
    namespace: str = field(init=False)
    explanation: str = field(init=False)

    def __post_init__(self) -> None:
        self.server = self.node.server()
        self.explanation = run_k8sgen("explain", "service.yaml", *self._sets())
        self.namespace = f"test-{uuid.uuid4().hex[:8]}"
        # Enforced: what is not restricted is not even created here.
        labels = {"pod-security.kubernetes.io/enforce": "restricted"}
        meta = {"name": self.namespace, "labels": labels}
        self.server.apply(json.dumps({"apiVersion": "v1", "kind": "Namespace", "metadata": meta}))
        addresses = {"database-url": self.database_url, "redis-url": self.cache_url}
        data = {key: base64.b64encode(url.encode()).decode() for key, url in addresses.items()}
        self.apply_object({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": NAME}, "data": data})
        self.apply(*self.sets)

    def _sets(self, *more: str) -> list[str]:
        return [argument for each in (*self.sets, *more) for argument in ("--set", each)]

    def apply_object(self, wanted: Object) -> Object:
        """Create or change one object."""
        (applied,) = self.server.apply(json.dumps(wanted), self.namespace)
        return applied

    def apply(self, *more: str) -> None:
        """Render with further `--set` and apply; only the choice of the node is added."""
        for document in documents(run_k8sgen("render", "service.yaml", *self._sets(*more))):
            rendered = yaml.load(document, yaml.CSafeLoader)
            if rendered["kind"] == "Deployment":
                rendered["spec"]["template"]["spec"]["nodeSelector"] = {"type": "real"}
            self.apply_object(rendered)

    def path(self, api: str, plural: str, name: str = "") -> str:
        """Where objects of this namespace live."""
        return f"{api}/namespaces/{self.namespace}/{plural}" + (f"/{name}" if name else "")

    @property
    def deployment(self) -> Object:
        """The app's Deployment."""
        return self.server.get(self.path("/apis/apps/v1", "deployments", NAME))

    @property
    def container(self) -> Object:
        """The app's container as the API server has it."""
        found: Object = self.deployment["spec"]["template"]["spec"]["containers"][0]
        return found

    def probe(self, name: str) -> Probe:
        """A probe of the app's, by its field's name."""
        found = read_probe(self.container, name)
        assert found is not None
        return found

    def pods(self) -> list[Object]:
        """The app's pods, those that are going included."""
        items: list[Object] = self.server.get(self.path("/api/v1", "pods"))["items"]
        return items

    def pod(self, name: str) -> Object:
        """One pod."""
        return self.server.get(self.path("/api/v1", "pods", name))

    def status(self, name: str) -> Object:
        """How the app's container in a pod is."""
        found: Object = self.pod(name)["status"]["containerStatuses"][0]
        return found

    def restarts(self) -> dict[str, int]:
        """How often the container of each pod has been restarted."""
        return {
            pod["metadata"]["name"]: status["restartCount"]
            for pod in self.pods()
            for status in pod["status"].get("containerStatuses", [])
        }

    def events(self, pod: str, reason: str) -> list[Object]:
        """What the kubelet has told of a pod."""
        found: list[Object] = self.server.get(self.path("/api/v1", "events"))["items"]
        return [
            event for event in found if event["reason"] == reason and event["involvedObject"]["name"] == pod
        ]

    def in_traffic(self) -> set[str]:
        """Pods to which the Service sends new connections."""
        slices = self.server.get(self.path("/apis/discovery.k8s.io/v1", "endpointslices"))["items"]
        return {
            endpoint["targetRef"]["name"]
            for each in slices
            for endpoint in each.get("endpoints") or []
            if endpoint["conditions"]["ready"]
        }

    def address(self) -> str:
        """The Service's own."""
        found: str = self.server.get(self.path("/api/v1", "services", NAME))["spec"]["clusterIP"]
        return found

    def wait_until_available(self) -> list[Object]:
        """Wait until all that is wanted is there and nothing else; the pods, by name."""

        def settled() -> bool:
            deployment = self.deployment
            status, wanted = deployment["status"], deployment["spec"]["replicas"]
            return bool(
                status.get("observedGeneration") == deployment["metadata"]["generation"]
                and status.get("updatedReplicas") == status.get("availableReplicas") == wanted
                and len(self.pods()) == wanted
            )

        until(f"the rollout of {self.namespace}", settled)
        return sorted(self.pods(), key=lambda pod: str(pod["metadata"]["name"]))

    def fault(self, address: str, fault: str) -> float:
        """Switch a fault on in one pod; the time.monotonic() right before."""
        began = time.monotonic()
        status, text = ask(address, f"/faults/{fault}", "POST")
        assert status == 202, text
        return began
