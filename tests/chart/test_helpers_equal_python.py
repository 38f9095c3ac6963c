"""What the subset of Python says, a helper says: each construct once, asked about awkward cases."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pydantic.alias_generators import to_camel

from k8sgen.chart.derivations import write_helper
from k8sgen.chart.helpers import OWN, Helpers, codec_of
from k8sgen.errors import TemplateError
from k8sgen.render.types import signature_of
from k8sgen.resolve.arithmetic import Natural, by_key, ceil_div, percent
from k8sgen.spec.types import IntOrPercent  # noqa: TC001 - the annotations are read
from k8sgen.yamltext.write import document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.plugins.helm import Helm

SIZES = {"small": 1, "large": 1000000}


def arithmetic(a: Natural, b: Natural) -> int:
    """Every operator."""
    return (a + b) * 3 - a // (b + 1) - (a + 7) % (b + 2)


def comparisons(a: int, b: int) -> str:
    """Every comparison, and a chain."""
    found = ""
    if a < b:
        found += "<"
    if a <= b:
        found += "<="
    if a > b:
        found += ">"
    if a >= b:
        found += ">="
    if a == b:
        found += "=="
    if a != b:
        found += "!="
    if 0 <= a < b <= 1000000:
        found += "between"
    return found


def absent(number: int | None) -> str:
    """None is neither 0 nor false where it is compared."""
    if number == 0:
        return "zero"
    if number is None:
        return "none"
    return f"{number}"


def kept(number: int | None) -> int | None:
    """None travels through a name and a conditional expression."""
    name = number
    return name if name is not None and name > 5 else None


def early(a: int, text: str) -> str:
    """Returns in some branches, and what follows in the others."""
    label = "none"
    if a == 0:
        return "nothing"
    if text:
        label = text
        if a > 5:
            return f"{label} often: 100%"
    elif a > 5:
        label = "often"
    return f"{label}-{a}"


def loops(entries: dict[str, int]) -> list[str]:
    """A loop that collects, passes over and stops."""
    found: list[str] = []
    total = 0
    for key, value in by_key(entries):
        if value == 0:
            continue
        if value > 100:
            break
        total += value
        found.append(f"{key}={value}")
    found.append(f"{total}")
    return found


def generators(entries: dict[str, int]) -> str:
    """any, all, sum, max and min."""
    most = max((value for _, value in by_key(entries)), default=0)
    least = min((value for _, value in by_key(entries)), default=7)
    total = sum(value for _, value in by_key(entries) if value > 1)
    some = "some" if any(value > 1 for _, value in by_key(entries)) else "none"
    every = "every" if all(value > 1 for _, value in by_key(entries)) else "not every"
    return f"{most} {least} {total} {some} {every} {len(entries)}"


def lazy(entries: dict[str, Natural], divisor: Natural) -> bool:
    """What is not needed is not computed."""
    return divisor != 0 and any(value // divisor > 1 for _, value in by_key(entries))


def texts(text: str) -> str:
    """Methods of text."""
    if text.startswith(("a", "é")) and not text.endswith("z"):
        text = text.removeprefix("a").removesuffix("b").replace("c", "%d{{")
    return "+".join([text, text + "!", "x" if "b" in text else "y", f"{len(text)}"])


def maps(entries: dict[str, Natural], key: str) -> dict[str, Any]:
    """Maps that are made, changed and asked."""
    made: dict[str, Any] = {"size": SIZES["large"], "here": key in entries}
    for name, value in by_key(entries):
        made[name] = [value, ceil_div(value, 3)]
    if key in ("a", "b") and key in entries:
        made["at"] = entries[key]
    return made


def dynamic(value: IntOrPercent) -> str:
    """What may be a number or text."""
    kind = "text" if isinstance(value, str) else "number"
    return f"{kind} {value}/{percent(value) + 1}"


def named_like_ours(entries: dict[str, int], a: int) -> str:
    """Names that look like those of a helper's own."""
    one1 = "x" if a > 1 else "y"
    found1 = entries.get("a", a)
    any1, any2, any3, any4 = f"{a}k", f"{a}l", f"{a}m", f"{a}n"
    for item1 in ["p", "q"]:
        one1 += item1 if entries.get(item1, a) > 5 else f"{found1}"
    one1 += "few" if any(value < 3 for _, value in by_key(entries)) else "many"
    return f"{one1}{any1}{any2}{any3}{any4}"


def known(a: int) -> str:
    """What is known when a chart is written, in every form that is folded."""
    found = SIZES.get("none", a) + SIZES.get("small", a)
    kinds = [
        text for text in ("on", "off") if isinstance(SIZES["small"], int) and text.startswith(("on", "x"))
    ]
    starts = "on".startswith(("a", "on"))
    return f"{found} {len(kinds)} {'yes' if starts else 'no'}"


def empty_lists(texts: list[str]) -> list[str]:
    """Lists of nothing, joined, are empty lists and not nothing."""
    joined = [*texts, *texts]
    joined.extend(texts)
    return joined + [text for text in texts if text == "none"]


def counted(texts: list[str]) -> bool:
    """A number that Go counts is a number."""
    places: list[int | str] = [place for place, _text in enumerate(texts)]
    return all(isinstance(place, int) for place in places)


def declared_wide(value: int | str, a: int) -> str:
    """A name keeps the type that it was declared with, whatever a branch or loop gives it."""
    share: int | str = "5%"
    most: int | None = 7
    seen = ""
    if a > 1:
        value = 0
        share = a
    for _ in ["a", "b"]:
        seen += "-" if most is None else f"{most}"
        most = None if a == 0 else a
    return f"{value} {share} {seen} {'none' if most is None else 'some'}"


