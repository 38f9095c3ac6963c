"""`kustomize build` of the base is `render`, and of each overlay `render --env`: object by object, types and all."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from k8sgen.errors import InputError
from k8sgen.fleet.find import SpecFile, find_specs
from k8sgen.fleet.kustomization import kustomization_of
from k8sgen.fleet.service import Builder, Options
from k8sgen.yamltext.write import document
from tests.cli import k8sgen
from tests.render.specs import specs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.plugins.kustomize import Kustomize

EXAMPLES = Path(__file__).parents[2] / "examples"
LARGE = os.environ.get("K8SGEN_HYPOTHESIS") == "large"
BUILDER = Builder(Options())


def examples() -> list[str]:
    """Every example; of the demo with many services only two, but in the large run."""
    found, _ = find_specs([str(EXAMPLES)])
    names = [file.path.relative_to(EXAMPLES).as_posix() for file in found]
    return [
        name
        for name in names
        if LARGE or name.count("/") == 1 or name.split("/")[1] in {"frontend", "redis-cart"}
    ]


def by_identity(objects: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Objects by what they are, each as JSON, in which 1, true and "1" all differ."""
    found: dict[str, str] = {}
    for obj in objects:
        metadata = obj["metadata"]
        name = f"{obj['apiVersion']} {obj['kind']} {metadata.get('namespace')}/{metadata['name']}"
        assert name not in found, f"{name} is there twice"
        found[name] = json.dumps(obj, indent=1, sort_keys=True)
    return dict(sorted(found.items()))


def agree(kustomize: Kustomize, spec: SpecFile, directory: Path, builder: Builder = BUILDER) -> list[str]:
    """Build the base and every overlay; the environments that were compared."""
    loaded = builder.document(spec)
    compared = []
    for environment in ("", *loaded.environments):
        wanted = by_identity(obj.data for obj in builder.rendered(loaded, environment).objects)
        place = directory / "overlays" / environment if environment else directory / "base"
        built = by_identity(kustomize.build(place))
        assert built == wanted
        assert wanted
        compared.append(environment)
    return compared


@pytest.mark.parametrize("example", examples())
def test_an_example_builds_to_what_render_says(kustomize: Kustomize, tmp_path: Path, example: str) -> None:
    """In every environment, from the files that the command writes."""
    run = k8sgen("kustomize", example, "-o", str(tmp_path), cwd=EXAMPLES)
    assert run.status == 0, run.stderr
    spec = SpecFile(EXAMPLES / example, example)
    assert agree(kustomize, spec, tmp_path)[0] == ""


@st.composite
def services(draw: st.DrawFn) -> dict[str, Any]:
    """A spec with an environment that changes some of it."""
    spec = draw(specs())
    other = draw(specs())
    changed = draw(st.sets(st.sampled_from(sorted(other)), max_size=6))
    nulls = draw(st.sets(st.sampled_from(sorted(spec)), max_size=2)) - {"name", "image"} - changed
    environment = {key: other[key] for key in sorted(changed)} | dict.fromkeys(sorted(nulls))
    return {**spec, "environments": {"production": environment}}


@given(services())
def test_any_service_builds_to_what_render_says(kustomize: Kustomize, spec: dict[str, Any]) -> None:
    """What a rule refuses is no comparison, and most must not be."""
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place)
        file = SpecFile(directory / "service.yaml", "service.yaml", document(spec).encode())
        try:
            made = kustomization_of(BUILDER, file)
        except InputError:
            assume(False)
        for path, content in made.files.items():
            (directory / path).parent.mkdir(parents=True, exist_ok=True)
            (directory / path).write_bytes(content)
        assert agree(kustomize, file, directory) == ["", "production"]
