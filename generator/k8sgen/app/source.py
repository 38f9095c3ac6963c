"""The files of an app: plain ones as they are, templates (`.j2`) with what the spec says.

The templates are Go with marks that Go does not use: `<<value>>`, and `//% for` on a line of its own. Every
value comes as text that Go reads back as the same, so that no spec can break out of its place.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined

from k8sgen.assets import directory

if TYPE_CHECKING:
    from k8sgen.app.settings import AppSettings, Check

TEMPLATES = "app/gin"
RENAMED = {"dockerignore": ".dockerignore"}
"""Files that would be taken for our own under their real names."""


def app_files(settings: AppSettings) -> dict[str, str]:
    """Every file of the app by its path."""
    root = directory("templates") / TEMPLATES
    environment = Environment(  # noqa: S701 - Go, not HTML: values are quoted for Go
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="/*%",
        block_end_string="%*/",
        comment_start_string="/*#",
        comment_end_string="#*/",
        line_statement_prefix="//%",
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    files = {}
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        name = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        if name.endswith(".j2"):
            name = name.removesuffix(".j2")
            words = go_words(settings) if name.endswith(".go") else plain_words(settings)
            text = environment.from_string(text).render(service=words)
        files[RENAMED.get(name, name)] = text
    return files


def go_words(settings: AppSettings) -> dict[str, Any]:
    """The settings as Go writes them."""
    return {
        **{name: go_literal(getattr(settings, name)) for name in names_of(settings) if name != "checks"},
        "checks": [
            {name: go_literal(getattr(check, name)) for name in names_of(check)} for check in settings.checks
        ],
    }


def plain_words(settings: AppSettings) -> dict[str, Any]:
    """The settings for files that people read."""
    return {name: getattr(settings, name) for name in names_of(settings)}


def names_of(settings: AppSettings | Check) -> tuple[str, ...]:
    """The attributes."""
    return tuple(type(settings).__dataclass_fields__)


def go_literal(value: str | float | Fraction) -> str:
    """A value as Go reads it; what JSON says of a text is the same in Go, whose source is UTF-8. A share is a division."""
    if isinstance(value, Fraction):
        whole = value.denominator == 1
        return f"{value.numerator}" if whole else f"{value.numerator}.0 / {value.denominator}"
    return json.dumps(value, ensure_ascii=False)
