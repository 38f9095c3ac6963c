"""A real API server for a test session, shared by all its pytest-xdist workers.

The first worker that needs it starts it under a file lock, on free ports and with its state in the
session's temporary directory, so two sessions run side by side. Every worker holds a shared lock
while it uses the server; a watchdog waits for the exclusive one and then stops the server. The
kernel drops the locks of a killed process, so nothing is left running however a session ends.
"""

from __future__ import annotations

import fcntl
import http
import http.client
import json
import os
import re
import socket
import ssl
import subprocess
import time
import uuid
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode, urlsplit

import pytest
import yaml

from tests.plugins.needs import CACHE, TOOLS, published_files

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from pathlib import Path

SCRIPTS = TOOLS / "control-plane"
KUBECTL = CACHE / "control-plane" / "bin" / "kubectl"
PodSecurity = Literal["privileged", "baseline", "restricted"]

# Warning: 299 - "text", with quotes and backslashes of the text escaped (RFC 9110 quoted-string).
WARNING = re.compile(r'299 \S+ "((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True)
class Answer:
    """What the server said to one object: 201 and no warnings is a clean acceptance."""

    status: int
    message: str
    warnings: tuple[str, ...]

    @property
    def accepted(self) -> bool:
        """Whether the object would have been created."""
        return self.status == http.HTTPStatus.CREATED


class ApiServer:
    """A connection to the session's API server, kept alive: a dry-run takes 2 to 3 ms."""

    def __init__(self, kubeconfig: Path) -> None:
        self.kubeconfig = kubeconfig
        config = yaml.safe_load(kubeconfig.read_text())
        cluster = config["clusters"][0]["cluster"]
        self._token: str = config["users"][0]["user"]["token"]
        self._address = urlsplit(cluster["server"])
        self._tls = ssl.create_default_context(cafile=cluster["certificate-authority"])
        self._connection = http.client.HTTPSConnection(self._address.netloc, context=self._tls, timeout=60)
        self._resources: dict[str, dict[str, tuple[str, bool]]] = {}
        self._namespaces: set[str] = set()

    def dry_run(self, text: str, namespace: str | None = None) -> Answer:
        """Post one object's own YAML, strictly and without keeping it.

        Without `namespace` a namespaced object goes where it says, else into a namespace whose
        Pod Security level is `restricted`; either is made when it is missing, and warns at that level.
        """
        head = yaml.load(text, yaml.CSafeLoader)
        inside = namespace or head.get("metadata", {}).get("namespace") or "restricted"
        if namespace is None:
            self._ensure_namespace(inside)
        path = self.path(head["apiVersion"], head["kind"], inside)
        query = urlencode({"dryRun": "All", "fieldValidation": "Strict", "fieldManager": "tests"})
        status, body, warnings = self._request("POST", f"{path}?{query}", text, "application/yaml")
        told = json.loads(body)
        return Answer(status, "" if status < 300 else told.get("message", ""), warnings)

    def post(self, path: str, text: str) -> tuple[int, bytes]:
        """Post a text as it is, strictly and without keeping it: the status and the answer's own bytes."""
        query = urlencode({"dryRun": "All", "fieldValidation": "Strict", "fieldManager": "tests"})
        status, body, _ = self._request("POST", f"{path}?{query}", text, "application/yaml")
        return status, body

    def read(self, text: str) -> tuple[int, dict[str, Any]]:
        """What the server makes of the text of one object with a `kind` that keeps whatever it is given.

        Its answer to a strict dry run in the namespace `default`: the object as it was read, or the refusal.
        """
        query = urlencode({"dryRun": "All", "fieldValidation": "Strict", "fieldManager": "tests"})
        path = f"{self.path('example.com/v1', 'Word', 'default')}?{query}"
        status, body, _ = self._request("POST", path, text, "application/yaml")
        return status, json.loads(body)

    def namespace(self, pod_security: PodSecurity = "restricted") -> str:
        """A new namespace, ready for pods, that warns of violations of this Pod Security level."""
        name = f"test-{uuid.uuid4().hex[:12]}"
        self._ensure_namespace(name, pod_security)
        self.wait(
            f"/api/v1/namespaces/{name}/serviceaccounts",
            lambda accounts: any(account["metadata"]["name"] == "default" for account in accounts["items"]),
        )
        return name

    def apply(self, text: str, namespace: str | None = None) -> list[dict[str, Any]]:
        """Create or change every object of a YAML stream for real; an object refused is an error."""
        applied = []
        for document in documents(text):
            head = yaml.load(document, yaml.CSafeLoader)
            meta = head["metadata"]
            inside = namespace or meta.get("namespace") or "default"
            path = self.path(head["apiVersion"], head["kind"], inside, meta["name"])
            query = urlencode({"fieldManager": "tests", "force": "true", "fieldValidation": "Strict"})
            status, body, _ = self._request(
                "PATCH", f"{path}?{query}", document, "application/apply-patch+yaml"
            )
            applied.append(self._parsed(status, body, path))
        return applied

    def get(self, path: str) -> dict[str, Any]:
        """What stands at a path such as `/apis/apps/v1/namespaces/n/deployments/d`; 404 is an error."""
        status, body, _ = self._request("GET", path)
        return self._parsed(status, body, path)

    def delete(self, path: str) -> None:
        """Delete what stands at a path; 404 is an error."""
        status, body, _ = self._request("DELETE", path)
        self._parsed(status, body, path)

    def wait(self, path: str, ready: Callable[[dict[str, Any]], bool], seconds: float = 30) -> dict[str, Any]:
        """Ask again until what stands at a path is `ready`; TimeoutError with its last state."""
        until = time.monotonic() + seconds
        while True:
            found = self.get(path)
            if ready(found):
                return found
            if time.monotonic() > until:
                raise TimeoutError(f"{path} was not ready within {seconds} s: {json.dumps(found, indent=1)}")
            time.sleep(0.05)

    def kubectl(self, *arguments: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run kubectl against the server, never raising."""
        return subprocess.run(
            [KUBECTL, *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "KUBECONFIG": str(self.kubeconfig)},
        )

    def install_crds(self, paths: Iterable[Path]) -> None:
        """Install every CustomResourceDefinition of these files and wait until it is served."""
        definitions = [
            head
            for path in paths
            for document in documents(path.read_text())
            if (head := yaml.load(document, yaml.CSafeLoader)) and head["kind"] == "CustomResourceDefinition"
        ]
        for definition in definitions:
            self.apply(json.dumps(definition))
        for definition in definitions:
            self.wait(
                f"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{definition['metadata']['name']}",
                is_established,
            )
            spec = definition["spec"]
            for version in (version["name"] for version in spec["versions"] if version["served"]):
                self._wait_until_listed(f"{spec['group']}/{version}", spec["names"]["kind"])

    def path(self, api_version: str, kind: str, namespace: str, name: str = "") -> str:
        """Where objects of a kind live, as the server's own discovery says; LookupError if nowhere."""
        plural, namespaced = self._discover(api_version, kind)
        root = group_path(api_version)
        inside = f"/namespaces/{namespace}" if namespaced else ""
        return f"{root}{inside}/{plural}" + (f"/{name}" if name else "")

    def close(self) -> None:
        """Close the connection; the server keeps running."""
        self._connection.close()

    def _discover(self, api_version: str, kind: str) -> tuple[str, bool]:
        """The plural of a kind, and whether it lives in namespaces."""
        if kind not in self._resources.get(api_version, {}):
            status, body, _ = self._request("GET", group_path(api_version))
            if status != http.HTTPStatus.OK:
                raise LookupError(f"the server does not serve {api_version}")
            self._resources[api_version] = {
                resource["kind"]: (resource["name"], resource["namespaced"])
                for resource in json.loads(body)["resources"]
                if "/" not in resource["name"]
            }
        try:
            return self._resources[api_version][kind]
        except KeyError:
            raise LookupError(f"the server does not serve {kind} in {api_version}") from None

    def _wait_until_listed(self, api_version: str, kind: str, seconds: float = 30) -> None:
        """A definition is served a moment after it is called established."""
        until = time.monotonic() + seconds
        while True:
            try:
                path = self.path(api_version, kind, "default")
                status, _, _ = self._request("GET", f"{path}?limit=1")
                if status == http.HTTPStatus.OK:
                    return
            except LookupError:
                if time.monotonic() > until:
                    raise
            time.sleep(0.05)

    def _ensure_namespace(self, name: str, pod_security: PodSecurity = "restricted") -> None:
        """Make a namespace unless it is there; two workers may both try."""
        if name in self._namespaces:
            return
        labels = {"pod-security.kubernetes.io/warn": pod_security}
        body = {
            "apiVersion": "v1",
            "kind": "Namespace",
            "metadata": {"name": name, "labels": labels},
        }
        self.apply(json.dumps(body))
        self._namespaces.add(name)

    def _request(
        self, method: str, path: str, body: str | None = None, content_type: str = "application/json"
    ) -> tuple[int, bytes, tuple[str, ...]]:
        """One request on the kept connection; the server may have closed it while it was idle."""
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": content_type}
        payload = None if body is None else body.encode()
        for attempt in (1, 2):
            try:
                self._connection.request(method, path, payload, headers)
                response = self._connection.getresponse()
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self._connection.close()
                if attempt == 2:
                    raise
            else:
                told = response.read()
                lines = response.headers.get_all("Warning", [])
                warnings = [re.sub(r"\\(.)", r"\1", text) for line in lines for text in WARNING.findall(line)]
                return response.status, told, tuple(warnings)
        raise AssertionError("unreachable")

    @staticmethod
    def _parsed(status: int, body: bytes, path: str) -> dict[str, Any]:
        """The object of a good answer; the server's message of a bad one as an error."""
        told: dict[str, Any] = json.loads(body)
        if status >= 300:
            raise AssertionError(f"{path}: {status}: {told.get('message', '')}")
        return told


def documents(stream: str) -> list[str]:
    """The documents of a YAML stream as they stand, empty ones left out."""
    return [text for text in re.split(r"(?m)^---(?:[ \t].*)?$\n?", stream) if re.search(r"(?m)^[^#\s]", text)]


def group_path(api_version: str) -> str:
    """`v1` is the core group under `/api`, every other group stands under `/apis`."""
    return f"/apis/{api_version}" if "/" in api_version else f"/api/{api_version}"


def is_established(definition: dict[str, Any]) -> bool:
    """Whether the server has taken up a CustomResourceDefinition."""
    conditions = definition.get("status", {}).get("conditions") or []  # null until it is looked at
    return any(each["type"] == "Established" and each["status"] == "True" for each in conditions)


@pytest.fixture(scope="session")
def api_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiServer]:
    """A Kubernetes 1.37 API server with controllers, simulated nodes and the Gateway API installed."""
    base = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent  # each worker has a directory of its own inside the session's
    with used_cluster(base / "control-plane") as kubeconfig:
        server = ApiServer(kubeconfig)
        yield server
        server.close()


@contextmanager
def used_cluster(directory: Path) -> Generator[Path]:
    """Hold a cluster in this directory while using it, starting it if nobody has; its kubeconfig."""
    directory.mkdir(exist_ok=True)
    cluster = directory / "cluster"
    ready = cluster / "ready"
    with (directory / "users.lock").open("w") as users:
        with (directory / "start.lock").open("w") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            # Waits while the watchdog is stopping a cluster whose last user has gone.
            fcntl.flock(users, fcntl.LOCK_SH)
            if not ready.exists():
                start(cluster, directory / "users.lock")
                server = ApiServer(cluster / "kubeconfig")
                server.install_crds(sorted(published_files("gateway-api").glob("*.yaml")))
                server.close()
                ready.touch()
        yield cluster / "kubeconfig"


def start(cluster: Path, users_lock: Path) -> None:
    """Start a control plane whose watchdog stops it when nobody holds the users' lock any more."""
    environment = {
        **os.environ,
        "K8SGEN_CONTROL_PLANE": str(CACHE / "control-plane"),
        "K8SGEN_CLUSTER": str(cluster),
    }
    watchdog = 'setsid flock "$1" sh -c \'"$1"; rm -rf "$2"\' sh "$2" "$3" < /dev/null > /dev/null 2>&1 &'
    subprocess.run(
        ["bash", "-c", watchdog, "watchdog", users_lock, SCRIPTS / "down.sh", cluster],
        env=environment,
        check=True,
    )
    for attempt in (1, 2, 3):  # somebody else may take a free port before the server does
        ports = dict(zip(("API_PORT", "ETCD_PORT", "ETCD_PEER_PORT"), free_ports(3), strict=True))
        started = subprocess.run(
            [SCRIPTS / "up.sh"], env=environment | ports, capture_output=True, text=True, check=False
        )
        if started.returncode == 0:
            return
        if attempt == 3:
            raise RuntimeError(f"the control plane does not start: {started.stderr}")


def free_ports(count: int) -> list[str]:
    """Ports of 127.0.0.1 that nobody listens on now, all different because all are held at once."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [str(each.getsockname()[1]) for each in sockets]
