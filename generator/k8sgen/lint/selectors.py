"""Label selectors: what they select, and an index that finds who selects given labels.

An index never looks at everything: a selector with labels is filed under its rarest one, so that a
lookup costs what it finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping

Labels = dict[str, str]
Owner = TypeVar("Owner")


ADDED = frozenset(
    {
        "statefulset.kubernetes.io/pod-name",
        "apps.kubernetes.io/pod-index",
        "pod-template-hash",
        "pod-template-generation",
        "controller-revision-hash",
        "controller-uid",
        "job-name",
        "batch.kubernetes.io/controller-uid",
        "batch.kubernetes.io/job-name",
        "batch.kubernetes.io/job-completion-index",
    }
)
"""Labels that controllers give to the pods they make; no pod template carries them."""


class Selector:
    """A label selector of Kubernetes, or the plain map of labels that a Service has."""

    __slots__ = ("expressions", "labels")

    def __init__(self, labels: Mapping[str, Any], expressions: list[Any] | None = None) -> None:
        self.labels: Labels = {str(key): str(value) for key, value in labels.items()}
        self.expressions = [each for each in expressions or () if isinstance(each, dict)]

    @classmethod
    def of(cls, value: Any) -> Selector | None:
        """A selector with matchLabels and matchExpressions; None when there is none."""
        if not isinstance(value, dict):
            return None
        labels, expressions = value.get("matchLabels"), value.get("matchExpressions")
        return cls(
            labels if isinstance(labels, dict) else {}, expressions if isinstance(expressions, list) else None
        )

    @property
    def written(self) -> Selector:
        """The selector without what controllers add to pods, so that it can be held against templates."""
        if ADDED.isdisjoint(self.labels) and not self.expressions:
            return self
        labels = {key: value for key, value in self.labels.items() if key not in ADDED}
        return Selector(labels, [each for each in self.expressions if each.get("key") not in ADDED])

    def __str__(self) -> str:
        """As people write it for kubectl: `app=orders,tier in (a, b)`."""
        return ",".join(
            [*(f"{key}={value}" for key, value in self.labels.items()), *map(_expression, self.expressions)]
        )

    @property
    def empty(self) -> bool:
        """Whether it selects everything."""
        return not self.labels and not self.expressions

    def matches(self, labels: Mapping[str, Any]) -> bool:
        """Whether it selects these labels."""
        if not self.labels.items() <= labels.items():
            return False
        return not self.expressions or all(_holds(expression, labels) for expression in self.expressions)


def _holds(expression: dict[str, Any], labels: Mapping[str, Any]) -> bool:
    key, operator = str(expression.get("key")), expression.get("operator")
    values = expression.get("values") or []
    match operator:
        case "In":
            return key in labels and labels[key] in values
        case "NotIn":
            return key not in labels or labels[key] not in values
        case "Exists":
            return key in labels
        case "DoesNotExist":
            return key not in labels
    return False


def _expression(expression: dict[str, Any]) -> str:
    key, values = expression.get("key"), ", ".join(map(str, expression.get("values") or ()))
    match expression.get("operator"):
        case "In":
            return f"{key} in ({values})"
        case "NotIn":
            return f"{key} notin ({values})"
        case "DoesNotExist":
            return f"!{key}"
    return str(key)


class SelectorIndex(Generic[Owner]):
    """Who selects pods with given labels, by namespace and scope."""

    def __init__(self) -> None:
        self._by_label: dict[tuple[Any, str, str, str], list[tuple[Selector, Owner]]] = {}
        self._others: dict[tuple[Any, str], list[tuple[Selector, Owner]]] = {}

    def add(
        self,
        scope: Any,
        namespace: str,
        selector: Selector,
        owner: Owner,
        counts: Counter[tuple[str, str]],
    ) -> None:
        """File an owner under the rarest label of its selector."""
        if selector.labels:
            key, value = min(selector.labels.items(), key=counts.__getitem__)
            self._by_label.setdefault((scope, namespace, key, value), []).append((selector, owner))
        else:
            self._others.setdefault((scope, namespace), []).append((selector, owner))

    def selecting(self, scope: Any, namespace: str, labels: Mapping[str, Any]) -> Iterator[Owner]:
        """Everyone whose selector matches these labels."""
        for key, value in labels.items():
            for selector, owner in self._by_label.get((scope, namespace, key, str(value)), ()):
                if selector.matches(labels):
                    yield owner
        for selector, owner in self._others.get((scope, namespace), ()):
            if selector.matches(labels):
                yield owner
