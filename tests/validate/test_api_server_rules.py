"""The API server's own rules, case by case, and that no object breaks them with a traceback."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8sgen.validate.apiserver import RULES, check_object
from k8sgen.validate.schemas import NEWEST, OLDEST
from tests.validate.table import Case, read_cases

CASES = read_cases()
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 70000)
    | st.floats(allow_nan=False)
    | st.text("aA-./%1 ", max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("aA-./", max_size=4), inner, max_size=3)
    ),
    max_leaves=4,
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    """An object is refused for exactly the reasons that the table gives."""
    assert tuple(str(found) for found in check_object(case.obj, case.minor)) == case.refused


def test_every_kind_has_cases() -> None:
    """Every kind with rules stands in the table."""
    assert {kind for _, kind in RULES} <= {case.obj["kind"] for case in CASES}


@given(st.data())
def test_any_value_anywhere(data: st.DataObject) -> None:
    """Whatever stands in a field gives violations, never an exception."""
    obj = copy.deepcopy(data.draw(st.sampled_from(CASES)).obj)
    holder, key = data.draw(st.sampled_from(list(_places(obj))))
    holder[key] = data.draw(JSON)
    found = check_object(obj, data.draw(st.integers(OLDEST, NEWEST)))
    assert all(each.message for each in found)


def _places(value: Any) -> Any:
    """Every place that holds a value, as holder and key."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        if key not in {"apiVersion", "kind"}:
            yield value, key
            yield from _places(value[key])
