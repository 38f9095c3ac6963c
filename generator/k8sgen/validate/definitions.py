"""The published schemas of one Kubernetes version, cut down to what one kind needs.

kubernetes-validate ships, per version, a `_definitions.json` of up to 1.8 MB. Reading it costs more
than all other work of a small run, so what a kind reaches (its closure) is taken out once, without
descriptions, and kept in the user's cache directory. Nothing depends on the cache: it is skipped
where it cannot be written, and text that is not what was stored is read as absent.

Four things are changed on the way, because the data differs from what the API server does:
`oneOf` of types that all allow null (it would refuse null) becomes one list of types; the formats
int32 and int64 become bounds, as does int-or-string, since the server cannot decode a larger number;
a few fields that are published as required, and that the schema of the server does not ask for, are not;
`x-` keys are left out.
"""

from __future__ import annotations

import os
import zlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from k8sgen.errors import Problem, SpecError

if TYPE_CHECKING:
    from collections.abc import Callable

OLDEST = 25
NEWEST = 37
CACHE_FORMAT = 7
BOUNDS = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}
NOT_REQUIRED = {
    "io.k8s.api.batch.v1.PodFailurePolicy": {"rules"},
    "io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern": {"status"},
    "io.k8s.api.core.v1.HTTPHeader": {"value"},
    "io.k8s.api.core.v1.LimitRangeSpec": {"limits"},
    "io.k8s.api.core.v1.PreferredSchedulingTerm": {"preference"},
    "io.k8s.api.core.v1.SleepAction": {"seconds"},
    "io.k8s.api.core.v1.Sysctl": {"value"},
    "io.k8s.api.core.v1.TypedLocalObjectReference": {"kind", "name"},
    "io.k8s.api.networking.v1.HTTPIngressPath": {"backend"},
    "io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference": {"apiVersion", "kind", "name", "uid"},
}
"""Fields that are published as required. The server looks at some of them in its own rules, and at others never."""
REFERENCE = "#/$defs/"
INDEX = "index"


def check_minor(minor: int) -> None:
    """Refuse a version of which we hold no schemas."""
    if not OLDEST <= minor <= NEWEST:
        raise SpecError(
            Problem(
                f"Kubernetes 1.{minor} is not supported",
                hint=f"write a version from 1.{OLDEST} to 1.{NEWEST}",
            )
        )


class Definitions:
    """The schema definitions of Kubernetes 1.`minor`."""

    def __init__(self, minor: int) -> None:
        check_minor(minor)
        self.minor = minor
        self.file = _data_directory() / f"v1.{minor}.0-local-strict" / "_definitions.json"
        self._whole: dict[str, Any] | None = None
        self._index: dict[tuple[str, str], str] | None = None

    def definition_of(self, api_version: str, kind: str) -> str:
        """The definition's name, such as `io.k8s.api.apps.v1.Deployment`, or nothing."""
        return self.index().get((api_version, kind), "")

    def index(self) -> dict[tuple[str, str], str]:
        """Every apiVersion and kind that this version serves, with its definition's name."""
        if self._index is None:
            lines = self._cached(INDEX, self._index_text).splitlines()
            rows = [line.split(" ") for line in lines]
            self._index = {(api_version, kind): name for api_version, kind, name in rows}
        return self._index

    def schema(self, definition: str) -> str:
        """A JSON Schema, as text, of this definition and all it reaches; KeyError when there is none."""
        return self._cached(definition, lambda: self._closure(definition))

    def _cached(self, name: str, make: Callable[[], str]) -> str:
        file = _cache_directory(self.file) / str(self.minor) / name
        text = _read_checked(file)
        if text is None:
            text = make()
            _write_checked(file, text)
        return text

    def _all(self) -> dict[str, Any]:
        if self._whole is None:
            import orjson

            self._whole = orjson.loads(self.file.read_bytes())["$defs"]
        return self._whole

    def _index_text(self) -> str:
        rows = []
        for name, definition in self._all().items():
            kinds = definition.get("x-kubernetes-group-version-kind", ())
            # The many kinds of DeleteOptions and WatchEvent are requests, not objects.
            if len(kinds) == 1:
                group, version, kind = (kinds[0][part] for part in ("group", "version", "kind"))
                rows.append(f"{group}/{version} {kind} {name}" if group else f"{version} {kind} {name}")
        return "\n".join(sorted(rows))

    def _closure(self, definition: str) -> str:
        import orjson

        whole = self._all()
        wanted, reached = [definition], dict[str, Any]()
        while wanted:
            name = wanted.pop()
            if name not in reached:
                reached[name] = trimmed(whole[name], wanted)
                if name in NOT_REQUIRED:
                    required = reached[name].get("required", ())
                    reached[name]["required"] = [
                        field for field in required if field not in NOT_REQUIRED[name]
                    ]
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": REFERENCE + definition,
            "$defs": reached,
        }
        return orjson.dumps(schema).decode()


