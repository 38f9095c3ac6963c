"""`--only probes` is a patch that kubectl applies to a Deployment which a team keeps itself."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.cli import k8sgen
from tests.plugins.control_plane import KUBECTL

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugins.control_plane import ApiServer

SPEC = """\
name: orders
image: ghcr.io/acme/orders:1.4.2
port: 8080
probes: {readiness: /readyz}
"""
OWN = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 7
  selector: {matchLabels: {app: own}}
  template:
    metadata: {labels: {app: own}}
    spec:
      containers:
        - name: proxy
          image: envoy:1
          livenessProbe: {tcpSocket: {port: 9901}}
        - name: orders
          image: own/orders:9
          ports: [{name: http, containerPort: 8080}]
          lifecycle: {preStop: {exec: {command: [nap]}}, postStart: {exec: {command: [warm]}}}
          livenessProbe: {httpGet: {path: /old, port: 8080}, initialDelaySeconds: 120}
          readinessProbe: {httpGet: {path: /old, port: 8080, scheme: HTTPS}}
"""


def patched(tmp_path: Path) -> dict[str, Any]:
    """The team's Deployment after kubectl has applied the patch, without a server."""
    (tmp_path / "service.yaml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    patch = k8sgen("render", "service.yaml", "--only", "probes", cwd=tmp_path)
    assert patch.status == 0, patch.stderr
    (tmp_path / "patch.yaml").write_text(patch.stdout, encoding="utf-8")
    command = [str(KUBECTL), "patch", "--local", "-f", "own.yaml", "--type", "strategic"]
    ran = subprocess.run(
        [*command, "--patch-file", "patch.yaml", "-o", "yaml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    result: dict[str, Any] = yaml.safe_load(ran.stdout)
    return result


@pytest.mark.needs("control-plane")
def test_patch_sets_the_probes_and_nothing_else(tmp_path: Path) -> None:
    """One handler is left in each probe and hook; everything else stays the team's own."""
    whole = yaml.safe_load(OWN)
    (tmp_path / "service.yaml").write_text(SPEC, encoding="utf-8")
    rendered = yaml.safe_load(k8sgen("render", "service.yaml", "--only", "Deployment", cwd=tmp_path).stdout)
    ours, own = rendered["spec"]["template"]["spec"], whole["spec"]["template"]["spec"]
    for key in ("startupProbe", "livenessProbe", "readinessProbe"):
        own["containers"][1][key] = ours["containers"][0][key]
    own["containers"][1]["lifecycle"]["preStop"] = ours["containers"][0]["lifecycle"]["preStop"]
    own["terminationGracePeriodSeconds"] = ours["terminationGracePeriodSeconds"]
    assert patched(tmp_path) == whole


def test_patched_deployment_is_accepted(tmp_path: Path, api_server: ApiServer) -> None:
    """The server refuses a probe with two handlers."""
    answer = api_server.dry_run(yaml.safe_dump(patched(tmp_path)), api_server.namespace("privileged"))
    assert answer.accepted, answer.message
