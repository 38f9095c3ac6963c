"""The exact line, column and length of what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from k8sgen.lint.read import Reading
from tests.lint.linting import findings

if TYPE_CHECKING:
    from k8sgen.manifests import Pointer

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n"
CASES = {
    "block": (POD + "  containers:\n    - name: a\n      image: x:latest\n", [(7, 14, 8)]),
    "CRLF": (
        (POD + "  containers:\n    - name: a\n      image: x:latest\n").replace("\n", "\r\n"),
        [(7, 14, 8)],
    ),
    "comment": (POD + "  containers:\n  - image: x:latest   # why\n    name: a\n", [(6, 12, 8)]),
    "quotes": (
        POD + "  containers: [{name: a, image: \"x:latest\"}, {name: b, image: 'y'}]\n",
        [(5, 33, 10), (5, 63, 3)],
    ),
    "tab in a string": (
        POD + '  containers:\n    - {name: "a\tb", image: x:latest}\n',
        [(6, 28, 8)],
    ),
    "tab before a comment": (
        POD + "  containers:\n    - name: a\n      image: x:latest\t# why\n",
        [(7, 14, 8)],
    ),
    "wide characters": (
        POD + "  containers:\n    - {command: [日本, 👩\u200d💻], name: a, image: x:latest}\n",
        [(6, 44, 8)],
    ),
    "second document": (
        "# first\n---\n"
        + POD
        + "  containers: [{name: a, image: x}]\n--- # third\n"
        + POD
        + "  containers: [{name: a, image: x:latest}]\n",
        [(7, 33, 1), (13, 33, 8)],
    ),
    "List": (
        (
            "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n"
            "  spec:\n    containers:\n    - name: a\n      image: x:latest\n"
        ),
        [(10, 14, 8)],
    ),
    "alias": (
        POD + "  initContainers:\n    - &a {name: a, image: x:latest}\n  containers:\n    - *a\n",
        [(6, 27, 8), (6, 27, 8)],
    ),
    "JSON": (
        '{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [\n{"name": "a", "image": "x:latest"}]}}',
        [(2, 24, 10)],
    ),
    "block scalar": (POD + "  containers:\n    - name: a\n      image: >-\n        x:latest\n", [(7, 14, 2)]),
}


@pytest.mark.parametrize("case", CASES)
def test_line_column_and_length(case: str) -> None:
    """Of the image, however the text is written."""
    text, expected = CASES[case]
    found = [(each.place.line, each.place.column, each.length) for each in findings(text, "latest-tag")]
    assert found == expected


MERGED = """\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
    - &base
      name: a
      image: x
    - <<: *base
      name: b
"""


def located(text: str, pointer: Pointer, *, key: bool = False) -> tuple[int, int]:
    """Line and column of a value of the first object."""
    place = Reading("a.yaml", text).manifests[0].places.locate(pointer, key=key)
    return place.line, place.column


def test_places_of_keys_and_of_what_is_missing() -> None:
    """A missing key stands where its map's own key stands."""
    text = POD + "  containers:\n    - name: a\n      image: x\n"
    assert located(text, ("spec", "containers", 0, "image")) == (7, 14)
    assert located(text, ("spec", "containers", 0, "image"), key=True) == (7, 7)
    assert located(text, ("spec", "containers", 0, "ports", 0, "name")) == (6, 7)
    assert located(text, ("spec", "volumes")) == (4, 1)
    assert located(text, ("status",)) == (1, 1)
    assert located(text, ("spec", "containers", 5)) == (5, 3)
    assert located(text, ()) == (1, 1)


def test_places_of_merged_keys() -> None:
    """Where the merge stands, which is in the object that is at fault; a key of its own is where it is."""
    assert located(MERGED, ("spec", "containers", 1, "name")) == (10, 13)
    assert located(MERGED, ("spec", "containers", 1, "image")) == (9, 11)
