"""The same spec for every Kubernetes version: valid there, and with nothing that is not on by default there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from k8sgen.errors import InputError, InvalidObjectError
from k8sgen.fleet.find import SpecFile
from k8sgen.fleet.service import Builder, Options
from k8sgen.validate.apiserver import check_object
from k8sgen.validate.availability import used_features
from k8sgen.validate.definitions import NEWEST, OLDEST
from k8sgen.validate.schemas import Schemas
from k8sgen.yamltext.write import document
from tests.render.specs import specs

if TYPE_CHECKING:
    from k8sgen.render.objects import Rendered

MINORS = range(OLDEST, NEWEST + 1)
BUILDERS = {minor: Builder(Options(kubernetes_version=f"1.{minor}")) for minor in MINORS}
SCHEMAS = {minor: Schemas(minor) for minor in MINORS}
THREE_LINES = b"name: orders\nimage: ghcr.io/acme/orders:1.4.2\nport: 8080\n"


def render(text: bytes, minor: int) -> Rendered:
    """A spec for a version."""
    builder = BUILDERS[minor]
    return builder.rendered(
        builder.document(SpecFile(Path("/nowhere/service.yaml"), "service.yaml", text)), ""
    )


@pytest.mark.parametrize("minor", MINORS)
def test_three_lines_are_valid_in_every_version(minor: int) -> None:
    """The four objects that three lines give, by the strict schema and the server's own rules."""
    objects = [obj.data for obj in render(THREE_LINES, minor).objects]
    assert [obj["kind"] for obj in objects] == [
        "ServiceAccount",
        "Service",
        "Deployment",
        "PodDisruptionBudget",
    ]
    for obj in objects:
        assert SCHEMAS[minor].check(obj) == []
        assert check_object(obj, minor) == []


@pytest.mark.parametrize(
    ("minor", "pause"),
    [
        (29, {"exec": {"command": ["sleep", "5"]}}),
        (30, {"sleep": {"seconds": 5}}),
    ],
)
def test_pause_falls_back_where_sleep_is_off(minor: int, pause: dict[str, object]) -> None:
    """1.29 has `sleep` in its schema and drops it silently; there the image must have the program."""
    deployment = next(obj for obj in render(THREE_LINES, minor).objects if obj.kind == "Deployment")
    main = deployment.data["spec"]["template"]["spec"]["containers"][0]
    assert main["lifecycle"]["preStop"] == pause


@settings(max_examples=30)
@given(specs(), st.sampled_from(MINORS))
def test_no_field_is_rendered_before_it_is_on(spec: dict[str, object], minor: int) -> None:
    """What the tool adds is on by default in the target; a user's own field that is not is refused, with its name."""
    try:
        rendered = render(document(spec).encode(), minor)
    except InvalidObjectError as error:
        unsaid = [str(problem) for problem in error.problems if f"1.{minor}" not in str(problem)]
        if unsaid:
            raise AssertionError("\n".join(unsaid)) from error
        return
    except InputError:
        return
    for obj in rendered.objects:
        early = [feature.name for feature, _ in used_features(obj.data) if feature.since > minor]
        assert early == []
