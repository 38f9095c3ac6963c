"""Reads the published values of Online Boutique from a clone of its repository into `published.json`.

    python tests/online_boutique/extract.py CLONE

The values are those of `COMMIT`, whatever is checked out. Only values are kept, one row each: the
object, a pointer to the value, the value. The manifests themselves stay where they are published.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PUBLISHED = Path(__file__).with_name("published.json")
REPOSITORY = "https://github.com/GoogleCloudPlatform/microservices-demo"
COMMIT = "34ffea9175946982c3088ed84994fe6019ad6e92"
DIRECTORY = "kubernetes-manifests"
RELEASE = "release/kubernetes-manifests.yaml"
LICENCE = (
    "Apache-2.0 (https://www.apache.org/licenses/LICENSE-2.0), Copyright Google LLC. "
    "Field values read off the manifests by tests/online_boutique/extract.py; comments and files are left out."
)

IDENTITY = ("containerPort", "name", "mountPath", "topologyKey")
"""Keys that name the entry of a list, the first that is there: position in such a list means little."""

Row = tuple[str, str, Any]


def rows(objects: Iterable[dict[str, Any]]) -> Iterator[Row]:
    """Every value of some objects, but for kind and name, which say whose value it is."""
    for obj in objects:
        name = f"{obj['kind']}/{obj['metadata']['name']}"
        for pointer, value in leaves(obj):
            if pointer not in {"/kind", "/metadata/name"}:
                yield name, pointer, value


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """The values below a value. Entries that have a name are pointed at by it; a list of scalars is one value."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from leaves(item, f"{pointer}/{escaped(key)}")
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for position, item in enumerate(value):
            yield from leaves(item, f"{pointer}/{escaped(entry_name(item, position))}")
    else:
        yield pointer, value


def entry_name(item: dict[str, Any], position: int) -> str:
    """What an entry of a list is called."""
    if "targetPort" in item:
        return str(item["port"])
    return next((str(item[key]) for key in IDENTITY if key in item), str(position))


def escaped(key: str) -> str:
    """A key inside a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def documents(clone: Path, *paths: str) -> Iterator[dict[str, Any]]:
    """The objects in some files of the commit."""
    for path in paths:
        yield from (obj for obj in yaml.safe_load_all(git(clone, "show", f"{COMMIT}:{path}")) if obj)


def git(clone: Path, *arguments: str) -> str:
    """What git prints."""
    done = subprocess.run(["git", "-C", str(clone), *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def main() -> None:
    """Write the table."""
    clone = Path(sys.argv[1])
    listed = git(clone, "ls-tree", "--name-only", COMMIT, f"{DIRECTORY}/").split()
    files = [path for path in listed if path.endswith(".yaml") and not path.endswith("/kustomization.yaml")]
    table = sorted(rows(documents(clone, *files)), key=lambda row: row[:2])
    images = sorted(
        (row for row in rows(documents(clone, RELEASE)) if row[1].endswith("/image")), key=lambda row: row[:2]
    )
    header = {"repository": REPOSITORY, "commit": COMMIT, "path": DIRECTORY, "licence": LICENCE}
    text = json.dumps(header, indent=2, ensure_ascii=False)[:-2]
    text += f',\n  "released": "{RELEASE}",'
    text += "\n" + table_text("releasedImages", images) + ",\n" + table_text("values", table) + "\n}\n"
    PUBLISHED.write_text(text, encoding="utf-8")


def table_text(name: str, table: list[Row]) -> str:
    """A table as JSON, one row a line."""
    inside = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in table)
    return f'  "{name}": [\n{inside}\n  ]'


if __name__ == "__main__":
    main()
