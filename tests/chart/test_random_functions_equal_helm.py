"""Random functions in the Python of derived values answer in Helm as they do in Python.

Some of them are asked by the test, others by those alone, so that constants travel into them, short ones
are written in place, and what is known falls away. Each chart is written for what one spec uses.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import sys
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from k8sgen.chart.usage import EVERYTHING, usage_of
from k8sgen.chart.values import values_of
from k8sgen.errors import TemplateError
from k8sgen.resolve.arithmetic import ceil_div, is_percent, percent, share_up
from k8sgen.spec.container import ExtraContainer
from k8sgen.spec.ports import Port
from tests.chart.asking import Question, ask, written
from tests.chart.both_sides import load
from tests.chart.random_functions import Author

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from types import ModuleType

    from k8sgen.chart.helpers import Function
    from k8sgen.chart.usage import Usage
    from k8sgen.spec.load import LoadedSpec
    from tests.chart.random_functions import Drawn
    from tests.plugins.helm import Helm

FUNCTIONS = 40
CASES = 12
SIZES = (1, 2, 3)
IN_CHECK = os.environ.get("K8SGEN_HYPOTHESIS") == "large"
BATCHES = int(os.environ.get("K8SGEN_BATCHES") or (60 if IN_CHECK else 3))
FEWEST_ACCEPTED = 80
"""Percent of the functions that must be in the subset; were it fewer, the others would prove little."""

SPECS = (
    "name: orders\nimage: a/b:1.0\n",
    """\
name: orders
image: a/b:1.0
ports: {http: 8080, admin: {port: 9090, protocol: UDP, nodePort: 30000}}
labels: {a: "on", b: ""}
team: shop
rollout: {maxSurge: 2, maxUnavailable: 10%}
shutdown: {gracePeriodSeconds: 1000000}
""",
    """\
