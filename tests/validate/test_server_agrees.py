"""Our rules and a real API server say the same of every case of the table."""

from __future__ import annotations

import http
import json
from typing import TYPE_CHECKING

import pytest

from k8sgen.validate.apiserver import check_object
from k8sgen.validate.schemas import NEWEST
from k8sgen.validate.violation import path_text
from tests.validate.table import Case, read_cases

if TYPE_CHECKING:
    from k8sgen.validate.violation import Pointer
    from tests.plugins.control_plane import ApiServer

# The server that is built has the newest version; cases of others are checked against their source.
CASES = [case for case in read_cases() if case.minor == NEWEST]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_server_agrees(api_server: ApiServer, case: Case) -> None:
    """Both accept it, or both refuse it and the server names the same places."""
    answer = api_server.dry_run(json.dumps(case.obj), namespace="default")
    if case.server:
        assert answer.accepted, f"the table says that the server {case.server}, but: {answer.message}"
        return
    assert answer.accepted == (not case.refused), answer.message
    # What cannot be decoded (400) is refused without a place.
    if answer.status == http.HTTPStatus.UNPROCESSABLE_ENTITY:
        pointers = [found.pointer for found in check_object(case.obj, case.minor)]
        assert any(_names(answer.message, pointer) for pointer in pointers), answer.message


def _names(message: str, pointer: Pointer) -> bool:
    """Whether a message of the server speaks of a place, of what holds it, or of its name."""
    return (
        path_text(pointer[:-1]) in message
        or path_text(pointer[:-2]) in message
        or str(pointer[-1]) in message
    )
