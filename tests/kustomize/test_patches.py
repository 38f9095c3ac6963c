"""Patches say no more than they must: what people read in a review."""

from __future__ import annotations

from typing import Any

import pytest

from k8sgen.kustomize.patches import patch_between

HEAD = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"}}


def deployment(**container: Any) -> dict[str, Any]:
    """A Deployment with one container."""
    return {
        **HEAD,
        "spec": {"template": {"spec": {"containers": [{"name": "a", "image": "x:1", **container}]}}},
    }


def env(*names: str, **values: str) -> list[dict[str, str]]:
    """Variables in an order of their own; without a value of theirs it is `old`."""
    return [{"name": name, "value": values.get(name, "old")} for name in names]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("AB", env("A", "B", A="new"), [{"name": "A", "value": "new"}]),
        ("AB", env("A", "B", B="new"), [{"name": "A"}, {"name": "B", "value": "new"}]),
        ("AB", env("N", "A", "B"), [{"name": "N", "value": "old"}]),
        ("AB", env("A", "N", "B"), [{"name": "A"}, {"name": "N", "value": "old"}]),
        ("AB", env("B", "A"), [{"name": "B"}]),
        ("ABC", env("A", "C"), [{"name": "B", "$patch": "delete"}]),
        (
            "ABC",
            env("C", "A", A="new"),
            [{"name": "C"}, {"name": "A", "value": "new"}, {"name": "B", "$patch": "delete"}],
        ),
    ],
)
def test_keyed_list_names_the_fewest_items(
    before: str, after: list[dict[str, str]], said: list[dict[str, str]]
) -> None:
    """Items that a patch names come first, so those before a changed one are named, and those behind it are not."""
    patch = patch_between(deployment(env=env(*before)), deployment(env=after))
    assert patch is not None
    assert patch.content == {
        **HEAD,
        "spec": {"template": {"spec": {"containers": [{"name": "a", "env": said}]}}},
    }


def test_list_without_a_merge_key_is_said_as_a_whole() -> None:
    """Arguments have no names."""
    patch = patch_between(deployment(args=["a", "b"]), deployment(args=["b"]))
    assert patch is not None
    assert patch.content == {
        **HEAD,
        "spec": {"template": {"spec": {"containers": [{"name": "a", "args": ["b"]}]}}},
    }


def test_list_of_a_kind_that_kustomize_may_not_know_is_a_json_patch() -> None:
    """It may merge the list or replace it; maps it merges in any kind."""
    head = {"apiVersion": "a.example.com/v1", "kind": "Part", "metadata": {"name": "a"}}
    patch = patch_between(
        {**head, "spec": {"list": [1], "x/y": 1}}, {**head, "spec": {"list": [1, 2], "x/y": 2}}
    )
    assert patch is not None
    assert patch.content == [
        {"op": "replace", "path": "/spec/list", "value": [1, 2]},
        {"op": "replace", "path": "/spec/x~1y", "value": 2},
    ]
    patch = patch_between({**head, "spec": {"list": [1], "x/y": 1}}, {**head, "spec": {"list": [1]}})
    assert patch is not None
    assert patch.content == {**head, "spec": {"x/y": None}}


def test_equal_objects_need_no_patch() -> None:
    """But 1, 1.0, true and "1" are not equal."""
    assert patch_between(deployment(), deployment()) is None
    for one in (1, 1.0, True, "1"):
        for other in (1, 1.0, True, "1"):
            patch = patch_between(deployment(x=one), deployment(x=other))
            assert (patch is None) == (type(one) is type(other))
