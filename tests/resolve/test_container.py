"""Images and ports of containers, and the fields that they pass on."""

from __future__ import annotations

import pytest

from k8sgen.resolve import container, metadata, passthrough
from k8sgen.resolve.derivation import Cluster
from k8sgen.resolve.refuse import check_rules
from tests.resolve.specs import RELEASE, loaded, spec

DIGEST = "sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("image", "reference", "label"),
    [
        ("a/b:1.4", "a/b:1.4", "1.4"),
        (f"a/b@{DIGEST}", f"a/b@{DIGEST}", ""),
        (f"a/b:latest@{DIGEST}", f"a/b:latest@{DIGEST}", "latest"),
        ("registry:5000/b:_x", "registry:5000/b:_x", ""),
        ("b:1.", "b:1.", ""),
        ("b:" + "1" * 64, "b:" + "1" * 64, ""),
    ],
)
def test_image_is_one_reference_and_its_tag_a_label(image: str, reference: str, label: str) -> None:
    """Where a label can hold it."""
    service = spec(base=f"name: orders\nimage: '{image}'\n")
    assert container.image_reference(service) == reference
    assert metadata.version_label(service) == label
    assert not check_rules(loaded(base=f"name: orders\nimage: '{image}'\n"), RELEASE, Cluster(35))


@pytest.mark.parametrize(
    "ports",
    ["  dns: {port: 53, protocol: UDP}\n  dns-tcp: 53\n", "  http: 80\n  metrics: 81\n"],
)
def test_ports_may_differ_in_the_protocol_alone(ports: str) -> None:
    """UDP and TCP have ports of their own."""
    assert not check_rules(loaded("ports:\n" + ports, base="name: a\nimage: 'a:1'\n"), RELEASE, Cluster(35))


def test_two_names_for_one_port_are_refused() -> None:
    """One process, or neither, would get it."""
    given = loaded("ports: {http: 80, web: {port: 80, inService: false}}\n", base="name: a\nimage: 'a:1'\n")
    assert [problem.message for problem in check_rules(given, RELEASE, Cluster(35))] == [
        "ports.web (80) and ports.http (80) clash"
    ]


def test_two_sidecars_share_the_network() -> None:
    """Names and numbers are those of the pod."""
    given = loaded(
        "sidecars:\n  a: {image: 'a:1', order: 1, ports: {admin: 9000}}\n"
        "  b: {image: 'b:1', order: 2, ports: {admin: 9001, other: 9000}}\n"
    )
    assert [problem.message for problem in check_rules(given, RELEASE, Cluster(35))] == [
        "sidecars.b.ports.admin (9001) and sidecars.a.ports.admin (9000) clash",
        "sidecars.b.ports.other (9000) and sidecars.a.ports.admin (9000) clash",
    ]


def test_fields_beside_hooks_are_passed_on() -> None:
    """Hooks are printed with our own."""
    service = spec("container: {tty: true, lifecycle: {postStart: {exec: {command: [warm]}}}, stdin: true}\n")
    assert passthrough.has_lifecycle(service) is True
    assert passthrough.fields_beside_lifecycle(service) == {"stdin": True, "tty": True}
    assert passthrough.has_lifecycle(spec()) is False


def test_service_links_may_be_passed_on() -> None:
    """Then ours is not printed."""
    assert passthrough.passes_service_links(spec("pod: {enableServiceLinks: true}\n")) is True
    assert passthrough.passes_service_links(spec()) is False


@pytest.mark.parametrize(
    ("added", "messages"),
    [
        (
            "labels: {app.kubernetes.io/name: x}\n",
            ["labels[app.kubernetes.io/name] is printed for name already"],
        ),
        (
            "partOf: shop\nlabels: {app.kubernetes.io/part-of: x}\n",
            ["labels[app.kubernetes.io/part-of] is printed for partOf already"],
        ),
        ("labels: {app.kubernetes.io/part-of: x, team: pay}\n", []),
        ("team: pay\nlabels: {team: x}\n", ["labels[team] is printed for team already"]),
        ("selector: {app: a}\npodLabels: {app: b}\n", ["podLabels[app] is printed for selector already"]),
    ],
)
def test_a_label_has_one_value(added: str, messages: list[str]) -> None:
    """Fields that print a label own it."""
    assert [problem.message for problem in check_rules(loaded(added), RELEASE, Cluster(35))] == messages
