"""Running rules over objects that are read, indexed and validated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from k8sgen.lint.index import Manifests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from k8sgen.lint.rule import Fault, Rule
    from k8sgen.lint.validation import Validation
    from k8sgen.manifests import Manifest


class Judged(NamedTuple):
    """A fault and the rule that saw it."""

    rule: Rule
    fault: Fault


def index(objects: Sequence[Manifest], validation: Validation) -> Manifests:
    """The objects, validated and indexed."""
    for each in objects:
        validation.check(each)
    return Manifests(objects, validation.schemas[0].minor)


def judge(
    manifests: Manifests, rules: Iterable[Rule], options: Mapping[str, Any] | None = None
) -> Iterator[Judged]:
    """The faults that the rules see; a rule for other Kubernetes versions sees none."""
    for rule in rules:
        if rule.since <= manifests.minor <= rule.until:
            chosen = (options or {}).get(rule.id)
            for fault in rule.check(manifests, chosen):
                yield Judged(rule, fault)
