"""The few functions that derivations and rules may call, each with a twin in the chart's helpers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from k8sgen import features
from k8sgen.resolve.derivation import Cluster

V = TypeVar("V")

SUFFIXES: Mapping[str, tuple[int, int]] = {
    "": (1, 1), "n": (1, 10**9), "u": (1, 10**6), "m": (1, 1000), "k": (1000, 1), "M": (10**6, 1), "G": (10**9, 1),
    "T": (10**12, 1), "P": (10**15, 1), "E": (10**18, 1), "Ki": (2**10, 1), "Mi": (2**20, 1), "Gi": (2**30, 1),
    "Ti": (2**40, 1), "Pi": (2**50, 1), "Ei": (2**60, 1),
}


def by_key(entries: Mapping[str, V] | None) -> Iterable[tuple[str, V]]:
    """The entries of a map in code-point order of their keys."""
    return [(key, entries[key]) for key in sorted(entries)] if entries else []


def ceil_div(number: int, divisor: int) -> int:
    """`number / divisor`, rounded up; both are at least 0, since Go rounds towards it."""
    return (number + divisor - 1) // divisor


def supports(feature: str, cluster: Cluster) -> bool:
    """Whether the target version has a feature on by default (`k8sgen.features`)."""
    return features.available(feature, cluster.minor)


def is_percent(value: int | str) -> bool:
    """Whether a value is a percentage rather than a number."""
    return isinstance(value, str)


def percent(value: int | str) -> int:
    """The number of a percentage."""
    return int(str(value).removesuffix("%"))


def is_zero(value: int | str) -> bool:
    """Whether a number or percentage is nothing."""
    return percent(value) == 0


def share_up(value: int | str, total: int) -> int:
    """A number, or a percentage of `total` rounded up."""
    return ceil_div(percent(value) * total, 100) if is_percent(value) else int(value)


def share_down(value: int | str, total: int) -> int:
    """A number, or a percentage of `total` rounded down."""
    return percent(value) * total // 100 if is_percent(value) else int(value)
