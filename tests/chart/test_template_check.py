"""Templates that a chart could not say, or that would print nothing, are refused before they run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from k8sgen import assets
from k8sgen.errors import TemplateError
from k8sgen.render.check import check_templates
from k8sgen.render.objects import TEMPLATES
from k8sgen.render.parse import parse_template
from k8sgen.resolve.registry import DERIVATIONS

if TYPE_CHECKING:
    from k8sgen.render.language import Template


def problems(sources: dict[str, str]) -> list[str]:
    """What is wrong with `main` and what it includes, each as file, line, message and hint."""

    def read(name: str) -> Template | None:
        source = sources.get(name)
        return None if source is None else parse_template(name, source, name, DERIVATIONS)

    try:
        check_templates(["main"], read, lambda name: name)
    except TemplateError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_our_own_templates_pass() -> None:
    """No field is missing, unguarded or read past its derivation."""

    def read(name: str) -> Template | None:
        return parse_template(name, assets.read_text("templates", name), name, DERIVATIONS)

    check_templates(TEMPLATES, read, lambda name: f"templates/{name}")


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("a: {{ replica }}\n", "main:1:1: the spec has no replica\n  hint: perhaps replicas"),
        (
            "a: {{ rollout.maxSurges }}\n",
            "main:1:1: a Rollout has no maxSurges\n  hint: perhaps maxSurge",
        ),
        (
            "a: {{ replicas.one }}\n",
            "main:1:1: a number has no one\n  hint: only parts of the spec have fields",
        ),
        (
            "a: {{ rollout.maxSurge.one }}\n",
            "main:1:1: a number or text has no one\n  hint: only parts of the spec have fields",
        ),
        (
            "{% if rollout %}\na: {{ replicas }}\n{% endif %}\n",
            (
                "main:1:1: rollout is a Rollout, which is never empty here and may be in a chart\n"
                "  hint: write rollout is given"
            ),
        ),
        (
            "a: {{ labels }}\n",
            (
                "main:1:1: labels is a map and cannot be printed as one scalar\n"
                "  hint: write {{ labels | to_yaml }} on a line of its own"
            ),
        ),
        (
            "a:\n  {{ replicas | to_yaml }}\n",
            "main:2:1: replicas is a number, and to_yaml prints maps and lists\n  hint: write {{ replicas }}",
        ),
        (
            "a: {{ rollout.progressDeadlineSeconds }}\n",
            (
                "main:1:1: rollout.progressDeadlineSeconds is derived unless given, and is read without its derivation\n"
                "  hint: write progress_deadline_seconds(spec)"
            ),
        ),
        (
            "a: {{ team }}\n",
            "main:1:1: team is printed and may not be given\n  hint: put it inside {% if team is given %}",
        ),
        (
            "a: {{ image_reference() }}\n",
            "main:1:1: image_reference takes 1 arguments, not 0\n  hint: write image_reference(container)",
        ),
        (
            "a: {{ image_reference(rollout) }}\n",
            "main:1:1: container of image_reference is a Container, not a Rollout\n  hint: write image_reference(container)",
        ),
        (
            "a: 5\n",
            (
                "main:1:1: a: 5 is a value that nobody can explain or change\n"
                "  hint: print a field or a derived value; only apiGroup, apiVersion, kind, name stand as text"
            ),
        ),
        (
            "a: x-{{ name }}\n",
            "main:1:1: a printed value is a whole scalar\n  hint: join text in a derived value",
        ),
        (
            "{% for key, value in replicas | by_key %}\n{% endfor %}\n",
            (
                "main:1:1: this loop runs over a number, not over a map\n"
                "  hint: write | by_key for a map, and one name for a list"
            ),
        ),
        (
            '{% include "none.yaml.j2" %}\n',
            'main:1:1: there is no template "none.yaml.j2"\n  hint: include one of those in templates/',
        ),
        (
            "{% set a = replicas %}\n{% if labels %}\n{% set a = name %}\n{% endif %}\na: {{ a }}\n",
            (
                "main:3:1: a is set inside an if, and its value would end with it\n"
                "  hint: give it another name, or set it in every branch before what uses it"
            ),
        ),
    ],
)
def test_a_mistake_is_refused(source: str, problem: str) -> None:
    """Each with its line and the remedy."""
    assert problem in problems({"main": source})


@pytest.mark.parametrize(
    "source",
    [
        "{% if team is given %}\na: {{ team }}\n{% endif %}\n",
        "{% if team %}\na: {{ team }}\n{% endif %}\n",
        "{% if not team is given %}\na: {{ name }}\n{% else %}\na: {{ team }}\n{% endif %}\n",
        "{% if labels and team is given %}\na: {{ team }}\n{% endif %}\n",
        "{% set here = image %}\n{% if image.tag is given %}\na: {{ here.tag }}\n{% endif %}\n",
        "{% for key, value in labels | by_key %}\n{{ key }}: {{ value }}\n{% endfor %}\n",
        "kind: Deployment\nname: x\nemptyDir: {}\n",
    ],
)
def test_what_is_guarded_passes(source: str) -> None:
    """What is given where it is printed may be printed."""
    assert problems({"main": source}) == []


def test_an_included_template_takes_its_names() -> None:
    """A name is handed on by `Takes`, and must be bound where the template is included."""
    part = "{# Takes: port. #}\na: {{ port.port }}\n"
    loop = '{% for name, port in ports | by_key %}\n{% include "part" %}\n{% endfor %}\n'
    assert problems({"main": loop, "part": part}) == []
    assert problems({"main": '{% include "part" %}\n', "part": part}) == [
        "main:1:1: part takes port, which is not bound here\n  hint: write {% set port = … %} before it"
    ]
    assert problems({"main": loop, "part": "a: {{ port.port }}\n"})[:1] == [
        (
            "part:1:1: port is bound where part is included, but not taken\n"
            "  hint: write port into its first line: {# Takes: port. #}"
        )
    ]
