"""Runs compiled templates, and keeps them compiled from one run of the tool to the next.

Parsing and compiling all templates takes longer than everything else a run does, so their code is kept
in the user's cache directory, by the content of every template and of the modules that compile them.
"""

from __future__ import annotations

import builtins
import hashlib
import marshal
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from k8sgen.render import printer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import CodeType

PRINTER = "_printer"
"""The name under which a template's code finds the printer of its rendering."""

FILTERS: Mapping[str, Callable[..., Any]] = {
    "_scalar": printer.print_scalar,
    "_block": printer.print_block,
    "_call": printer.call,
    "_print_call": printer.print_call,
    "_print_call_block": printer.print_call_block,
    "_derived_path": printer.derived_path,
    "_join_path": printer.join_path,
    "_given": printer.is_given,
    "by_key": printer.by_key,
    "_by_index": printer.by_index,
}

KEPT = 8
"""How many versions of the code are kept: a few checkouts and sets of overrides used in turn."""

COMPILERS = ("compile.py", "environment.py", "inline.py", "language.py", "parse.py")
"""The modules beside this one that decide what the code of a template is."""


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja for templates of the subset."""

    def __init__(self) -> None:
        super().__init__(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, autoescape=False)
        self.filters.update(FILTERS)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a part of the spec; what is not there has no fields either.

        The names were checked against the models when the template was read, so the sandbox's own
        look at each of them is not needed.
        """
        return None if obj is None else builtins.getattr(obj, attribute)


def load_templates(
    names: tuple[str, ...],
    sources: Mapping[str, str],
    cache: Path | None,
    compile_all: Callable[[TemplateEnvironment], dict[str, CodeType]],
) -> dict[str, jinja2.Template]:
    """The templates of some names, ready to run.

    `sources` are all templates, included ones too; `cache` is where code is kept, None for nowhere;
    `compile_all` makes the code when it is not there.
    """
    environment = TemplateEnvironment()
    file = None if cache is None else cache / f"templates-{key_of(sources)}"
    codes = None if file is None else read_codes(file, names)
    if codes is None:
        codes = compile_all(environment)
        if file is not None:
            write_codes(file, codes)
    return {
        name: jinja2.Template.from_code(environment, codes[name], environment.make_globals(None))
        for name in names
    }


def key_of(sources: Mapping[str, str]) -> str:
    """What the code depends on, in short."""
    digest = hashlib.sha256(f"{sys.version} {jinja2.__version__}".encode())
    here = Path(__file__)
    for name in COMPILERS:
        stat = here.with_name(name).stat()
        digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\0".encode())
    for name, source in sorted(sources.items()):
        digest.update(f"{name}\0{source}\0".encode())
    return digest.hexdigest()[:32]


def read_codes(file: Path, names: tuple[str, ...]) -> dict[str, CodeType] | None:
    """Code that an earlier run kept, or None."""
    try:
        codes: dict[str, CodeType] = marshal.loads(file.read_bytes())  # noqa: S302 - our own file in the user's cache, like Python's own
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return codes if isinstance(codes, dict) and set(names) <= set(codes) else None


def write_codes(file: Path, codes: dict[str, CodeType]) -> None:
    """Keep code for later runs; where nothing can be kept, nothing is."""
    import tempfile

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(marshal.dumps(codes))
        Path(name).replace(file)
        kept = sorted(file.parent.glob("templates-*"), key=lambda other: other.stat().st_mtime, reverse=True)
        for old in kept[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        pass
