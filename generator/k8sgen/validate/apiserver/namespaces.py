"""Namespaces.

Source: `pkg/apis/core/validation` (ValidateNamespace) and, for the labels of Pod Security, the admission of
that name, which is on unless a cluster switches it off: `k8s.io/pod-security-admission/api/helpers.go`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

PREFIX = "pod-security.kubernetes.io/"
LEVELS = ("privileged", "baseline", "restricted")
MODES = ("enforce", "audit", "warn")
_is_version = re.compile(r"latest|v1\.(?:0|[1-9][0-9]*)").fullmatch


def check_namespace(obj: Node, _minor: int) -> None:
    """Its name is made a label, and its labels may say how secure its pods are."""
    name, labels = obj["metadata"]["name"], obj["metadata"]["labels"]
    if name.filled and names.label_value(name.text):
        for index in range(len(obj.found)):
            if obj.found[index].pointer == name.pointer:
                obj.found[index] = obj.found[index]._replace(fields=(name.pointer, labels.pointer))
    for mode in MODES:
        if isinstance(labels.value, dict) and PREFIX + mode in labels.value:
            labels.check_one_of(PREFIX + mode, *LEVELS, empty=False, absent=False)
        for version in labels.given(f"{PREFIX}{mode}-version"):
            if not _is_version(version.text):
                version.refuse_value("is no version", "write latest or one such as v1.37")
    for finalizer in obj["spec"]["finalizers"].items():
        finalizer.named(names.finalizer, finalizer.holder.pointer)
