"""What pods share with each other and with their node: claims, directories and ports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.workload import Workload
    from k8sgen.manifests import Pointer

MANY_NODES = frozenset({"ReadWriteMany", "ReadOnlyMany"})
ONE_POD = "ReadWriteOncePod"


def claims(workload: Workload) -> Iterator[tuple[Pointer, str]]:
    """The PersistentVolumeClaims that all its pods mount: the place of each in the pod spec, and its name."""
    for index, volume in enumerate(workload.pod.get("volumes") or ()):
        if name := dig(volume, "persistentVolumeClaim", "claimName"):
            yield ("volumes", index, "persistentVolumeClaim", "claimName"), str(name)


def exclusive(workload: Workload) -> bool:
    """Whether its pods keep something that two of them can often not share: a claim, or parts of their node."""
    return (
        next(claims(workload), None) is not None
        or bool(workload.pod.get("hostNetwork"))
        or any("hostPath" in volume for volume in workload.pod.get("volumes") or ())
        or any("hostPort" in port for port in workload.ports)
    )
