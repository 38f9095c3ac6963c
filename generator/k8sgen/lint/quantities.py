"""Amounts of memory and CPU as rules compare and print them."""

from __future__ import annotations

from typing import Any

from k8sgen.validate.apiserver.quantities import NANO, quantity

UNITS = (("Gi", 1 << 30), ("Mi", 1 << 20), ("Ki", 1 << 10))


def memory(value: Any) -> int | None:
    """Bytes of a quantity, rounded down; None when there is none."""
    found = None if value is None else quantity(value)
    return None if found is None else found // NANO


def whole_cores(value: Any) -> int | None:
    """CPUs of a quantity, rounded up; None when there is none."""
    found = None if value is None else quantity(value)
    return None if found is None else -(-found // NANO)


def size(count: int) -> str:
    """Bytes as Kubernetes writes them, in the largest unit that is exact: `512Mi`."""
    for unit, factor in UNITS:
        if count >= factor and count % factor == 0:
            return f"{count // factor}{unit}"
    for unit, factor in UNITS:
        if count >= factor:
            return f"{count / factor:.1f}{unit}"
    return str(count)
