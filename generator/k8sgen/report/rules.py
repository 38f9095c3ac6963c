"""What a rule says of itself: `--explain RULE`, and `--list` as columns or JSON."""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING, Any

from k8sgen.lint.rule import Profile, Remove, Rename, Set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from k8sgen.lint.rule import Rule

BOLD = "1"
FAINT = "2"
VERSION = 1
OPTIONS = "# k8sgen.yaml\nlint:\n  options:\n    "
EDITS = (Set, Remove, Rename)


def is_fixable(rule: Rule) -> bool:
    """Whether `--fix` mends what it finds: its file uses one of the edits."""
    return any(edit in EDITS for edit in vars(rule.module).values() if isinstance(edit, type))


def versions(rule: Rule) -> str:
    """The Kubernetes versions that it holds for, in words: `1.27 and later`; "" for all."""
    if rule.until < 900:
        return f"1.{rule.since} to 1.{rule.until}" if rule.since else f"up to 1.{rule.until}"
    return f"1.{rule.since} and later" if rule.since else ""


def when(rule: Rule) -> str:
    """In which profiles it runs."""
    if rule.profile == Profile.OPINION:
        return (
            f"in no profile, a matter of opinion: run it with --select {rule.id} or enable it in k8sgen.yaml"
        )
    names = [profile.word for profile in Profile if rule.profile <= profile < Profile.OPINION]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def options(rule: Rule) -> list[tuple[str, str, str]]:
    """Its options: name, default as JSON, and what each is."""
    if rule.options is None:
        return []
    described = _described(rule.options.__doc__ or "")
    return [
        (name, json.dumps(default), described.get(name, ""))
        for name, default in rule.options._field_defaults.items()
    ]


def _described(docstring: str) -> dict[str, str]:
    """What a docstring says of options: "`percent`: how much. `seconds`: how long."."""
    text = " ".join(docstring.split())
    return dict(re.findall(r"`(\w+)`:\s*(.*?)\.?(?=\s+`\w+`:|$)", text))


def explain(rule: Rule, width: int = 100, color: bool = False) -> str:
    """Everything about one rule, for a terminal."""

    def styled(text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if color else text

    def paragraphs(text: str) -> Iterator[str]:
        for paragraph in text.split("\n\n"):
            if re.search(r"^(?:[-*|] |\s)", paragraph, re.MULTILINE):
                yield paragraph  # a list or a table keeps its lines
                continue
            yield textwrap.fill(
                " ".join(paragraph.split()), max(width, 40), break_long_words=False, break_on_hyphens=False
            )

    facts = {
        "severity": rule.severity.word,
        "category": rule.category.value,
        "profiles": when(rule),
        "Kubernetes": versions(rule),
        "--fix": "mends it" if is_fixable(rule) else "",
    }
    blocks = [
        f"{styled(rule.id, BOLD)}: {rule.help.title}",
        "\n".join(f"  {styled(f'{name}:'.ljust(12), FAINT)}{fact}" for name, fact in facts.items() if fact),
        *paragraphs(rule.help.why),
    ]
    if chosen := options(rule):
        lines = [f"{name}: {default}{f'  # {what}' if what else ''}" for name, default, what in chosen]
        blocks += [
            styled("Options", BOLD),
            textwrap.indent(f"{OPTIONS}{rule.id}:\n", "  ") + textwrap.indent("\n".join(lines), " " * 8),
        ]
    for label, examples in (("Bad", rule.help.bad), ("Good", rule.help.good)):
        for example in examples:
            blocks += [styled(label, BOLD), textwrap.indent(example.rstrip(), "  ")]
    if rule.help.links:
        blocks += [styled("See", BOLD), "\n".join(f"  {link}" for link in rule.help.links)]
    blocks += [styled("Ignore it", BOLD), textwrap.indent(ignoring(rule), "  ")]
    return "\n\n".join(blocks) + "\n"


def ignoring(rule: Rule) -> str:
    """The ways to live with a finding of the rule, as YAML."""
    return (
        f"# k8sgen-ignore {rule.id}: why this one is fine\n"
        "# on the line at fault, or on the line that opens its block, such as a container's first\n"
        "\n"
        "metadata:\n"
        "  annotations:\n"
        f"    k8sgen/ignore-{rule.id}: why this object is fine\n"
        "\n"
        "# k8sgen.yaml\n"
        "lint:\n"
        "  exempt:\n"
        f"    - rules: [{rule.id}]\n"
        "      paths: [third-party/*]\n"
        "      reason: why these are fine"
    )


def list_text(rules: Sequence[Rule], color: bool = False) -> str:
    """A line per rule: id, severity, category, profile, whether `--fix` mends it, and title."""
    rows = [("rule", "severity", "category", "profile", "fix", "what it asks for")]
    rows += [
        (
            rule.id,
            rule.severity.word,
            rule.category.value,
            rule.profile.word,
            "yes" if is_fixable(rule) else "",
            rule.help.title,
        )
        for rule in rules
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row[:5], widths, strict=True)), row[5]])
        for row in rows
    ]
    if color:
        lines[0] = f"\x1b[{BOLD}m{lines[0]}\x1b[0m"
    return "\n".join(lines) + "\n"


def list_json(rules: Sequence[Rule]) -> str:
    """The rules for programs, with their help."""
    return json.dumps({"version": VERSION, "rules": [described(rule) for rule in rules]}, indent=2) + "\n"


def described(rule: Rule) -> dict[str, Any]:
    """One rule as data; `since` and `until` are Kubernetes versions, null where there is no bound."""
    return {
        "id": rule.id,
        "title": rule.help.title,
        "severity": rule.severity.word,
        "category": rule.category.value,
        "profile": rule.profile.word,
        "fixable": is_fixable(rule),
        "since": f"1.{rule.since}" if rule.since else None,
        "until": f"1.{rule.until}" if rule.until < 900 else None,
        "options": {name: json.loads(default) for name, default, _ in options(rule)},
        "why": rule.help.why,
        "bad": list(rule.help.bad),
        "good": list(rule.help.good),
        "links": list(rule.help.links),
    }
