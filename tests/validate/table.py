"""The cases of `cases/*.yaml`: an object per file, changed by each case, and what we say of it.

short:   names for long paths: `pod: spec/template/spec`
object:  what the cases change
cases:
  - name:     what is tried
    set:      path → value; `-` as the last step appends
    remove:   paths
    minor:    the Kubernetes version, else the newest
    refused:  our violations as `path: message`, none when we accept it
    server:   why a real server accepts what we refuse
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from k8sgen.validate.schemas import NEWEST

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One object and what is said of it."""

    name: str
    obj: dict[str, Any]
    minor: int
    refused: tuple[str, ...]
    server: str

    def __str__(self) -> str:
        return self.name


def read_cases() -> list[Case]:
    """Every case of every file."""
    return [case for file in sorted(CASES.glob("*.yaml")) for case in _read_file(file)]


def _read_file(file: Path) -> list[Case]:
    table = yaml.safe_load(file.read_text("utf-8"))
    return [
        Case(
            f"{file.stem}: {case['name']}",
            _changed(table["object"], table.get("short", {}), case),
            case.get("minor", NEWEST),
            tuple(case.get("refused", ())),
            case.get("server", ""),
        )
        for case in table["cases"]
    ]


def _changed(start: dict[str, Any], short: dict[str, str], case: dict[str, Any]) -> dict[str, Any]:
    obj = copy.deepcopy(start)
    for path in case.get("remove", ()):
        holder, key = _holder(obj, short, path)
        del holder[key]
    for path, value in case.get("set", {}).items():
        holder, key = _holder(obj, short, path)
        if key == "-":
            holder.append(value)
        else:
            holder[key] = value
    return obj


def _holder(obj: Any, short: dict[str, str], path: str) -> tuple[Any, Any]:
    """What holds the last step of a path, and that step."""
    head, slash, rest = path.partition("/")
    steps = (short.get(head, head) + slash + rest).split("/")
    for step in steps[:-1]:
        obj = obj[int(step)] if isinstance(obj, list) else obj.setdefault(step, {})
    last = steps[-1]
    return obj, int(last) if isinstance(obj, list) and last != "-" else last