def trimmed(schema: dict[str, Any], references: list[str]) -> dict[str, Any]:
    """The part of a published schema that we check; names it refers to are added to `references`."""
    if "$ref" in schema:
        references.append(schema["$ref"].removeprefix(REFERENCE))
        return {"$ref": schema["$ref"]}
    kept: dict[str, Any] = {key: schema[key] for key in ("type", "enum", "required") if key in schema}
    if "properties" in schema:
        kept["properties"] = {key: trimmed(value, references) for key, value in schema["properties"].items()}
    for key in ("items", "additionalProperties"):
        if key in schema:
            inner = schema[key]
            kept[key] = trimmed(inner, references) if isinstance(inner, dict) else inner
    if "oneOf" in schema:
        branches = [trimmed(branch, references) for branch in schema["oneOf"]]
        if all(branch.keys() == {"type"} for branch in branches):
            kept["type"] = sorted({word for branch in branches for word in branch["type"]})
            if "integer" in kept["type"]:
                kept["minimum"], kept["maximum"] = BOUNDS["int32"]
        else:
            kept["anyOf"] = branches
    if schema.get("format") in BOUNDS:
        kept["minimum"], kept["maximum"] = BOUNDS[schema["format"]]
    return kept


@cache
def _data_directory() -> Path:
    # Importing kubernetes_validate costs 150 ms; only its data is wanted.
    spec = find_spec("kubernetes_validate")
    return Path(cast("str", spec.origin if spec else "")).parent / "kubernetes-json-schema"


def stamp(minor: int) -> str:
    """What tells the data of a version from that of another release of kubernetes-validate."""
    state = _definitions_file(minor).stat()
    return f"{state.st_size}-{state.st_mtime_ns}-{CACHE_FORMAT}"


def _definitions_file(minor: int) -> Path:
    return _data_directory() / f"v1.{minor}.0-local-strict" / "_definitions.json"


@cache
def _cache_directory(data: Path) -> Path:
    from platformdirs import user_cache_dir

    state = data.stat()
    release = (data.parents[2] / "version.py").read_text(encoding="utf-8").partition("=")[2].strip(" '\"\n")
    key = f"{release}-{state.st_size}-{state.st_mtime_ns}-{CACHE_FORMAT}"
    return Path(user_cache_dir("k8sgen", appauthor=False)) / "schemas" / key


def _read_checked(file: Path) -> str | None:
    try:
        stored = file.read_bytes()
    except OSError:
        return None
    head, _, body = stored.partition(b"\n")
    return body.decode() if head == _check_line(body) else None


def _write_checked(file: Path, text: str) -> None:
    import tempfile

    body = text.encode()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".")
        with os.fdopen(handle, "wb") as stream:
            stream.write(_check_line(body) + b"\n" + body)
        Path(temporary).replace(file)
    except OSError:
        return


def _check_line(body: bytes) -> bytes:
    return b"%d %08x" % (len(body), zlib.crc32(body))
