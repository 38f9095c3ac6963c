"""Changes as a unified diff that `git apply` accepts."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.render.tree.look import Change


def diff_file(change: Change, old: bytes, new: bytes) -> Iterator[str]:
    """Draw one file as git does; bytes that are not UTF-8 are shown as escapes."""
    tab = "\t" if " " in change.path else ""
    before, after = f"a/{change.path}", f"b/{change.path}"
    yield f"diff --git {before} {after}\n"
    if change.kind == "written":
        yield "new file mode 100644\n"
    elif change.kind == "removed":
        yield "deleted file mode 100644\n"
    old_lines, new_lines = lines_of(old), lines_of(new)
    if old_lines == new_lines:
        return
    yield "--- /dev/null\n" if change.kind == "written" else f"--- {before}{tab}\n"
    yield "+++ /dev/null\n" if change.kind == "removed" else f"+++ {after}{tab}\n"
    hunks = difflib.unified_diff(old_lines, new_lines)
    next(hunks)
    next(hunks)
    for line in hunks:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def lines_of(content: bytes) -> list[str]:
    """Split at line feeds alone: other line breaks may stand inside a value."""
    lines = content.decode(errors="backslashreplace").split("\n")
    last = lines.pop()
    return [f"{line}\n" for line in lines] + ([last] if last else [])
