"""Chart.yaml, and the versions of Kubernetes on which a chart may be installed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from pydantic.alias_generators import to_camel

from k8sgen.errors import TemplateError
from k8sgen.features import FEATURES, available
from k8sgen.resolve.registry import DERIVATIONS
from k8sgen.validate.availability import used_features
from k8sgen.validate.definitions import OLDEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import FunctionType

    from k8sgen.chart.templates import Read
    from k8sgen.spec.image import Image

CHART_VERSION = "0.1.0"
"""Of the chart itself; `helm package --version` gives another."""

ASKED = re.compile(r'\bsupports\("([a-z0-9-]+)"')
DEFINE = re.compile(r'define "[^".]+\.([^"]+)"')


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


def lowest_minor(
    files: Mapping[str, str], read: Read, minor: int, objects: Iterable[Mapping[str, Any]]
) -> int:
    """The lowest version in which all is on by default that the chart was generated to use.

    A chart says what its target version understands. Of that, what these objects use counts, and
    every feature about which a template or derived value in the chart was decided at generation: an
    override may ask for it. There is no upper bound: all is in stable APIs, which later versions keep.
    """
    used = {feature.name for obj in objects for feature, _ in used_features(obj)}
    used.update(decided(files, read))
    return max([OLDEST, *(FEATURES[name].since for name in used if available(name, minor))])


def decided(files: Mapping[str, str], read: Read) -> Iterator[str]:
    """The features that were asked for while the chart was generated."""
    defines = {name for text in files.values() for name in DEFINE.findall(text)}
    templates = {*files, *(name for name in defines if name.endswith(".yaml"))}
    for template in (read_template(f"{name}.j2", read) for name in sorted(templates)):
        yield from ASKED.findall(template)
    for name, derivation in DERIVATIONS.items():
        if to_camel(name) in defines:
            code = cast("FunctionType", derivation.function).__code__
            yield from (text for text in code.co_consts if isinstance(text, str) and text in FEATURES)


def read_template(name: str, read: Read) -> str:
    """The source of a template, or nothing for a file of the chart that has none."""
    try:
        return read(name).source
    except (FileNotFoundError, TemplateError):
        return ""