name: orders
image: {repository: a/b, digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000"}
replicas: 1000000
port: 80
podLabels: {e: "1"}
autoscaling: {minReplicas: 1, maxReplicas: 5}
security: {runAsUser: 0}
containerName: main
workingDir: /x
""",
)
TEXTS = ("", "a", "abc", "on", "a-b,ab", "é", "abab%", "{{ x }}", "1")
NUMBERS = (0, 1, 2, 5, 99, 1000000, 2**40)
MAPS: tuple[dict[str, int], ...] = ({}, {"a": 0}, {"b": 2, "a": 1, "B": 3}, {"é": 1000000, "on": 7, "": 1})
TEXT_MAPS: tuple[dict[str, str], ...] = ({}, {"a": ""}, {"b": "on", "a": "1"}, {"é": "{{ x }}", "on": "a"})
LISTS: tuple[list[str], ...] = ([], [""], ["b", "a", "b"], ["é", "on", "1e3"])
PORTS: tuple[dict[str, Any], ...] = (
    {"port": 80},
    {"port": 8080, "servicePort": 80, "protocol": "UDP", "inService": False},
    {"port": 1, "nodePort": 30000, "appProtocol": "h2c", "inService": True},
)
CONTAINERS: tuple[dict[str, Any], ...] = (
    {"image": {"repository": "x/y", "tag": "1"}},
    {"image": {"repository": "x", "digest": "sha256:" + "0" * 64}, "order": 0, "workingDir": "/w"},
)
ARGUMENTS: Mapping[str, Sequence[Any]] = {
    "natural": NUMBERS,
    "text": TEXTS,
    "boolean": (False, True),
    "maybe": (None, *NUMBERS),
    "maybe_text": (None, *TEXTS),
    "either": (0, 3, 1000000, "0%", "25%", "007%"),
    "numbers": MAPS,
    "texts": TEXT_MAPS,
    "list": LISTS,
    "port": PORTS,
    "ports": ({}, {"http": PORTS[0]}, {"b": PORTS[1], "a": PORTS[2]}),
    "container": CONTAINERS,
}
"""What parameters of each type are given, as values of a chart hold it."""


@dataclass(frozen=True)
class Case:
    """One question, as a chart's values hold it, and Python's answer as JSON."""

    function: str
    given: Mapping[str, Any]
    answer: str


def test_random_functions_answer_alike(helm: Helm, tmp_path: Path) -> None:
    """Every answer of every function, with its type."""
    drawn = accepted = compared = 0
    for seed in range(BATCHES):
        batch = Batch(seed, tmp_path / str(seed))
        drawn += len(batch.author.functions)
        accepted += len(batch.accepted)
        cases = list(batch.cases())
        compared += len(cases)
        assert list(islice(batch.differing(helm, cases), 1)) == []
    print(f"{compared} answers of {accepted} functions, {drawn - accepted} refused")  # noqa: T201 - the numbers of a large run
    assert accepted * 100 >= drawn * FEWEST_ACCEPTED
    assert compared >= accepted * CASES // 3


class Batch:
    """The functions of one seed, as Python and as helpers."""

    def __init__(self, seed: int, directory: Path) -> None:
        self.draw = random.Random(seed)  # noqa: S311 - a choice of cases
        self.directory = directory
        directory.mkdir(parents=True)
        self.author = Author(self.draw, SIZES[seed % len(SIZES)])
        source = self.author.module(FUNCTIONS)
        self.module = imported(f"k8sgen.drawn_{seed}", source, directory / "drawn.py")
        self.loaded: LoadedSpec = load(SPECS[seed // 2 % len(SPECS)])
        self.usage: Usage = usage_of([self.loaded.spec]) if seed % 2 else EVERYTHING
        self.refused: dict[str, str] = {}
        self.accepted = [one for one in self.author.functions if self.is_accepted(one)]

    def function(self, name: str) -> Function:
        """A function by its name."""
        found: Function = getattr(self.module, name)
        return found

    def is_accepted(self, one: Drawn) -> bool:
        """Whether a function, and all that it asks, are in the subset."""
        try:
            written([self.function(one.name)], self.everything(), self.usage)
        except TemplateError as error:
            self.refused[one.name] = str(error)
            return False
        return True

    def everything(self) -> list[Function]:
        """All functions, those that call first."""
        own = [self.function(one.name) for one in reversed(self.author.functions)]
        return [*own, share_up, ceil_div, percent, is_percent]

    def cases(self) -> Iterator[Case]:
        """Questions with Python's answers."""
        for one in self.accepted:
            if not one.tested:
                continue
            for _ in range(CASES):
                given = {
                    name: self.draw.choice(ARGUMENTS[kind]) for name, kind in one.parameters if kind != "spec"
                }
                arguments = [
                    self.loaded.spec if kind == "spec" else as_python(kind, given[name])
                    for name, kind in one.parameters
                ]
                answer = self.function(one.name)(*arguments)
                yield Case(one.name, given, as_json(answer))

    def differing(self, helm: Helm, cases: Sequence[Case]) -> Iterator[str]:
        """What Helm answers otherwise, each with the function's source; halved until one function fails."""
        answers = self.asked(helm, cases)
        names = list(dict.fromkeys(case.function for case in cases))
        if isinstance(answers, str) and len(names) > 1:
            half = set(names[: len(names) // 2])
            yield from self.differing(helm, [case for case in cases if case.function in half])
            yield from self.differing(helm, [case for case in cases if case.function not in half])
        elif isinstance(answers, str):
            yield self.problem(cases[0], answers)
        else:
            for case, answer in zip(cases, answers, strict=True):
                if answer != case.answer:
                    yield self.problem(case, answer)

    def problem(self, case: Case, answer: str) -> str:
        """A difference, for people."""
        function = self.function(case.function)
        helpers, defines = written([function], self.everything(), self.usage)
        sources = [
            one.source for one in self.author.functions if one.name in {case.function, *helpers.functions}
        ]
        return "\n".join([*sources, *defines, f"{case.given}: Python {case.answer}, Helm {answer}"])

    def asked(self, helm: Helm, cases: Sequence[Case]) -> list[str] | str:
        """What the helpers answer, in the order of the cases; Helm's message when it fails."""
        functions = {case.function: self.function(case.function) for case in cases}
        questions = [Question(case.function, case.given) for case in cases]
        return ask(
            *(helm, self.directory, questions, functions, self.everything(), self.usage),
            lambda carried: values_of(self.loaded.spec, carried, ()),
        )


def imported(name: str, source: str, file: Path) -> ModuleType:
    """A module of that source, which lies in a file so that its functions can be read."""
    file.write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def as_python(kind: str, value: Any) -> Any:
    """A value of a chart as Python code sees it."""
    if kind == "port":
        return Port.model_validate(value)
    if kind == "container":
        return ExtraContainer.model_validate(value)
    return {key: Port.model_validate(port) for key, port in value.items()} if kind == "ports" else value


def as_json(value: Any) -> str:
    """A value with its type."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
