"""The data that k8sgen ships: templates, schemas and charts.

A wheel carries them inside the package, in `k8sgen/_data`; an editable install reads the checkout, so
that an edited template counts at once. Wheels are always unpacked into a directory, so plain paths say
the same as `importlib.resources` and spare its import, which takes more than 10 ms.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["templates", "schemas", "charts"]


@cache
def directory(kind: Kind) -> Path:
    """Where the shipped data of one kind lies."""
    package = Path(__file__).parent
    packaged = package / "_data" / kind
    return packaged if packaged.is_dir() else package.parents[1] / kind


def read_text(kind: Kind, name: str) -> str:
    """One shipped file, by its name below its directory; FileNotFoundError when it is not shipped."""
    return (directory(kind) / name).read_text(encoding="utf-8")
