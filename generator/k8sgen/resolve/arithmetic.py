"""The few functions that derivations and rules may call, each with a twin in the chart's helpers."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, TypeVar

from pydantic import Field

from k8sgen import features
from k8sgen.resolve.derivation import Cluster
from k8sgen.spec.types import IntOrPercent, Quantity

V = TypeVar("V")

Natural = Annotated[int, Field(ge=0)]
"""A whole number that is divided, or is the answer of a division: Go rounds negative ones in its own way."""

Divisor = Annotated[int, Field(ge=1)]

SUFFIXES: Mapping[str, tuple[int, int]] = {
    "": (1, 1),
    "n": (1, 10**9),
    "u": (1, 10**6),
    "m": (1, 1000),
    "k": (1000, 1),
    "M": (10**6, 1),
    "G": (10**9, 1),
    "T": (10**12, 1),
    "P": (10**15, 1),
    "E": (10**18, 1),
    "Ki": (2**10, 1),
    "Mi": (2**20, 1),
    "Gi": (2**30, 1),
    "Ti": (2**40, 1),
    "Pi": (2**50, 1),
    "Ei": (2**60, 1),
}


def by_key(entries: Mapping[str, V] | None) -> Iterable[tuple[str, V]]:
    """The entries of a map in code-point order of their keys."""
    return [(key, entries[key]) for key in sorted(entries)] if entries else []


def as_given(value: V) -> V:
    """A field that is derived unless given as it was given, past its derivation; None when it was not."""
    return value


def ceil_div(number: Natural, divisor: Divisor) -> Natural:
    """`number / divisor`, rounded up; both are at least 0, since Go rounds towards it."""
    return (number + divisor - 1) // divisor


def supports(feature: str, cluster: Cluster) -> bool:
    """Whether the target version has a feature on by default (`k8sgen.features`)."""
    return features.available(feature, cluster.minor)


def is_percent(value: IntOrPercent) -> bool:
    """Whether a value is a percentage rather than a number."""
    return isinstance(value, str)


def percent(value: IntOrPercent) -> Natural:
    """The number of a percentage."""
    return int(str(value).removesuffix("%"))


def is_zero(value: IntOrPercent) -> bool:
    """Whether a number or percentage is nothing."""
    return percent(value) == 0


def share_up(value: IntOrPercent, total: Natural) -> Natural:
    """A number, or a percentage of `total` rounded up."""
    return ceil_div(percent(value) * total, 100) if is_percent(value) else int(value)


def share_down(value: IntOrPercent, total: Natural) -> Natural:
    """A number, or a percentage of `total` rounded down."""
    return percent(value) * total // 100 if is_percent(value) else int(value)


def contains(text: str, part: str) -> bool:
    """Whether a text holds another."""
    return part in text


QUANTITY = re.compile(r"([0-9]*)\.?([0-9]*)(?:[eE]([+-]?[0-9]+)|([KMGTPE]i|[numkMGTPE])?)")


def quantity_parts(quantity: Quantity, parts: Divisor) -> Natural:
    """A quantity of at least 0 in so many parts of its unit, rounded up as Kubernetes does; exact."""
    match = QUANTITY.fullmatch(quantity.removeprefix("+"))
    whole, fraction, exponent, suffix = match.groups() if match else ("0", "", None, None)
    numerator, divisor = SUFFIXES[suffix or ""]
    numerator *= int(f"{whole}{fraction}" or "0") * parts
    divisor *= int(10 ** len(fraction))
    power = int(exponent or 0)
    if power < 0:
        divisor *= int(10**-power)
    else:
        numerator *= int(10**power)
    return ceil_div(numerator, divisor)


def quantity_milli(quantity: Quantity) -> Natural:
    """Thousandths of a quantity, such as millicores of a CPU."""
    return quantity_parts(quantity, 1000)


def quantity_bytes(quantity: Quantity) -> Natural:
    """A quantity in whole units, such as bytes of memory."""
    return quantity_parts(quantity, 1)


HTML = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def sha256_of(value: Any) -> str:
    """The SHA-256 of a value as Go writes it in JSON: sorted keys, no spaces, HTML's characters escaped."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).translate(HTML)
    return hashlib.sha256(text.encode()).hexdigest()


SLEEP = re.compile(r"(?:^|[ /;&|(])sleep ([0-9]{1,9})(?:$|[ ;&|)])")


def slept_seconds(command: list[str]) -> Natural:
    """Seconds of the first `sleep N` in a command; 0 without one. In a chart: join, then regexFind."""
    match = SLEEP.search(" ".join(command))
    return int(match[1]) if match else 0


def is_text(value: int | str) -> bool:
    """Whether a value is text rather than a number."""
    return isinstance(value, str)


SIZE_UNITS = "kmgt"
MOST_MULTIPLIED = 8_796_093_022_208
"""Of which 1024 times as much, 8 PiB, is still a whole number in a chart."""


def size_in(options: str, flag: str) -> Natural:
    """Bytes that an option says behind `flag`, such as `-Xmx`; the last of several counts, and 0 is none.

    Sizes are as the JVM and Go read them: digits, then k, m, g or t for powers of 1024; 8 PiB at most. In a
    chart: regexFindAll, last.
    """
    found = re.findall(rf"(?:^| ){re.escape(flag)}([0-9]{{1,12}})([kKmMgGtT]?)", options)
    if not found:
        return 0
    digits, unit = found[-1]
    size = int(digits)
    for _ in range(SIZE_UNITS.index(unit.lower()) + 1 if unit else 0):
        size = min(size, MOST_MULTIPLIED) * 1024
    return size
