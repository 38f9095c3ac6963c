"""Show at the end what comparisons of charts with `render` have covered, and what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print what tests have recorded as their properties `comparisons` and `figures`."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for name, text in getattr(report, "user_properties", ()):
                if name in {"comparisons", "figures"}:
                    terminalreporter.write_line(text)
