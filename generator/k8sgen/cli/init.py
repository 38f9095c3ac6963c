"""`k8sgen init`."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command(name="init")
@click.argument("directory", type=click.Path(exists=True, file_okay=False), default=".")
def command(directory: str) -> int:
    """Start a service.yaml from a project directory.

    Looks at go.mod, package.json, pyproject.toml, pom.xml and the Dockerfile for a name, a version
    and a port, and writes a commented service.yaml and the schema with which editors check it.
    A service.yaml that is there already is never touched.
    """
    from k8sgen.errors import OutputError, Place, Problem
    from k8sgen.spec.json_schema import service_schema
    from k8sgen.starter import SCHEMA_FILE, look_at, starter_spec

    root = Path(directory)
    target = root / "service.yaml"
    text = starter_spec(look_at(root))
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
        (root / SCHEMA_FILE).write_text(
            json.dumps(service_schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    except FileExistsError as error:
        raise OutputError(
            Problem("is there already", Place(str(target), 0, 0), "edit it, or move it away first")
        ) from error
    except OSError as error:
        raise OutputError(
            Problem(f"cannot be written: {(error.strerror or str(error)).lower()}", Place(str(target), 0, 0))
        ) from error
    click.echo(f"wrote {target} and {root / SCHEMA_FILE}; next: k8sgen render {target}", err=True)
    return 0
