"""Turns one short service.yaml into the Kubernetes manifests that a service needs in production.

The public Python API is what stands in `__all__`; docs/api.md shows it. Everything is imported when it
is first used, since the command line must answer `--help` without the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from k8sgen.api import ManifestObject, render_service
    from k8sgen.errors import InputError, Place, Problem

__version__ = "0.1.0"

__all__ = ["InputError", "ManifestObject", "Place", "Problem", "__version__", "render_service"]

_HOMES = {
    "InputError": "k8sgen.errors",
    "ManifestObject": "k8sgen.api",
    "Place": "k8sgen.errors",
    "Problem": "k8sgen.errors",
    "render_service": "k8sgen.api",
}


def __getattr__(name: str) -> Any:
    """What the API exports, from where it lives (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'k8sgen' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """What the API exports."""
    return __all__
