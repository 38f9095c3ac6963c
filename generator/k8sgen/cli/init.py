"""`k8sgen init`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from k8sgen.errors import OutputError, Place, Problem, system_words


@click.command(name="init")
@click.argument("directory", type=click.Path(exists=True, file_okay=False), default=".")
def command(directory: str) -> int:
    """Start a service.yaml from a project directory.

    Looks at go.mod, package.json, pyproject.toml, pom.xml and the Dockerfile for a name, a version
    and a port, and writes a commented service.yaml and the schema with which editors check it.
    Files that are there already are never touched.
    """
    from k8sgen.spec.json_schema import service_schema
    from k8sgen.starter import SCHEMA_FILE, look_at, starter_spec

    root = Path(directory)
    target, schema_file = root / "service.yaml", root / SCHEMA_FILE
    schema = json.dumps(service_schema(), indent=2, ensure_ascii=False) + "\n"
    if there := [path for path in (target, schema_file) if os.path.lexists(path)]:
        raise OutputError(
            *(Problem("is there already", Place(str(path), 0, 0), "move it away first") for path in there)
        )
    create(schema_file, schema)
    create(target, starter_spec(look_at(root)))
    click.echo(f"wrote {target} and {root / SCHEMA_FILE}; next: k8sgen render {target}", err=True)
    return 0


def create(path: Path, text: str) -> None:
    """Write a file that is not there yet. Raises OutputError."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise OutputError(
            Problem(f"cannot be written: {system_words(error)}", Place(str(path), 0, 0))
        ) from error
