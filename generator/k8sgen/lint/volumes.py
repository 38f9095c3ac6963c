"""The persistent volumes that pods share."""

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
