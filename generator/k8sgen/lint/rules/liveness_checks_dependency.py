"""Liveness asks only the process itself.

A liveness probe that fails when a database or another service does restarts every replica at once, and
none of them can come back before the other side does: an outage of one part becomes a restart storm of
all. What a pod needs from others belongs in readiness. Seen are paths that mean readiness, clients of
databases that ask another host, and probes of another host.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          livenessProbe: {httpGet: {path: /readyz, port: http}}

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          livenessProbe: {httpGet: {path: /livez, port: http}}

See: https://github.com/mozmeao/infra/issues/660
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Container, Probe

SEVERITY = Severity.WARNING
CATEGORY = Category.PROBES
PROFILE = Profile.STANDARD


READY = frozenset({"ready", "readyz", "readiness", "readinessz", "isready", "is_ready", "readinessprobe"})
CLIENTS = {
    "psql": "PGHOST",
    "pg_isready": "PGHOST",
    "redis-cli": "",
    "valkey-cli": "",
    "mysql": "MYSQL_HOST",
    "mysqladmin": "MYSQL_HOST",
    "mariadb": "MYSQL_HOST",
    "mariadb-admin": "MYSQL_HOST",
    "mongo": "",
    "mongosh": "",
    "cqlsh": "CQLSH_HOST",
}
"""Clients of databases, with the variable that names the host where no option does."""
DATABASES = (
    "postgres",
    "pgvector",
    "timescale",
    "redis",
    "valkey",
    "mysql",
    "mariadb",
    "percona",
    "mongo",
    "cassandra",
)
"""Words of images that are databases themselves."""
LOCAL = re.compile(r"localhost|127\.|0\.0\.0\.0|::1|hostname|pod_?(ip|name)|^$|^/", re.IGNORECASE).search
OPTIONS = {"-h", "--host"}


def check(manifests: Manifests) -> Iterator[Fault]:
    """Liveness probes that fail for the fault of others."""
    for workload in manifests.workloads():
        if not workload.runs_for_ever:
            continue
        for container in workload.running:
            if probe := container.probe("liveness"):
                yield from of_network(probe)
                yield from of_command(container, probe)


def of_network(probe: Probe) -> Iterator[Fault]:
    """Paths of readiness, and other hosts."""
    path = (probe.data.get("httpGet") or {}).get("path")
    if isinstance(path, str) and path.partition("?")[0].rstrip("/").rpartition("/")[2].lower() in READY:
        yield probe.fault(
            ("httpGet", "path"),
            f'liveness asks "{path}", which says whether the pod can serve, not whether it is alive',
            "ask a path that only a hung process fails, and leave this one to readinessProbe",
        )
    for way in ("httpGet", "tcpSocket"):
        host = (probe.data.get(way) or {}).get("host")
        if isinstance(host, str) and not LOCAL(host):
            yield probe.fault(
                (way, "host"),
                f'liveness asks host "{host}", so the container restarts when that host fails',
                "ask the container itself: leave host out",
            )


def of_command(container: Container, probe: Probe) -> Iterator[Fault]:
    """Clients of databases elsewhere; a database that asks itself is fine."""
    command = dig(probe.data, "exec", "command") or []
    words = [word.strip("\"'") for part in command for word in str(part).split()]
    for position, word in enumerate(words):
        name = word.rpartition("/")[2]
        if name in CLIENTS and not any(database in container.image for database in DATABASES):
            host = host_of(words[position + 1 :]) or container.variable(CLIENTS[name]) or ""
            if not LOCAL(host):
                yield probe.fault(
                    ("exec", "command"),
                    f'liveness asks "{host}" with {name}, so every pod restarts when that database fails',
                    "move it to readinessProbe, and ask only the process itself here",
                )
            return


def host_of(words: list[str]) -> str:
    """The host that the options of a client name, without what is secret in a connection string."""
    for option, value in pairwise([*words, ""]):
        if option in OPTIONS:
            return value
        if option.startswith("--host="):
            return option.removeprefix("--host=")
        if "://" in option:
            return option.rpartition("@")[2]
    return ""