NUMBERS = (0, 1, 5, 6, 1000000, 2**52)
MAPS: tuple[dict[str, int], ...] = (
    {},
    {"a": 0},
    {"b": 2, "a": 1, "B": 3},
    {"a": 101, "z": 1},
    {"x": 1000000},
)
TEXTS = ("", "a", "abc", "éb", "zz", "cab", "a b%", "{{ .Values }}")

CASES: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    arithmetic: [(a, b) for a in NUMBERS[:5] for b in NUMBERS[:5]],
    comparisons: [(a, b) for a in NUMBERS for b in NUMBERS],
    absent: [(None,), *((a,) for a in NUMBERS)],
    kept: [(None,), *((a,) for a in NUMBERS)],
    early: [(a, text) for a in NUMBERS for text in TEXTS],
    loops: [(one,) for one in MAPS],
    generators: [(one,) for one in MAPS],
    lazy: [(one, divisor) for one in MAPS for divisor in (0, 1, 2)],
    texts: [(text,) for text in TEXTS],
    maps: [(one, key) for one in MAPS for key in ("a", "b", "none")],
    dynamic: [("25%",), ("007%",), (0,), (1000000,)],
    named_like_ours: [(one, a) for one in MAPS for a in (0, 9)],
    known: [(0,), (5,)],
    empty_lists: [([],), (["b", "a"],)],
    counted: [([],), (["a"],)],
    declared_wide: [(value, a) for value in ("1%", 3) for a in (0, 1, 1000000)],
}


def stripped(text: str) -> str:
    """A method that Helm has no function for."""
    return text.lstrip("x")


def spelled_alike(key1: str, key_1: str) -> str:
    """Two names that would be one variable of Go."""
    return key1 + key_1


def bound_before(entries: dict[str, int]) -> str:
    """Python's loop leaves its last key in a name; a variable of a range ends with it."""
    key = "none"
    for key, _value in by_key(entries):  # noqa: B007 - what is refused
        pass
    return key


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (stripped, "lstrip('x') is not in the subset: Go strips other white space"),
        (spelled_alike, "key1 and key_1 are one name in a chart"),
        (
            bound_before,
            "the loop takes key for its own, which has a value before it",
        ),
    ],
)
def test_what_would_answer_otherwise_is_refused(function: Callable[..., Any], message: str) -> None:
    """A chart says nothing rather than something else."""
    with pytest.raises(TemplateError) as caught:
        write_helper(function, Helpers("said", 35))
    assert message in str(caught.value)


def test_every_construct_answers_alike(helm: Helm, tmp_path: Path) -> None:
    """One chart asks each helper about all of its cases."""
    answers = helm_answers(helm, tmp_path)
    for function, cases in CASES.items():
        for case, answer in zip(cases, answers[function.__name__], strict=True):
            assert (function.__name__, case, read(function, answer)) == (
                function.__name__,
                case,
                function(*case),
            )


def test_a_path_is_written_as_messages_write_it(helm: Helm, tmp_path: Path) -> None:
    """Keys that hold dots or slashes, and empty ones, stand in brackets."""
    keys = ["files", "/etc/a", "hosts", "a.example.com", "x", ""]
    files = {
        "Chart.yaml": document({"apiVersion": "v2", "name": "said", "version": "0.1.0"}),
        "values.yaml": document({"keys": keys}),
        "templates/_helpers.tpl": OWN["path"].replace("CHART", "said"),
        "templates/path.yaml": 'path: {{ include "said.path" .Values.keys }}\n',
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    run = helm.template("said", tmp_path)
    assert "path: files[/etc/a].hosts[a.example.com].x[].\n" in run.stdout


def read(function: Callable[..., Any], answer: str) -> Any:
    """A helper's answer as its readers understand it."""
    codec = codec_of(signature_of(function))
    if codec == "number":
        return int(answer)
    if codec == "boolean":
        return answer == "true"
    return answer if codec == "text" else json.loads(answer)["v"]


def helm_answers(helm: Helm, directory: Path) -> dict[str, list[str]]:
    """What the helpers say, in the order of the cases."""
    helpers = Helpers("said", 35)
    defines = [
        "\n".join(OWN.values()).replace("CHART", helpers.chart),
        *(write_helper(function, helpers) for function in CASES),
    ]
    defines += [write_helper(function, helpers) for function in helpers.functions.values()]
    lines, values = [], {}
    for function, cases in CASES.items():
        name = function.__name__
        names = [parameter for parameter, _ in signature_of(function).parameters]
        values[name] = [dict(zip(names, case, strict=True)) for case in cases]
        lines += [f"{{{{- $all := list }}}}{{{{- range .Values.{name} }}}}"]
        lines += [
            f'{{{{- $all = append $all (include "said.{to_camel(name)}" (merge (dict "root" $) .)) }}}}'
        ]
        lines += ["{{- end }}", f"{name}: {{{{ toJson $all }}}}"]
    files = {
        "Chart.yaml": document({"apiVersion": "v2", "name": "said", "version": "0.1.0"}),
        "values.yaml": document(values),
        "templates/_helpers.tpl": "\n".join(defines),
        "templates/answers.yaml": "\n".join(lines) + "\n",
    }
    for path, text in files.items():
        (directory / path).parent.mkdir(exist_ok=True)
        (directory / path).write_text(text, encoding="utf-8")
    run = helm.template("said", directory)
    assert run.returncode == 0, run.stderr
    found = {}
    for line in run.stdout.split("\n"):
        name, _, text = line.partition(": ")
        if name in values:
            found[name] = json.loads(text)
    return found
