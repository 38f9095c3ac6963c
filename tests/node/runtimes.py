"""Programs that use their memory to the end, under container limits of the real node."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.node.images import build_image, copy_program
from tests.node.place import PATIENCE, run_k8sgen, until
from tests.plugins.control_plane import documents

if TYPE_CHECKING:
    from tests.node.stage import Stage

PROGRAMS = Path(__file__).parent / "programs"
GO_LIMIT = 256
JVM_LIMIT = 1024
"""Limits in MiB."""
LIVE = 60
"""Percent of its limit that the Go program keeps alive."""
ROUNDS = 10
"""How many times as much as is alive the programs make and drop."""
THREADS = 200
LOADED_CLASSES = 19692
"""As of a service on Spring."""


def computed(stage: Stage, runtime: str, limit: int) -> dict[str, str]:
    """The environment in the manifests of a service with this runtime and this limit in MiB."""
    spec = stage.directory / f"{runtime.partition(':')[0]}.yaml"
    spec.write_text(
        "name: orders\nimage: ghcr.io/acme/orders:1.0.0\nport: 8080\n"
        f"runtime: {{{runtime}}}\nresources: {{limits: {{memory: {limit}Mi}}}}\n",
        encoding="utf-8",
    )
    rendered = [yaml.load(text, yaml.CSafeLoader) for text in documents(run_k8sgen("render", str(spec)))]
    (deployment,) = (each for each in rendered if each["kind"] == "Deployment")
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    return {each["name"]: each["value"] for each in container["env"]}


def parts(options: str) -> dict[str, int]:
    """What the options of a JVM ask for in bytes, by the names by which it prints its flags."""
    names = {"mx": "MaxHeapSize", "ms": "InitialHeapSize"}
    found = re.findall(r"-X(mx|ms|X:\w+(?==))=?(\d+)K\b", options)
    return {names.get(name, name.removeprefix("X:")): int(size) << 10 for name, size in found}


@dataclass(frozen=True)
class Run:
    """How a program fared: its last words, or how it was ended."""

    limit: int
    reason: str
    exit_code: int
    restarts: int
    peak: int
    log: str

    @property
    def lives(self) -> bool:
        """Whether it has done its work and still runs."""
        return not self.reason


class Pods:
    """Plain pods in a namespace of their own, one for each program."""

    def __init__(self, stage: Stage, namespace: str) -> None:
        self.stage, self.namespace = stage, namespace
        self.server = stage.node.server()
        labels = {"pod-security.kubernetes.io/enforce": "restricted"}
        meta = {"name": namespace, "labels": labels}
        self.server.apply(json.dumps({"apiVersion": "v1", "kind": "Namespace", "metadata": meta}))
        self.server.wait(
            f"/api/v1/namespaces/{namespace}/serviceaccounts", lambda accounts: bool(accounts["items"])
        )

    def start(
        self, name: str, image: str, limit: int, arguments: list[str], variables: dict[str, str]
    ) -> None:
        """A program with a memory limit in MiB; it is not started again when it ends."""
        container = {
            "name": name,
            "image": f"k8sgen.test/{image}:1",
            "imagePullPolicy": "Never",
            "args": arguments,
            "env": [{"name": key, "value": value} for key, value in variables.items()],
            "resources": {"requests": {"cpu": "100m"}, "limits": {"memory": f"{limit}Mi"}},
            "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
        }
        security = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
        spec = {
            "restartPolicy": "Never",
            "automountServiceAccountToken": False,
            "terminationGracePeriodSeconds": 1,
            "nodeSelector": {"type": "real"},
            "securityContext": security,
            "containers": [container],
        }
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": spec}
        self.server.apply(json.dumps(pod), self.namespace)

    def log(self, name: str) -> str:
        """What a program has printed."""
        return self.server.kubectl("logs", "-n", self.namespace, name).stdout

    def finish(self, name: str, last_words: str, limit: int) -> Run:
        """Wait until a program has said its last words, or has been ended."""
        path = f"/api/v1/namespaces/{self.namespace}/pods/{name}"

        def status() -> dict[str, Any]:
            found = self.server.get(path)["status"].get("containerStatuses", [{"state": {}}])
            state: dict[str, Any] = found[0]
            return state

        until(f"the start of {name}", lambda: "waiting" not in status()["state"] and bool(status()["state"]))
        until(
            f"the end of {name}",
            lambda: "terminated" in status()["state"] or last_words in self.log(name),
            patience=2 * PATIENCE,
            pause=0.3,
        )
        told = status()
        ended = told["state"].get("terminated", {})
        peak = 0
        if not ended:
            process = self.stage.node.process(told["containerID"])
            usage = self.stage.node.memory_file(process, "memory.max_usage_in_bytes", "memory.peak")
            peak = int(usage.read_text())
        return Run(
            limit << 20,
            ended.get("reason", ""),
            ended.get("exitCode", 0),
            told["restartCount"],
            peak,
            self.log(name),
        )


@dataclass(frozen=True)
class Compared:
    """The same program twice."""

    computed: Run
    naive: Run
    variables: dict[str, str]


def go_under_pressure(stage: Stage) -> Compared:
    """With the memory limit that is computed for it, and without one."""
    root = stage.directory / "garbage"
    root.mkdir()
    subprocess.run(
        ["go", "build", "-trimpath", "-ldflags=-s -w", "-o", root / "garbage", "."],
        cwd=PROGRAMS / "garbage",
        env={**os.environ, "CGO_ENABLED": "0"},
        check=True,
    )
    stage.node.import_image(build_image(stage.directory, "garbage-image", root, ["/garbage"]))
    pods, variables = Pods(stage, "go-under-pressure"), computed(stage, "go: {}", GO_LIMIT)
    arguments = [str(GO_LIMIT * LIVE // 100), str(ROUNDS)]
    pods.start("computed", "garbage-image", GO_LIMIT, arguments, variables)
    pods.start("naive", "garbage-image", GO_LIMIT, arguments, {})
    ends = {name: pods.finish(name, "memoryLimit", GO_LIMIT) for name in ("naive", "computed")}
    return Compared(ends["computed"], ends["naive"], variables)


def jvm_under_pressure(stage: Stage) -> Compared:
    """With the parts that are computed for it, and with a heap as large as the limit."""
    root = stage.directory / "jvm"
    java = copy_jvm(root)
    subprocess.run(
        ["javac", "-d", root / "classes", PROGRAMS / "pressure" / "Pressure.java"],
        check=True,
        capture_output=True,
    )
    entry = [java, "-XX:+PrintFlagsFinal", "-cp", "/classes", "Pressure"]
    stage.node.import_image(build_image(stage.directory, "jvm-image", root, entry))
    variables = computed(stage, f"jvm: {{loadedClasses: {LOADED_CLASSES}}}", JVM_LIMIT)
    pods = Pods(stage, "jvm-under-pressure")
    arguments = [str(THREADS), str(ROUNDS)]
    pods.start("computed", "jvm-image", JVM_LIMIT, arguments, variables)
    naive = {"JAVA_TOOL_OPTIONS": f"-XX:+UseSerialGC -Xmx{JVM_LIMIT}m"}
    pods.start("naive", "jvm-image", JVM_LIMIT, arguments, naive)
    ends = {name: pods.finish(name, "done: ", JVM_LIMIT) for name in ("naive", "computed")}
    return Compared(ends["computed"], ends["naive"], variables)


def copy_jvm(root: Path) -> str:
    """The machine's JVM with all libraries that it loads below `root`; its program's path there."""
    told = subprocess.run(
        ["java", "-XshowSettings:properties", "-version"], capture_output=True, text=True, check=True
    )
    found = re.search(r"java\.home = (\S+)", told.stderr)
    assert found, told.stderr
    home = Path(found[1])
    target = root / found[1].lstrip("/")
    shutil.copytree(
        home,
        target,
        ignore=shutil.ignore_patterns("jmods", "legal", "man", "include", "demo", "docs", "src.zip", "*.jsa"),
        ignore_dangling_symlinks=True,
    )
    for library in [home / "bin" / "java", *sorted(home.glob("lib/**/*.so"))]:
        copy_program(library, root)
    return f"{home}/bin/java"
