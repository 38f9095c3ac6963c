"""Puts the data directories into wheels that are installed for good.

An editable install gets none of them and reads the checkout (`k8sgen.assets`): a copy would go stale
with the first edit.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = ("templates", "schemas", "charts")


class DataDirectories(BuildHookInterface):  # type: ignore[type-arg] # its parameter is hatchling's own affair
    """Maps each directory of the checkout to its place inside the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the directories to a standard wheel; a missing one is an error."""
        if version == "editable":
            return
        for name in DATA:
            if not Path(self.root, name).is_dir():
                raise FileNotFoundError(f"{name}/ is missing beside pyproject.toml: the wheel needs it")
            build_data["force_include"][name] = f"k8sgen/_data/{name}"
