"""PersistentVolumeClaims.

Source: `pkg/apis/core/validation`: ValidatePersistentVolumeClaimSpec.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.metadata import check_selector
from k8sgen.validate.apiserver.quantities import check_quantity, check_spelled

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

VOLUME_SOURCES = {("PersistentVolumeClaim", ""), ("VolumeSnapshot", "snapshot.storage.k8s.io")}
MODES = ("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod")


def check_claim(obj: Node, _minor: int) -> None:
    """A claim."""
    check_claim_spec(obj["spec"])


def check_claim_spec(spec: Node, *, template: bool = False) -> None:
    """The spec of a claim, of its own or in a template."""
    modes = spec["accessModes"]
    modes.require("write at least one access mode, such as ReadWriteOnce")
    for mode in modes.items():
        mode.one_of(*MODES, empty=False, field=modes.pointer)
    if "ReadWriteOncePod" in modes.texts and len(modes.texts & set(MODES)) > 1:
        modes.refuse("ReadWriteOncePod stands beside other access modes", "write it alone")
    check_selector(spec["selector"])
    storage = spec["resources"]["requests"]["storage"]
    field = (*spec.pointer, "resources", "storage")
    if storage.value in (None, ""):
        storage.require("write the size, such as 10Gi", field)
    else:
        check_quantity(storage, positive=True, field=field)
    for part in spec["resources"].given("limits", "requests"):
        for name, amount in part.entries():
            if name != "storage" or part.key == "limits":
                check_spelled(amount)
    if spec["volumeAttributesClassName"].filled:
        spec.check_name("volumeAttributesClassName", names.dns_subdomain)
    _check_sources(spec, template=template)
    if spec["storageClassName"].filled:
        spec.check_name("storageClassName", names.dns_subdomain)
    spec.check_one_of("volumeMode", "Block", "Filesystem", empty=False)


def _check_sources(spec: Node, *, template: bool) -> None:
    """validateDataSource; what the server drops before, in a claim that is no template, is not looked at."""
    source, reference = spec["dataSource"], spec["dataSourceRef"]
    dropped = reference["namespace"].filled and not template
    if source.present and not reference.present:
        if template or (source.text_of("kind"), source.text_of("apiGroup")) in VOLUME_SOURCES:
            before = len(spec.found)
            _check_source(source)
            for index in range(before, len(spec.found)) if not template else ():
                named = spec.found[index].pointer
                copied = (*spec.pointer, "dataSourceRef", *named[len(spec.pointer) + 1 :])
                spec.found[index] = spec.found[index]._replace(fields=(named, copied))
    elif reference.present and not dropped:
        _check_source(reference)
        if source.present and any(
            source.text_of(field) != reference.text_of(field) for field in ("kind", "name", "apiGroup")
        ):
            source.refuse("dataSource is not what dataSourceRef names", "remove dataSource", spec.pointer)


def _check_source(source: Node) -> None:
    source.require_field("name")
    source.require_field("kind")
    if not source["apiGroup"].filled and source.text_of("kind") != "PersistentVolumeClaim":
        source.refuse("only a PersistentVolumeClaim has no apiGroup", "write apiGroup")
    elif source["apiGroup"].filled:
        source.check_name("apiGroup", names.dns_subdomain)
