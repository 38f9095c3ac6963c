"""Chart.yaml, and the versions of Kubernetes on which a chart may be installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from k8sgen.features import FEATURES, available
from k8sgen.validate.availability import used_features
from k8sgen.validate.definitions import OLDEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from k8sgen.spec.image import Image

CHART_VERSION = "0.1.0"
"""Of the chart itself; `helm package --version` gives another."""


def metadata(name: str, image: Image | None, minimum: int, description: str) -> dict[str, Any]:
    """Chart.yaml. Clouds put suffixes behind their versions, which `-0` lets in."""
    version = (image.tag or image.digest) if image else None
    return {
        "apiVersion": "v2",
        "name": name,
        "description": description,
        "type": "application",
        "version": CHART_VERSION,
        **({"appVersion": version} if version else {}),
        "kubeVersion": f">=1.{minimum}.0-0",
    }


def lowest_minor(features: Iterable[str], minor: int, objects: Iterable[Mapping[str, Any]]) -> int:
    """The lowest version in which all is on by default that the chart was generated to use.

    A chart says what its target version understands. Of that, what these objects use counts, and
    every feature by which a template or derived value in the chart was decided at generation: an
    override may ask for it. There is no upper bound: all is in stable APIs, which later versions keep.
    """
    used = {feature.name for obj in objects for feature, _ in used_features(obj)} | set(features)
    return max([OLDEST, *(FEATURES[name].since for name in used if available(name, minor))])
