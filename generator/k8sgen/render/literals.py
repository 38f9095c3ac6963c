"""What a template may write out itself: the names of things, and what follows from what stands beside it."""

from __future__ import annotations

import re

LITERAL_KEYS = frozenset({"apiVersion", "apiGroup", "kind", "name"})
"""Keys whose values belong to the kind of the object or name a part of it, and may stand as text."""

LITERAL_VALUES = frozenset({"{}", "[]"})
"""Values that choose nothing."""

LITERALS = frozenset(
    {
        ("clusterIP", "None"),
        ("protocol", "TCP"),
        ("protocol", "UDP"),
        ("topologyKey", "kubernetes.io/hostname"),
        ("topologyKey", "topology.kubernetes.io/zone"),
        ("type", "Resource"),
        ("type", "Utilization"),
    }
)
"""Values that follow from what stands beside them: the metrics of an autoscaler, DNS over both protocols,
spreading over zones and hosts, a headless Service."""

PRINTED = "\0"
"""Stands for a printed value while the text around it is read."""

STRANGE = re.compile(r"[^\S \r]")
"""White space that YAML does not take for a space."""

NAMES = {"\t": "a tab", "\xa0": "a no-break space"}

KEY_AND_VALUE = re.compile(r"[\s-]*(?P<key>[^\s:#][^\s:]*):\s+(?P<value>\S.*?)\s*")
WHOLE = re.compile(rf"[\s-]*(?:[^\s:{PRINTED}]+:\s+|{PRINTED}:\s+)?{PRINTED}\s*|\s*(?:- )*{PRINTED}:\s*")


def wrong_row(row: str) -> tuple[str, str] | None:
    """What is wrong with one line of text around printed values, and how to mend it; None when nothing is."""
    if strange := STRANGE.search(row):
        what = NAMES.get(strange[0], f"{strange[0]!r}")
        shown = row.strip(" ").replace(PRINTED, "{{ … }}").replace(strange[0], "·")
        return f"{shown} holds {what} (at ·), which is no space to YAML", "write spaces"
    if PRINTED in row and not WHOLE.fullmatch(row):
        return "a printed value is a whole scalar", "join text in a derived value"
    match = KEY_AND_VALUE.fullmatch(row)
    if match is None or PRINTED in row or (match["key"], match["value"]) in LITERALS:
        return None
    if match["value"] in LITERAL_VALUES or match["key"] in LITERAL_KEYS:
        return None
    return (
        f"{match['key']}: {match['value']} is a value that nobody can explain or change",
        f"print a field or a derived value; only {', '.join(sorted(LITERAL_KEYS))} stand as text",
    )
