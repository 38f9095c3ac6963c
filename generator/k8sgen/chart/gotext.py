"""The text of Go templates: what stands for itself in it, how it is tidied, and whether it prints anything."""

from __future__ import annotations

import re

OPENS = re.compile(r"\{\{- (if|range|with|else|end)\b")


def surely_prints(body: str) -> bool:
    """Whether a part of a Go template prints something, whatever the values: a line, or each branch of an `if`.

    A loop is taken to have something to run over.
    """
    held = [False]
    chosen: list[tuple[str, bool, bool]] = []
    """The word that opened, whether every branch so far prints, and whether one of them is taken for sure."""
    for line in filter(str.strip, body.split("\n")):
        found = OPENS.match(line.strip())
        word = found[1] if found else ""
        if word in {"if", "range", "with"}:
            chosen.append((word, True, word == "range"))
            held.append(False)
        elif word == "else":
            opened, prints, _ = chosen.pop()
            chosen.append((opened, prints and held.pop(), not line.strip().startswith("{{- else if")))
            held.append(False)
        elif word == "end":
            _, prints, whole = chosen.pop()
            inside = held.pop() and prints and whole
            held[-1] = held[-1] or inside
        elif not line.strip().startswith("{{- $"):
            held[-1] = True
    return held[0]


def escaped(text: str) -> str:
    """Text that stands for itself in a Go template."""
    return text.replace("{{", '{{ "{{" }}')


def tidy(text: str) -> str:
    """Without blank lines before statements, which their `{{-` would swallow anyway."""
    return re.sub(r"\n[ \n]*\n(?=[ ]*\{\{-)", "\n", text)
