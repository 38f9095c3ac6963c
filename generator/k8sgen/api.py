"""The Python API: what `k8sgen render` does, for programs that want objects and not text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ManifestObject:
    """One rendered Kubernetes object: its kind and name, its YAML with the reasons, and its data."""

    kind: str
    name: str
    text: str
    data: Mapping[str, Any]


def render_service(
    spec: str | Path,
    *,
    environment: str = "",
    sets: Mapping[str, str] | None = None,
    kubernetes_version: str = "",
    comments: bool = True,
) -> tuple[ManifestObject, ...]:
    """The objects of one service, validated, in the order in which they should be applied.

    `spec` is the path of a service.yaml as a `Path`, or its text as a `str`; the nearest k8sgen.yaml
    counts, for a text that of the working directory. `sets` holds values above all layers by their path,
    as `--set` takes them.

    Raises InputError, with every problem found and its place, for anything wrong with what was given.
    """
    from k8sgen.fleet.find import SpecFile
    from k8sgen.fleet.service import Builder, Options

    if isinstance(spec, Path):
        file = SpecFile(spec, str(spec))
    else:
        file = SpecFile(Path.cwd() / "-", "<text>", spec.encode("utf-8", "surrogatepass"))
    options = Options(
        sets=tuple(f"{path}={value}" for path, value in (sets or {}).items()),
        kubernetes_version=kubernetes_version,
        comments=comments,
    )
    builder = Builder(options)
    rendered = builder.rendered(builder.document(file), environment)
    return tuple(ManifestObject(obj.kind, obj.name, obj.text, obj.data) for obj in rendered.objects)
