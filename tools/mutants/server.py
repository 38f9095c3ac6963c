"""What a real API server says to a text: accepted, refused and where, or not to be known from the text."""

from __future__ import annotations

import http
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from k8sgen.yamltext.served import read_served
from mutants.draw import SOURCE, Base, Mutant

if TYPE_CHECKING:
    from tests.plugins.control_plane import ApiServer

NO_FIELD = "<nil>"
"""The field of a cause that says only that other rules were not asked."""
UNKNOWABLE = {
    "node port range": r"provided port is (?:not in the valid range|already allocated)",
    "service addresses": r"failed to allocate IP|is not in the valid range|provided IP is not in|not configured on this cluster",
    "time zones": r"unknown time zone",
    "another namespace": r"does not match the namespace",
}
"""Why an answer depends on the cluster, and how its message says so."""

_passing = re.compile(
    r'"(?:uid|creationTimestamp|resourceVersion)":"[^"]*",?|kube-api-access-\w+|"managedFields":\[.*?\}\]'
    r'|"(?:clusterIP|nodePort|healthCheckNodePort)":(?:"[^"]*"|\d+),?|"clusterIPs":\[[^\]]*\],?'
)


class Answer(NamedTuple):
    """What the server said; `fields` are those of its causes, `unknowable` why the answer does not count."""

    accepted: bool
    status: int
    message: str = ""
    fields: tuple[str, ...] = ()
    unknowable: str = ""
    result: str = ""


class Server:
    """Asks a server about texts, each at the place of its own kind."""

    def __init__(self, server: ApiServer) -> None:
        self.server = server
        self.results: dict[str, str] = {}

    def accepted(self, base: Base) -> Answer:
        """What the server makes of an object before it is mutated."""
        return self.ask(base.text, base)

    def has_effect(self, mutant: Mutant, answer: Answer) -> bool:
        """Whether the server makes something else of a mutant than of its object."""
        base = mutant.base
        if base.name not in self.results:
            told = self.accepted(base)
            if not told.accepted:
                raise ValueError(f"{base.name} is no valid object: {told.message}")
            self.results[base.name] = told.result
        return answer.result != self.results[base.name]

    def ask(self, text: str, base: Base) -> Answer:
        """Post a text, strictly and without keeping it."""
        head = read_head(text)
        if head is not None and not (head.get("apiVersion") and head.get("kind")):
            return Answer(False, http.HTTPStatus.NOT_FOUND, unknowable="no kind to send it by")
        try:
            path = self._path(head, base)
        except LookupError as error:
            return Answer(False, http.HTTPStatus.NOT_FOUND, str(error))
        status, body = self.server.post(path, text)
        if status == http.HTTPStatus.CREATED:
            return Answer(True, status, result=_passing.sub("", body.decode()))
        told = json.loads(body)
        message = told.get("message", "")
        causes = (told.get("details") or {}).get("causes") or []
        fields = (
            tuple(field for cause in causes if (field := cause.get("field", "")) != NO_FIELD)
            if status == http.HTTPStatus.UNPROCESSABLE_ENTITY
            else ()
        )
        return Answer(False, status, message, fields, _unknowable(status, message, causes))

    def _path(self, head: dict[str, Any] | None, base: Base) -> str:
        """Where kubectl would send it; LookupError when the server has no such kind."""
        version, kind = (head["apiVersion"], head["kind"]) if head else (None, None)
        if not isinstance(version, str) or not isinstance(kind, str):
            version, kind = base.value["apiVersion"], base.kind
        if not re.fullmatch(r"[\w.-]+(/[\w.-]+)?", version, re.ASCII):
            raise LookupError(f"{version!r} is no apiVersion")
        return self.server.path(version, kind, "default")


def read_head(text: str) -> dict[str, Any] | None:
    """The object of a text, None where that cannot be read."""
    read = list(read_served(text, SOURCE))
    return read[0].value if len(read) == 1 and isinstance(read[0].value, dict) else None


def _unknowable(status: int, message: str, causes: list[dict[str, Any]]) -> str:
    if status == http.HTTPStatus.FORBIDDEN:
        return "admission"
    if status in {http.HTTPStatus.NOT_FOUND, http.HTTPStatus.CONFLICT}:
        return "what exists"
    if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return "the server failed"
    said = [cause.get("message", "") for cause in causes] or [message]
    reasons = [
        next((reason for reason, pattern in UNKNOWABLE.items() if re.search(pattern, each)), "")
        for each in said
    ]
    return reasons[0] if all(reasons) else ""
