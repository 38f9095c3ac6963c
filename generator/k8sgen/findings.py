"""What a linter found: plain data, from the rule that saw it to the report that shows it."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from k8sgen.errors import Place


class Severity(IntEnum):
    """How much it matters: an error breaks or will break, a warning hurts some day, info is worth knowing."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """As people write it."""
        return self.name.lower()


class Finding(NamedTuple):
    """One thing that a rule found, with the exact place of the value.

    `subject` is the object (`Deployment/orders`, with `namespace` when it names one), `path` the value
    in it as Kubernetes prints paths, `length` how many characters of the line it takes. `also` names
    further places that take part. `fixable` says that `--fix` can mend it.
    """

    rule: str
    severity: Severity
    message: str
    hint: str
    place: Place
    length: int = 1
    subject: str = ""
    namespace: str = ""
    path: str = ""
    anchor: str = ""
    """The path with list items by name rather than by number."""
    also: tuple[tuple[Place, str], ...] = ()
    fixable: bool = False

    @property
    def fingerprint(self) -> str:
        """What stays the same when lines and list items move: rule, file, object, path and message."""
        import hashlib

        parts = (self.rule, self.place.file, self.namespace, self.subject, self.anchor, self.message)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def __str__(self) -> str:
        return f"{self.place}: {self.severity.word}: {self.message} [{self.rule}]"
