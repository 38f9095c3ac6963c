"""Functions that ask each other answer in Helm as in Python, in a chart that carries all or little."""

from __future__ import annotations

import importlib.util
import inspect
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from k8sgen.chart.usage import EVERYTHING, usage_of
from k8sgen.chart.values import values_of
from k8sgen.resolve.arithmetic import ceil_div
from k8sgen.spec.ports import Port
from tests.chart.asking import Question, ask
from tests.chart.both_sides import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FunctionType, ModuleType

    from k8sgen.chart.usage import Usage
    from k8sgen.spec.service_spec import Spec
    from tests.plugins.helm import Helm

SPECS = (
    "name: orders\nimage: a/b:1.0\n",
    """\
name: orders
image: a/b:1.0
ports: {http: 8080, admin: 9090}
sidecars: {proxy: {image: x/y:1}}
labels: {b: "on", a: ""}
team: shop
replicas: 1000000
startup: {slowestSeconds: 90}
rollout: {maxSurge: 1000000}
shutdown: {gracePeriodSeconds: 30, preStop: {sleep: {seconds: 2}}}
""",
)
VALUES: dict[str, tuple[Any, ...]] = {
    "number": (0, 1, 2, 5, 6, 1000000),
    "maybe": (None, 0, 5, 1000000),
    "text": ("", "a", "ab-b", "z"),
    "words": ([], ["b", "a"]),
    "entries": (
        {},
        {"a": 1},
        {"b": 2, "a": 3, "c": 5},
        {"a": 1, "b": 4, "c": 2, "d": 9},
        {"a": 0, "z": 1000000},
    ),
    "port": (
        {"port": 80},
        {
            "port": 81,
            "servicePort": 5,
            "inService": False,
            "nodePort": 1000,
            "appProtocol": "h2c",
            "hostPort": 81,
        },
    ),
}
"""What a parameter of each name is given."""


@pytest.fixture(scope="module")
def module() -> ModuleType:
    """The functions, as a module of k8sgen: derived values call no others."""
    name = "k8sgen.functions_that_call"
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("functions_that_call.py"))
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[name] = made
    spec.loader.exec_module(made)
    return made


@pytest.mark.parametrize("text", SPECS, ids=["short", "long"])
@pytest.mark.parametrize("whole", [True, False], ids=["everything", "specialised"])
def test_functions_that_call_answer_alike(
    helm: Helm, tmp_path: Path, module: ModuleType, text: str, *, whole: bool
) -> None:
    """Every answer with its type."""
    spec = load(text).spec
    usage: Usage = EVERYTHING if whole else usage_of([spec])
    functions = {
        name: one
        for name, one in vars(module).items()
        if getattr(getattr(one, "function", one), "__module__", "") == module.__name__
    }
    asked = {name: one for name, one in functions.items() if not name.startswith("part_")}
    everything = [*reversed(functions.values()), ceil_div]
    # those that are called may stand behind those that call them
    everything.sort(key=lambda one: rank(one, functions), reverse=True)
    questions = [question for name, one in asked.items() for question in questions_of(name, one)]
    answers = ask(
        helm, tmp_path, questions, functions, everything, usage, lambda carried: values_of(spec, carried, ())
    )
    assert isinstance(answers, list), answers
    expected = [answer_of(functions[one.function], one, spec) for one in questions]
    differing = [
        (one.function, dict(one.given), there, here)
        for one, there, here in zip(questions, answers, expected, strict=True)
        if there != here
    ]
    assert not differing, differing
    assert len(expected) > 200


def rank(function: Any, functions: dict[str, Any]) -> int:
    """How many calls deep what a function asks is."""
    code = getattr(function, "function", function).__code__
    called = [functions[name] for name in code.co_names if name in functions]
    return 1 + max((rank(one, functions) for one in called), default=0)


def questions_of(name: str, function: Any) -> Iterator[Question]:
    """Every combination of what the parameters are given, the spec apart."""
    plain: FunctionType = getattr(function, "function", function)
    combinations: list[dict[str, Any]] = [{}]
    for parameter in inspect.signature(plain).parameters:
        if parameter != "spec":
            combinations = [one | {parameter: value} for one in combinations for value in VALUES[parameter]]
    for given in combinations:
        yield Question(name, given)


def answer_of(function: Any, question: Question, spec: Spec) -> str:
    """Python's answer as JSON."""
    plain: FunctionType = getattr(function, "function", function)
    given = {
        key: Port.model_validate(value) if key == "port" else value for key, value in question.given.items()
    }
    taken = {name: spec if name == "spec" else given[name] for name in inspect.signature(plain).parameters}
    return json.dumps(function(*taken.values()), sort_keys=True, ensure_ascii=False)
