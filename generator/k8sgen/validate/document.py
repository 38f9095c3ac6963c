"""Everything that an API server of one version would refuse about a document, as one verdict.

The text as the server reads it, then the schema, then the server's own rules. What depends on the
cluster (admission, quotas, which node ports there are, what exists) is not known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from k8sgen.validate.apiserver import check_object
from k8sgen.yamltext.served import read_served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.errors import Problem
    from k8sgen.validate.schemas import Schemas
    from k8sgen.validate.violation import Violation
    from k8sgen.yamltext.places import Source


class Verdict(NamedTuple):
    """What is wrong with a document: with its text, with its object; nothing when a server would take it."""

    problems: tuple[Problem, ...] = ()
    violations: tuple[Violation, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether a server would take it."""
        return not self.problems and not self.violations


def check_text(text: str, source: Source, schemas: Schemas) -> Iterator[Verdict]:
    """The verdict on each document of a text."""
    for document in read_served(text, source):
        yield Verdict(
            document.problems, () if document.value is None else tuple(check(document.value, schemas))
        )


def check(obj: Any, schemas: Schemas) -> list[Violation]:
    """Every violation of an object: of its schema, and of the rules that the server holds in code."""
    found = schemas.check(obj)
    if not isinstance(obj, dict):
        return found
    rules = check_object(obj, schemas.minor)
    places = {each.pointer for each in rules}
    return [each for each in found if each.pointer not in places] + rules
