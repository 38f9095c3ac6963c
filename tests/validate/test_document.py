"""A document as a whole: its text, its schema, the server's rules, and how the server calls a place."""

from __future__ import annotations

from pathlib import Path

from k8sgen.validate.document import check, check_text
from k8sgen.validate.schemas import NEWEST, Schemas
from k8sgen.yamltext.places import Source

SCHEMAS = Schemas(NEWEST)
SOURCE = Source("x.yaml", Path())
SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  ports: [{port: 80}]\n"


def test_each_document_has_a_verdict() -> None:
    """A doubled key is a problem of the text alone, and the next document is judged all the same."""
    doubled, bad, good = check_text(
        f"{SERVICE}  ports: []\n---\n{SERVICE}  type: X\n---\n{SERVICE}", SOURCE, SCHEMAS
    )
    assert [(str(each.place), each.message) for each in doubled.problems] == [
        ("x.yaml:6:3", 'key "ports" already set in map')
    ]
    assert [str(each) for each in bad.violations] == ['spec.type: "X" is not allowed here']
    assert not bad.accepted
    assert good.accepted


def test_a_text_that_is_no_yaml() -> None:
    """It has problems and no violations."""
    (verdict,) = check_text("a: [", SOURCE, SCHEMAS)
    assert verdict.problems
    assert not verdict.violations


def test_a_document_that_is_no_map() -> None:
    """It is judged by the schema alone."""
    (verdict,) = check_text("- a\n", SOURCE, SCHEMAS)
    assert [str(each) for each in verdict.violations] == ['the object: ["a"] is a list, expected a map']


def test_schema_and_rules_together() -> None:
    """Both are said, and what both say of a place is said once."""
    found = check(
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "A"}, "spec": {"port": 1}}, SCHEMAS
    )
    assert [str(each) for each in found] == [
        'spec.port: unknown field "port"',
        'metadata.name: "A" is no DNS label: lower-case letters, digits and "-", not at either end',
        'spec.ports: "ports" is missing',
    ]
    missing = check(
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"}, "spec": {}}, SCHEMAS
    )
    assert [each.pointer for each in missing].count(("spec", "selector")) == 1


def test_fields_that_the_server_calls_otherwise() -> None:
    """The place is that of the value; beside it stand the names that the server gives it."""
    service = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "a"},
        "spec": {"type": "LoadBalancer", "ports": [{"port": 0}], "loadBalancerSourceRanges": ["x"]},
    }
    assert [(each.pointer, each.fields) for each in check(service, SCHEMAS)] == [
        (
            ("spec", "ports", 0, "port"),
            (("spec", "ports", 0, "port"), ("spec", "ports", 0, "targetPort")),
        ),
        (("spec", "loadBalancerSourceRanges", 0), (("spec", "LoadBalancerSourceRanges", 0),)),
    ]
