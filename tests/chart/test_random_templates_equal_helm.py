"""Random templates print in Helm what Jinja prints, whatever the chart carries beside what they read."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import yaml

from k8sgen.chart.transpile import transpile
from k8sgen.chart.usage import EVERYTHING, usage_of
from k8sgen.chart.values import own_values, values_of
from k8sgen.errors import TemplateError
from k8sgen.render.check import check_templates
from k8sgen.render.compile import compile_template
from k8sgen.render.environment import PRINTER, TemplateEnvironment
from k8sgen.render.inline import inline
from k8sgen.render.objects import TEMPLATES
from k8sgen.render.parse import parse_template
from k8sgen.render.printer import MARK, Printer
from k8sgen.resolve.derivation import Cluster, Release
from k8sgen.resolve.registry import DERIVATIONS
from k8sgen.spec.load import load_spec
from k8sgen.yamltext.write import document
from tests.chart.both_sides import Unique, load
from tests.chart.random_templates import Author
from tests.chart.specs_at_hand import EXAMPLES, read
from tests.chart.test_slice_equals_helm import SLICE

if TYPE_CHECKING:
    import pytest

    from k8sgen.chart.usage import Usage
    from k8sgen.render.language import Template
    from k8sgen.spec.service_spec import Spec
    from tests.plugins.helm import Helm

IN_CHECK = os.environ.get("K8SGEN_HYPOTHESIS") == "large"
BATCHES = int(os.environ.get("K8SGEN_BATCHES") or (60 if IN_CHECK else 1))
FEWEST_ACCEPTED = 80
"""Percent of the templates that must pass the check; were it fewer, the others would prove little."""

MINOR = 35
NAME = "orders"
NOTHING = f"---\nname: {NAME}\n"
"""In the place of a template that does not pass the check."""


@cache
def specs() -> tuple[Spec, ...]:
    """Specs with few fields and with many, under one name."""
    found = [
        load_spec(read(EXAMPLES / name / "service.yaml")).spec for name in ("full", "production", "worker")
    ]
    found += [load(text).spec for text in (SLICE, "name: orders\nimage: a/b:1.0\nreplicas: 1\n")]
    return tuple(spec.model_copy(update={"name": NAME, "patches": {}, "extra_objects": {}}) for spec in found)


def test_random_templates_print_alike(helm: Helm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Specialised on what some specs use, and with everything; rules are left out, for they take long to write."""
    monkeypatch.setattr("k8sgen.chart.transpile.RULES", ())
    drawn = accepted = compared = printed = 0
    for seed in range(BATCHES):
        batch = Batch(seed, tmp_path / str(seed))
        drawn += len(TEMPLATES)
        accepted += len(TEMPLATES) - batch.refused.total()
        for spec, usage in batch.charts():
            expected = batch.expected(spec)
            assert batch.answers(helm, spec, usage) == expected, batch.sources
            compared += len(expected)
            printed += sum(len(text) for text in expected.values())
    print(f"{compared} documents of {accepted} templates, {drawn - accepted} refused")  # noqa: T201 - the numbers of a large run
    assert accepted * 100 >= drawn * FEWEST_ACCEPTED
    assert printed > 100 * compared


class Batch:
    """The templates of one seed, or those that are given, in the places of our own."""

    def __init__(self, seed: int, directory: Path, sources: dict[str, str] | None = None) -> None:
        self.draw = random.Random(seed)  # noqa: S311 - a choice of cases
        self.directory = directory
        self.sources = sources or Author(self.draw).templates(TEMPLATES)
        self.refused = Counter[str]()
        self.compiled: dict[str, jinja2.Template] = {}
        for name in TEMPLATES:
            if problem := self.problem(name):
                self.refused[problem] += 1
                self.sources[name] = NOTHING
                self.compiled.pop(name, None)

    def read(self, name: str) -> Template:
        """The tree of a template."""
        return parse_template(name, self.sources[name], name, DERIVATIONS)

    def problem(self, name: str) -> str:
        """Why a template is passed over: the check refuses it, or a derived value cannot be asked there."""
        try:
            check_templates([name], self.read, lambda shown: shown)
            for spec in specs():
                self.printed(name, spec)
        except TemplateError as error:
            return "; ".join(problem.message for problem in error.problems)
        except (LookupError, AttributeError, TypeError) as error:
            return f"{type(error).__name__} {error}"
        return ""

    def printed(self, name: str, spec: Spec) -> str:
        """What Jinja prints."""
        if name not in self.compiled:
            environment = TemplateEnvironment()
            code = compile_template(inline(self.read(name), self.read), environment)
            self.compiled[name] = jinja2.Template.from_code(environment, code, environment.make_globals(None))
        context = {
            "spec": spec,
            "release": Release(NAME, NAME, "shop"),
            "cluster": Cluster(MINOR),
            PRINTER: Printer(dict(DERIVATIONS)),
        }
        return self.compiled[name].render(context).replace(MARK, "")

    def expected(self, spec: Spec) -> dict[str, str]:
        """What each template prints, as JSON."""
        return {name: as_json(self.printed(name, spec)) for name in TEMPLATES}

    def charts(self) -> list[tuple[Spec, Usage]]:
        """Specs, each with the chart of what it and others use, and with the chart of everything."""
        found = []
        for spec in self.draw.sample(specs(), 2):
            others = self.draw.sample(specs(), self.draw.randint(0, 2))
            found += [(spec, usage_of([spec, *others])), (spec, EVERYTHING)]
        return found

    def answers(self, helm: Helm, spec: Spec, usage: Usage) -> dict[str, str]:
        """What Helm prints of each template, as JSON."""
        made = transpile(NAME, MINOR, usage, self.read)
        values = values_of(spec, made.usage, own_values((), generic=False, tested=False))
        files = {
            "Chart.yaml": document({"apiVersion": "v2", "name": NAME, "version": "0.1.0"}),
            "values.yaml": document(values),
            **{f"templates/{name}": text for name, text in made.files.items()},
        }
        for path, text in files.items():
            (self.directory / path).parent.mkdir(exist_ok=True, parents=True)
            (self.directory / path).write_text(text, encoding="utf-8")
        run = helm.template(NAME, self.directory, "-n", "shop", "--kube-version", f"1.{MINOR}.0")
        assert run.returncode == 0, run.stderr
        return by_template(run.stdout)


def by_template(text: str) -> dict[str, str]:
    """What Helm prints of each template, as JSON."""
    found = {}
    for part in text.split("---\n# Source: ")[1:]:
        path, _, printed = part.partition("\n")
        found[f"{Path(path).name}.j2"] = as_json(printed)
    return found


def as_json(text: str) -> str:
    """One document with the types of its values."""
    data: Any = yaml.load(text, Unique)  # noqa: S506 - a safe loader that refuses repeated keys
    return json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False)
