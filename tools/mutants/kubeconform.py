"""What kubeconform says to the same texts, with the strict schemas that our own are cut from."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from k8sgen.validate.crds import SHIPPED, shipped_schema
from k8sgen.validate.definitions import NEWEST, REFERENCE, Definitions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TEMPLATE = "{{.ResourceKind}}{{.KindSuffix}}.json"


def accepted(program: Path, texts: Mapping[int, str], directory: Path) -> set[int]:
    """The numbers of the texts that kubeconform calls valid; it is given a directory to write in."""
    schemas, files = directory / "schemas", directory / "texts"
    schemas.mkdir()
    files.mkdir()
    write_schemas(schemas)
    for number, text in texts.items():
        (files / f"{number}.yaml").write_text(text, encoding="utf-8")
    command = (
        program,
        "-strict",
        "-verbose",
        "-n",
        "2",
        "-output",
        "json",
        "-schema-location",
        schemas / TEMPLATE,
        files,
    )
    run = subprocess.run(command, capture_output=True, check=False)
    found = json.loads(run.stdout)["resources"]
    return set(_valid(found))


def _valid(resources: Iterable[Mapping[str, Any]]) -> Iterable[int]:
    return (int(Path(each["filename"]).stem) for each in resources if each["status"] == "statusValid")


def write_schemas(directory: Path) -> None:
    """One file per kind, with what the kind reaches, as kubernetes-validate has it: nothing is mended.

    Of the Gateway API it gets the schemas that come with k8sgen.
    """
    known = Definitions(NEWEST)
    whole = json.loads(known.file.read_text("utf-8"))["$defs"]
    for (api_version, kind), name in known.index().items():
        group, slash, version = api_version.rpartition("/")
        suffix = f"-{group.split('.')[0]}-{version}" if slash else f"-{version}"
        schema = {"$ref": f"{REFERENCE}{name}", "$defs": _reached(name, whole)}
        (directory / f"{kind.lower()}{suffix}.json").write_text(json.dumps(schema), encoding="utf-8")
    for name in SHIPPED:
        (directory / f"{name.split()[1].lower()}-gateway-v1.json").write_text(
            shipped_schema(name) or "", "utf-8"
        )


def _reached(name: str, whole: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    wanted = [name]
    while wanted:
        each = wanted.pop()
        if each not in found:
            found[each] = whole[each]
            wanted += _references(whole[each])
    return found


def _references(schema: Any) -> list[str]:
    if isinstance(schema, list):
        return [name for each in schema for name in _references(each)]
    if not isinstance(schema, dict):
        return []
    own = [schema["$ref"].removeprefix(REFERENCE)] if isinstance(schema.get("$ref"), str) else []
    return own + [name for each in schema.values() for name in _references(each)]
