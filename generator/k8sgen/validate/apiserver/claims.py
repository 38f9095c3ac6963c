"""PersistentVolumeClaims.

Source: `pkg/apis/core/validation`: ValidatePersistentVolumeClaimSpec.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.metadata import check_selector
from k8sgen.validate.apiserver.quantities import check_quantity

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

MODES = ("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod")


def check_claim(obj: Node, _minor: int) -> None:
    """A claim."""
    check_claim_spec(obj["spec"])


def check_claim_spec(spec: Node) -> None:
    """The spec of a claim, of its own or in a template."""
    modes = spec["accessModes"]
    modes.require("write at least one access mode, such as ReadWriteOnce")
    for mode in modes.items():
        mode.one_of(*MODES, empty=False)
    if "ReadWriteOncePod" in modes.texts and len(modes.texts) > 1:
        modes.refuse("ReadWriteOncePod stands beside other access modes", "write it alone")
    check_selector(spec["selector"])
    storage = spec["resources"]["requests"]["storage"]
    if storage.require("write the size, such as 10Gi"):
        check_quantity(storage, positive=True)
    if spec["storageClassName"].filled:
        spec["storageClassName"].named(names.dns_subdomain)
    spec["volumeMode"].one_of("Block", "Filesystem", empty=False)
