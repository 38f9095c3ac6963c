"""Options that several commands take."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def check_version(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """A minor version that there are schemas for."""
    if not value:
        return value
    match = re.fullmatch(r"v?1\.(\d{1,3})(\.\d+)?", value)
    if match is None:
        raise click.BadParameter(f'"{value}" is not a minor version such as 1.35', context, parameter)
    from k8sgen.validate.definitions import NEWEST, OLDEST

    if not OLDEST <= int(match[1]) <= NEWEST:
        raise click.BadParameter(f"1.{match[1]} is not one of 1.{OLDEST} to 1.{NEWEST}", context, parameter)
    return f"1.{match[1]}"


def kinds(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Kinds between commas; none at all is not every one."""
    if value is None:
        return ()
    names = tuple(part.strip() for part in value.split(",") if part.strip())
    if not names:
        raise click.BadParameter("name a kind, as in --only Deployment,Service", context, parameter)
    return names


def output_directory(what: str) -> Callable[[F], F]:
    """The directory that a command keeps, which it must be told; `what` is its help."""
    return click.option(
        "-o", "--output", type=click.Path(file_okay=False), metavar="DIR", required=True, help=what
    )


check = click.option(
    "--check", is_flag=True, help="Write nothing; show what is stale as a diff and exit with 1."
)
sets = click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="PATH=VALUE",
    help="Set one field above all layers, as in image.tag=1.4.3.",
)
kubernetes_version = click.option(
    "--kubernetes-version",
    default="",
    metavar="1.X",
    callback=check_version,
    help="Version to render for; wins over k8sgen.yaml.",
)
comments = click.option(
    "--comments/--no-comments", default=True, help="The reasons behind the values that the tool chose."
)
templates = click.option(
    "--templates",
    type=click.Path(file_okay=False),
    metavar="DIR",
    default="",
    help="Templates that replace our own of the same name.",
)
