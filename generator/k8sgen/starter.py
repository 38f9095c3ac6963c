"""A first service.yaml, from what a project directory tells of itself."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_FILE = "service.schema.json"

LANGUAGES = (
    ("Go", ("go.mod",)),
    ("Java", ("pom.xml", "build.gradle", "build.gradle.kts")),
    ("Node.js", ("package.json",)),
    ("Python", ("pyproject.toml", "requirements.txt", "setup.py")),
)
"""Languages by the files that give them away; the first that is there counts."""

STARTS_SLOWLY = frozenset({"Java"})


@dataclass(frozen=True, slots=True)
class Project:
    """What was found out about a project."""

    name: str
    language: str = ""
    version: str = "0.1.0"
    port: int | None = None
    user: str = ""
    dockerfile: bool = False


def look_at(directory: Path) -> Project:
    """Find out name, language, version, port and user of a project."""
    language = next(
        (name for name, files in LANGUAGES if any((directory / file).is_file() for file in files)), ""
    )
    name, version = declared(directory, language)
    dockerfile = directory / "Dockerfile"
    try:
        text = dockerfile.read_text(encoding="utf-8", errors="replace") if dockerfile.is_file() else ""
    except OSError:
        text = ""  # what may not be read says nothing
    exposed = re.findall(r"^\s*EXPOSE\s+(\d{1,5})", text, re.MULTILINE | re.IGNORECASE)
    users = re.findall(r"^\s*USER\s+(\S+)", text, re.MULTILINE | re.IGNORECASE)
    port = int(exposed[0]) if exposed and 1 <= int(exposed[0]) <= 65535 else None
    return Project(
        name=service_name(name or directory.resolve().name),
        language=language,
        version=version or "0.1.0",
        port=port,
        user=users[-1] if users else "",
        dockerfile=bool(text),
    )


def declared(directory: Path, language: str) -> tuple[str, str]:
    """Name and version as the project's own files give them; empty where they do not."""
    try:
        if language == "Go":
            match = re.search(
                r"^module\s+(\S+)", (directory / "go.mod").read_text(encoding="utf-8"), re.MULTILINE
            )
            path = re.sub(r"/v\d+$", "", match[1]) if match else ""
            return path.rpartition("/")[2], ""
        if language == "Node.js":
            package = json.loads((directory / "package.json").read_text(encoding="utf-8"))
            return str(package.get("name", "")).rpartition("/")[2], str(package.get("version", ""))
        if language == "Python" and (directory / "pyproject.toml").is_file():
            project = tomllib.loads((directory / "pyproject.toml").read_text(encoding="utf-8")).get(
                "project", {}
            )
            return str(project.get("name", "")), str(project.get("version", ""))
    except (OSError, ValueError, AttributeError):
        pass  # a half-written project file says nothing, and is not this tool's to judge
    return "", ""


def service_name(text: str) -> str:
    """The nearest name that a Service may have."""
    name = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    name = re.sub(r"^[^a-z]+", "", name)
    return name[:63].rstrip("-") or "app"


def starter_spec(project: Project) -> str:
    """The text of a first spec, each line with what it decides."""
    tag = project.version if re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}", project.version) else "0.1.0"
    found = " ".join(
        part
        for part in (
            f"a {project.language} project" if project.language else "",
            "with a Dockerfile" if project.dockerfile else "",
        )
        if part
    )
    lines = [
        f"# yaml-language-server: $schema={SCHEMA_FILE}",
        f"# Started by k8sgen init{f' from {found}' if found else ''}. `k8sgen explain service.yaml` says what it promises.",
        f"name: {project.name}",
        f'image: registry.example.com/{project.name}:{tag}  # where your image is; a version, never "latest"',
    ]
    if project.port:
        lines.append(f"port: {project.port}  # EXPOSE in the Dockerfile")
    else:
        lines.append("port: 8080  # where the process listens; leave it out for a worker")
    lines += [
        "",
        "# What the process needs, at least and at most. Measure, then write it here.",
        "resources:",
        "  requests: {cpu: 100m, memory: 128Mi}",
        "  limits: {memory: 256Mi}",
    ]
    expected, slowest = (30, 120) if project.language in STARTS_SLOWLY else (10, 60)
    lines += [
        "",
        "# How long a start takes: decides the start-up probe and the rollout's deadline.",
        "startup:",
        f"  expectedSeconds: {expected}",
        f"  slowestSeconds: {slowest}",
        "",
        "# Without paths the port is probed by TCP. Liveness must not depend on a database.",
        "# probes:",
        "#   liveness: /healthz",
        "#   readiness: /readyz",
    ]
    if project.dockerfile and not re.fullmatch(r"\d+(:\d+)?", project.user):
        lines += [
            "",
            "# The Dockerfile names no numeric USER, and the pod must not run as root: say which user it is.",
            "security:",
            "  runAsUser: 10001",
        ]
    lines += [
        "",
        "# What differs by environment: k8sgen render service.yaml --env production",
        "environments:",
        "  production:",
        "    replicas: 3",
    ]
    return "\n".join(lines) + "\n"
