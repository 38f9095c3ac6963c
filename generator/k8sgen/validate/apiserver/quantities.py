"""Kubernetes quantities: `500m`, `1.5Gi`, `1e3`.

Source: `k8s.io/apimachinery/pkg/api/resource/quantity.go`: ParseQuantity, which rounds up to a
billionth. Values are integers of billionths here, so that comparing them is exact.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from k8sgen.validate.violation import quoted

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node
    from k8sgen.validate.violation import Pointer

NANO = 10**9
SPACES = " \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""Trimmed by the server, from the JSON text: there the others are escaped, and stay."""
LARGEST_EXPONENT = 60
DECIMAL = {"n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
BINARY = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60}
_parts = re.compile(
    r"([+-]?)(?=\.?[0-9])([0-9]*)(?:\.([0-9]*))?(?:([numkMGTPE]|[KMGTPE]i)?|[eE]([+-]?[0-9]+))"
).fullmatch


@lru_cache(maxsize=1024)
def billionths(text: str) -> int | None:
    """The quantity in billionths, None when the text is no quantity."""
    match = _parts(text)
    if not match:
        return None
    sign, whole, fraction, suffix, exponent = match.groups()
    fraction = fraction or ""
    numerator, scale = int(whole + fraction or "0") * NANO, -len(fraction)
    if suffix in BINARY:
        numerator <<= BINARY[suffix]
    else:
        power = int(exponent) if exponent else DECIMAL[suffix or ""]
        scale += max(-LARGEST_EXPONENT, min(power, LARGEST_EXPONENT))
    value: int = numerator * 10**scale if scale >= 0 else -(-numerator // 10**-scale)
    return -value if sign == "-" else value


def quantity(value: Any) -> int | None:
    """The same for a value that may also be a number, or null, which is read as 0."""
    if isinstance(value, str):
        return _trimmed(value)
    if value is None:
        return 0
    return None if isinstance(value, bool) else _trimmed(str(value))


@lru_cache(maxsize=1024)
def _trimmed(text: str) -> int | None:
    return billionths(text.strip(SPACES))


def check_quantity(node: Node, *, positive: bool = False, field: Pointer = ()) -> int | None:
    """Report what is no quantity, or negative, or (`positive`) zero; the billionths if it is fine."""
    if not node.present:
        return None
    amount = quantity(node.value)
    if amount is None:
        node.refuse_value("is no quantity", _spelling(str(node.value)))
    elif amount < 0 or (positive and amount == 0):
        node.refuse_value("must be greater than 0" if positive else "must not be negative", field=field)
        return None
    return amount


def check_spelled(node: Node) -> None:
    """Report what is no quantity, of whatever size."""
    if node.present and quantity(node.value) is None:
        node.refuse_value("is no quantity", _spelling(str(node.value)))


def _spelling(text: str) -> str:
    """How the quantity was probably meant."""
    match = re.fullmatch(r"\s*([0-9.]+)\s*([kKmMgGtT])[iI]?[bB]?\s*", text)
    if not match:
        return "write a number with an optional unit: 500m, 2, 512Mi, 1Gi"
    number, unit = match.groups()
    return f"write {quoted(f'{number}{unit.upper()}i')[1:-1]}"
