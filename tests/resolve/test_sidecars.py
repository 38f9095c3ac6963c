"""The containers beside the main one."""

from __future__ import annotations

import pytest

from k8sgen.resolve import sidecars
from k8sgen.resolve.derivation import Cluster
from k8sgen.resolve.refuse import check_rules
from tests.resolve.specs import NEW, OLD, RELEASE, loaded, spec

TWO = "sidecars:\n  b: {image: 'b:1', order: 9}\n  a: {image: 'a:1', order: 10}\n"


def test_places_sort_as_numbers() -> None:
    """9 comes before 10."""
    service = spec(TWO)
    assert sidecars.positions(service.sidecars) == ["1000009", "1000010"]
    assert sidecars.position(service.sidecars["b"]) == "1000009"
    assert sidecars.positions(spec("sidecars: {a: {image: 'a:1'}}\n").sidecars) == ["1000000"]


def test_sidecars_are_native_where_the_version_knows_them() -> None:
    """On by default from 1.29."""
    service = spec(TWO)
    assert (sidecars.native_sidecars(service, NEW), sidecars.ordinary_sidecars(service, NEW)) == (True, False)
    assert (sidecars.native_sidecars(service, OLD), sidecars.ordinary_sidecars(service, OLD)) == (False, True)
    assert not sidecars.native_sidecars(spec(), NEW)


def test_an_ordinary_sidecar_says_why() -> None:
    """Its name is the only thing that is its own."""
    reason = (
        "an ordinary container that starts and stops with the main one: sidecars are on from Kubernetes 1.29"
    )
    assert sidecars.printed_name.reason("proxy", "sidecar", OLD) == reason
    assert sidecars.printed_name.reason("proxy", "sidecar", NEW) == ""
    assert sidecars.printed_name.reason("orders", "main", OLD) == ""


@pytest.mark.parametrize(
    ("added", "messages"),
    [
        (TWO, []),
        ("sidecars: {a: {image: 'a:1'}}\ninitContainers: {b: {image: 'b:1'}}\n", []),
        (
            "initContainers: {a: {image: 'a:1'}}\nsidecars: {a: {image: 'a:1'}}\n",
            ["initContainers.a has the name of sidecars.a"],
        ),
        (
            "initContainers:\n  a: {image: 'a:1', order: 3}\n  b: {image: 'b:1', order: 3}\n",
            ["initContainers.b.order (3) is also that of initContainers.a"],
        ),
    ],
)
def test_names_and_places_are_distinct(added: str, messages: list[str]) -> None:
    """Names in the whole pod, places among a kind."""
    assert [problem.message for problem in check_rules(loaded(added), RELEASE, Cluster(35))] == messages
