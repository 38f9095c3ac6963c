"""What a run reports: profile, rules chosen by hand, severities, options, and exemptions by place or name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from k8sgen.lint.rule import Profile
from k8sgen.lint.rules import RULES, rule_of, rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.findings import Severity
    from k8sgen.lint.rule import Rule
    from k8sgen.manifests import Manifest

EVERY = "all"


class Exemption(NamedTuple):
    """Rules that do not hold for some objects; an empty condition is met by all."""

    disable: frozenset[str]
    """Ids of rules, or `all`."""
    paths: tuple[str, ...] = ()
    """Patterns of files, relative to the configuration's directory: `third-party/**`."""
    namespaces: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Patterns of `Kind/name` or of names."""

    def holds_for(self, manifest: Manifest, file: str) -> bool:
        """Whether an object is one of those it speaks of."""
        return (
            _any(self.paths, file)
            and _any(self.namespaces, manifest.namespace)
            and (_any(self.names, manifest.name) or _any(self.names, manifest.subject))
        )


def _any(patterns: tuple[str, ...], text: str) -> bool:
    return not patterns or any(fnmatchcase(text, pattern) for pattern in patterns)


@dataclass(frozen=True)
class Policy:
    """The rules of a run, and how much each matters.

    `select` runs these rules and no others. `enable` and `disable` add to the profile and take
    from it.
    """

    profile: Profile = Profile.STANDARD
    select: tuple[str, ...] = ()
    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    exemptions: tuple[Exemption, ...] = ()

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that run, in the order of the registry."""
        if self.select:
            chosen = set(self.select) - set(self.disable)
            return tuple(rule_of(identifier) for identifier in RULES if identifier in chosen)
        return tuple(
            rule
            for rule in rules()
            if (rule.profile <= self.profile or rule.id in self.enable) and rule.id not in self.disable
        )

    @property
    def text(self) -> str:
        """All of it in a text that is the same for the same policy."""
        return str(
            (
                *(self.profile, self.select, self.enable, self.disable),
                sorted(self.severity.items()),
                sorted(self.options.items()),
                [(sorted(each.disable), *each[1:]) for each in self.exemptions],
            )
        )

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """The same by their ids, imported when one is asked for."""
        return Chosen(self)

    def severity_of(self, rule: Rule, milder: Severity | None) -> Severity:
        """How much a finding matters: as configured, else as the finding says, else as the rule says."""
        return self.severity.get(rule.id) or milder or rule.severity

    def exempts(self, rule: str, manifest: Manifest, file: str) -> bool:
        """Whether an exemption takes an object out of a rule."""
        return any(
            (rule in each.disable or EVERY in each.disable) and each.holds_for(manifest, file)
            for each in self.exemptions
        )


class Chosen(Mapping[str, "Rule"]):
    """The rules of a policy by their ids. To import all takes a fifth of a short run, and a report without findings needs none."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self._policy.rules}

    def __getitem__(self, identifier: str) -> Rule:
        return self._rules[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)
