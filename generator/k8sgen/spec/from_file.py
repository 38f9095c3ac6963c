"""`fromFile`: content of a file beside the spec, read when its layer is."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from k8sgen.errors import InputError, Problem, SpecError, system_words
from k8sgen.spec.model import with_keys
from k8sgen.spec.problems import path_text, quoted
from k8sgen.yamltext.characters import LARGEST_FILE
from k8sgen.yamltext.read import Map, Mark

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_files(layer: Map, problems: list[Problem]) -> Map:
    """A layer with each `fromFile` replaced by the content, as `text` or in base64 as `binary`."""
    files = layer.get("files")
    if not isinstance(files, Map):
        return layer
    read = {
        target: with_content(target, entry, problems)
        for target, entry in files.items()
        if isinstance(entry, Map) and "fromFile" in entry
    }
    return with_keys(layer, {"files": with_keys(files, read)}) if read else layer


def with_content(target: str, entry: Map, problems: list[Problem]) -> Map:
    """One entry of `files` with its content; without any when that cannot be read."""
    mark = entry.marks["fromFile"]
    where = path_text(("files", target, "fromFile"))
    other = next((key for key in ("text", "binary") if key in entry), None)
    content: Mapping[str, str] = {"text": ""}
    if other is not None:
        problems.append(
            Problem(
                f"{path_text(('files', target))} has both fromFile and {other}, and may have one",
                entry.marks[other].key_place(),
                "remove the one you do not mean",
                ((mark.key_place(), "fromFile"),),
            )
        )
    else:
        try:
            content = read_file(where, entry["fromFile"], mark)
        except InputError as error:
            problems.extend(error.problems)
    result = with_keys(entry, dict(content), "fromFile")
    result.marks.update(dict.fromkeys(content, mark))
    return result


def read_file(where: str, name: Any, mark: Mark) -> Mapping[str, str]:
    """The content of a file as `text`, or as `binary` in base64. Raises SpecError."""
    place, said = mark.place(), f"{where} ({quoted(name)})"
    if not isinstance(name, str) or not name:
        hint = f"write a path relative to the directory of {mark.source.file}"
        raise SpecError(Problem(f"{said} is not the path of a file", place, hint))
    directory = mark.source.directory.resolve()
    beside = (
        f"it is looked for in the directory of {mark.source.file}" if place.line else "it is looked for here"
    )
    try:
        real = (directory / name).resolve()
        if not real.is_relative_to(directory):
            out = (
                f"leads out of the directory of {mark.source.file}"
                if place.line
                else "leads out of this directory"
            )
            raise SpecError(Problem(f"{said} {out}", place, "move the file below it"))
        if real.exists() and not real.is_file():
            raise SpecError(Problem(f"{said} is not a file", place, "name one file"))
        if real.stat().st_size > LARGEST_FILE:
            raise SpecError(Problem(f"{said} is larger than 1 MiB", place, "a ConfigMap cannot hold it"))
        content = real.read_bytes()
    except OSError as error:
        raise SpecError(Problem(f"{said} cannot be read: {system_words(error)}", place, beside)) from error
    except (RuntimeError, ValueError) as error:  # a loop of links; a name that no file can have
        raise SpecError(Problem(f"{said} is not the path of a file", place, beside)) from error
    try:
        return {"text": content.decode()}
    except UnicodeDecodeError:
        return {"binary": base64.b64encode(content).decode()}
