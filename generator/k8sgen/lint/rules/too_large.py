"""An object fits into the store of the cluster.

Annotations of an object may hold 262,144 bytes together, and `kubectl apply` writes the whole object into
one of them unless it applies on the server side. Beyond 1 MiB the API server refuses a ConfigMap or a Secret;
beyond 1.5 MiB, with what the server adds, etcd refuses any object, so that more than 1 MiB is a warning.

Bad:
apiVersion: v1
kind: ConfigMap
metadata:
  name: orders
  annotations:
    notes: <300000 characters>

Good:
apiVersion: v1
kind: ConfigMap
metadata: {name: orders}
data: {LOG_LEVEL: info}

See: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.ERROR
CATEGORY = Category.CORRECTNESS
PROFILE = Profile.MINIMAL
ALONE = True


MOST_ANNOTATIONS = 256 * 1024
"""In bytes, keys and values together. Source: `apimachinery/pkg/api/validation/objectmeta.go`, TotalAnnotationSizeLimitB."""
LARGEST = 1024 * 1024
"""In bytes; a ConfigMap or Secret may hold no more."""
STORED = 1536 * 1024
"""In bytes; etcd takes no more, with everything that the server adds."""


def check(manifests: Manifests) -> Iterator[Fault]:
    """Objects with too much in their annotations, or too much in all."""
    for each in manifests.objects:
        annotations = each.map("metadata", "annotations")
        if annotations and (size := annotated_size(annotations)) > MOST_ANNOTATIONS:
            yield Fault(
                each,
                ("metadata", "annotations"),
                f"the annotations hold {size} bytes, more than {MOST_ANNOTATIONS}",
                "move the data into a ConfigMap or a volume",
                key=True,
            )
        elif each.size > LARGEST and (size := rough_size(each.data, STORED)) > LARGEST:
            yield Fault(
                each,
                (),
                f"the object has more than {LARGEST} bytes",
                "split it, or keep the data outside of the cluster's store",
                severity=None if each.kind in {"ConfigMap", "Secret"} or size > STORED else Severity.WARNING,
            )


def annotated_size(annotations: dict[str, Any]) -> int:
    """The bytes of all keys and values, as the API server counts them."""
    return sum(len(str(key).encode()) + len(str(value).encode()) for key, value in annotations.items())


def rough_size(value: object, enough: int) -> int:
    """The bytes of all texts in a value; counting ends once there are enough."""
    total, waiting = 0, [value]
    while waiting and total <= enough:
        each = waiting.pop()
        if isinstance(each, str):
            total += len(each) if each.isascii() else len(each.encode())
        elif isinstance(each, dict):
            total += sum(map(len, each))
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
        else:
            total += 4
    return total
