"""Whatever is changed in a good object, what we accept a real API server accepts."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from k8sgen.validate.apiserver import check_object
from k8sgen.validate.schemas import NEWEST, Schemas
from tests.validate.table import read_cases

if TYPE_CHECKING:
    from tests.plugins.control_plane import ApiServer

ACCEPTED = [case.obj for case in read_cases() if case.minor == NEWEST and not case.refused]
TEXTS = (
    "", "a b", "A", "a.b", "a_b", "-a", "a" * 64, "a" * 254, "*", "/", "../a", "a/b", "8080", "-1", "101%", "1Gi",
    "a--b", "::1", "10.0.0.0/8", " a ", "None", "é",
)  # fmt: skip
NUMBERS = (0, -1, 1, 15, 101, 512, 601, 1801, 3601, 65536, 86401, 2**31 - 1, 2**31)
# What depends on the cluster, and the time zones that it knows.
UNKNOWABLE = (
    "time zone",
    "not configured on this cluster",
    "loopback",
    "not in the valid range",
    "does not match the namespace",
)
SCHEMAS = Schemas(NEWEST)


def places(value: Any) -> Any:
    """Every place that holds a value, as holder and key."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        if key not in {"apiVersion", "kind"}:
            yield value, key
            yield from places(value[key])


@st.composite
def changed_objects(draw: st.DrawFn) -> dict[str, Any]:
    """A good object with one value removed, emptied or replaced by another of its type."""
    obj: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(ACCEPTED)))
    holder, key = draw(st.sampled_from(list(places(obj))))
    match holder[key]:
        case bool(value):
            holder[key] = not value
        case str():
            holder[key] = draw(st.sampled_from(TEXTS))
        case int() | float():
            holder[key] = draw(st.sampled_from(NUMBERS))
        case _ if draw(st.booleans()):
            holder[key] = draw(st.sampled_from([None, [], {}]))
        case _:
            del holder[key]
    return obj


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(obj=changed_objects())
def test_what_we_accept_is_accepted(api_server: ApiServer, obj: dict[str, Any]) -> None:
    """No object passes here that a server would refuse, whatever its cluster."""
    if SCHEMAS.check(obj) or check_object(obj, NEWEST):
        return
    answer = api_server.dry_run(json.dumps(obj), namespace="default")
    assert answer.accepted or any(reason in answer.message for reason in UNKNOWABLE), answer.message
