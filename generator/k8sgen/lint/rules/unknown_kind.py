"""There is a schema for every kind.

Without a schema only the form of an object can be checked. Said once for each kind.

Bad:
apiVersion: example.com/v1
kind: Widget
metadata: {name: orders}

Good:
apiVersion: v1
kind: ConfigMap
metadata: {name: orders}

See: https://github.com/yannh/kubeconform/issues/51
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.removals import REMOVED
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.validate.definitions import Definitions
from k8sgen.validate.violation import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.manifests import Manifest

SEVERITY = Severity.INFO
CATEGORY = Category.CORRECTNESS
PROFILE = Profile.STANDARD
ALONE = True
ONCE = True


def check(manifests: Manifests) -> Iterator[Fault]:
    """The first object of each kind that no schema is there for."""
    for each in manifests.first_of_kind:
        if each.known or (each.api_version, each.kind) in REMOVED or not each.api_version or not each.kind:
            continue
        if hint := misspelt(each, manifests.minor):
            message = f'Kubernetes 1.{manifests.minor} has no {each.kind} in "{each.api_version}"'
            yield Fault(each, ("kind",), message, hint, severity=Severity.ERROR)
            continue
        yield Fault(
            each,
            ("kind",),
            f'there is no schema for {each.kind} of "{each.api_version}", so only its form is checked',
            "name a directory with its CRD: --schemas DIR, or `schemas` in k8sgen.yaml",
        )


def misspelt(manifest: Manifest, minor: int) -> str:
    """What was meant, where the API version or the kind is one of Kubernetes' own and the pair is not."""
    index = Definitions(minor).index()
    kinds = {kind for version, kind in index if version == manifest.api_version}
    if kinds:
        close = nearest(manifest.kind, kinds)
        return f'did you mean "{close}"?' if close else "check the kind, and its apiVersion"
    served = [version for version, kind in index if kind == manifest.kind]
    same_group = [version for version in served if version.rpartition("/")[0] == manifest.group]
    return f"write apiVersion: {same_group[-1]}" if same_group and "/" in manifest.api_version else ""
