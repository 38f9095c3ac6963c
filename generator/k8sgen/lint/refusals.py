"""What Kubernetes refuses of an object, as faults: each once, with the versions that refuse it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from k8sgen.lint.rule import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.manifests import Manifest, Pointer

NO_SELECTOR = '"selector" is missing'
DROPPED = " would be dropped"
UNSELECTED = "the selector does not select these labels"


def refusals(manifest: Manifest, stage: str) -> Iterator[Fault]:
    """The refusals of one stage; where not every version that was asked refuses, the message names those that do.

    What the schema says already, the API server's own rules need not say again; nor what follows from a
    selector that is missing, which selects nothing.
    """
    versions: dict[tuple[Pointer, str, str], list[int]] = defaultdict(list)
    by_schema = {(each.pointer, each.message) for each in manifest.refusals if each.stage == "schema"}
    for each in manifest.refusals:
        if each.stage == stage and (stage == "schema" or (each.pointer, each.message) not in by_schema):
            if each.message == UNSELECTED and any(message == NO_SELECTOR for _, message in by_schema):
                continue
            versions[each.pointer, each.message, each.hint].append(each.minor)
    for (pointer, message, hint), minors in versions.items():
        where = ""
        if len(minors) < manifest.asked:
            where = " (Kubernetes " + ", ".join(f"1.{minor}" for minor in sorted(minors)) + ")"
        yield Fault(
            manifest,
            pointer,
            message + where,
            hint or "see the Kubernetes API reference",
            key=is_key(message),
        )


def is_key(message: str) -> bool:
    """Whether a message is about a key rather than its value."""
    return message.startswith(("unknown field", "the key ")) or message.endswith(DROPPED)
