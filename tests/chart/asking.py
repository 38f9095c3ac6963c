"""Asking functions as the helpers of a chart, written in passes as those of a chart are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic.alias_generators import to_camel

from k8sgen.chart.derivations import write_helper
from k8sgen.chart.golang import Value
from k8sgen.chart.helpers import ROOTED, Helpers, codec_of, name_of
from k8sgen.chart.inline import inline
from k8sgen.render.types import signature_of
from k8sgen.yamltext.write import document

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from k8sgen.chart.helpers import Function
    from k8sgen.chart.usage import Usage
    from tests.plugins.helm import Helm


@dataclass(frozen=True)
class Question:
    """One question to a function, as a chart's values hold it."""

    function: str
    given: Mapping[str, Any]


def ask(  # noqa: PLR0913, PLR0917 - what a chart is made of
    helm: Helm,
    directory: Path,
    questions: Sequence[Question],
    functions: Mapping[str, Function],
    everything: Sequence[Function],
    usage: Usage,
    values: Callable[[Usage], Mapping[str, Any]],
) -> list[str] | str:
    """The answers as JSON, in the order of the questions; Helm's message when it fails.

    `everything` is what may be asked, those that call first; `values` gives those of the chart for what it carries.
    """
    asked = [functions[name] for name in dict.fromkeys(one.function for one in questions)]
    helpers, defines = written(asked, everything, usage)
    lines = ["{{- $all := list }}"]
    for index, question in enumerate(questions):
        name, signature = question.function, signature_of(functions[question.function])
        handed = helpers.handed(name, helpers.parameters(signature, helpers.known.get(name, {})))
        context = f'(set (index .Values.given {index}) "root" $)' if handed else "."
        lines.append(f'{{{{- $all = append $all (include "said.{to_camel(name)}" {context}) }}}}')
    files = {
        "Chart.yaml": document({"apiVersion": "v2", "name": "said", "version": "0.1.0"}),
        "values.yaml": document({**values(helpers.usage), "given": [dict(one.given) for one in questions]}),
        "templates/_helpers.tpl": "\n".join([*helpers.head("".join(defines)), *defines]),
        "templates/answers.yaml": "\n".join([*lines, "answers: {{ toJson $all }}"]) + "\n",
    }
    for path, text in files.items():
        (directory / path).parent.mkdir(exist_ok=True)
        (directory / path).write_text(text, encoding="utf-8")
    run = helm.template("said", directory)
    if run.returncode:
        return run.stderr
    line = next(line for line in run.stdout.split("\n") if line.startswith("answers: "))
    answers: list[str] = json.loads(line.removeprefix("answers: "))
    return [read(functions[one.function], answer) for one, answer in zip(questions, answers, strict=True)]


def written(
    asked: Sequence[Function], everything: Sequence[Function], usage: Usage
) -> tuple[Helpers, list[str]]:
    """The helpers of some functions and of all that they ask, in passes as a chart is written."""
    before = Helpers("said", 35, usage)
    for _ in range(20):
        carried = usage.with_paths(before.given)
        helpers = Helpers(
            "said", 35, carried, False, before.asked, unread_before=before.unread, inline=inline
        )
        for function in asked:
            signature = signature_of(function)
            helpers.functions[name_of(function)] = function
            given = {
                key: Value(f"$_{key}", type_, optional=key in signature.may_be_none)
                for key, type_ in signature.parameters
                if type_ not in ROOTED
            }
            helpers.note(name_of(function), signature, given)
        defines = [
            write_helper(function, helpers)
            for function in everything
            if name_of(function) in helpers.functions
        ]
        if (helpers.asked, helpers.unread, helpers.given) == (before.asked, before.unread, before.given):
            return helpers, defines
        before = helpers
    raise AssertionError("the passes do not settle")


def read(function: Function, answer: str) -> str:
    """A helper's answer as its readers understand it, as JSON."""
    codec = codec_of(signature_of(function))
    if codec == "number":
        return answer
    if codec == "boolean":
        return json.dumps(answer == "true") if answer in {"", "true"} else answer
    value = answer if codec == "text" else json.loads(answer)["v"]
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
