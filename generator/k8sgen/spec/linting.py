"""The `lint` key of k8sgen.yaml: what `k8sgen lint` reports in this repository."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from k8sgen.spec.model import Model, default, optional
from k8sgen.spec.types import NonEmpty

RuleId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
SeverityWord = Literal["error", "warning", "info"]
ProfileWord = Literal["minimal", "standard", "strict"]


class Exempt(Model):
    """Rules that do not hold for some objects. Of several conditions all must be met."""

    rules: list[RuleId] = Field(description="Ids of rules, or `all`.", min_length=1)
    reason: NonEmpty = Field(description="Why, for whoever meets it in a year.")
    paths: list[NonEmpty] = default([], "Patterns of files, relative to this file: `third-party/*`.")
    namespaces: list[NonEmpty] = default([], "Patterns of namespaces.")
    names: list[NonEmpty] = default([], "Patterns of names, or of `Kind/name`.")


class Linting(Model):
    """What the linter reports."""

    profile: ProfileWord = default("standard", "Which rules run: minimal, standard or strict.")
    fail_on: SeverityWord = default("warning", "From which severity on the exit status is 1.")
    enable: list[RuleId] = default([], "Rules beyond the profile, such as rules of opinion.")
    disable: dict[RuleId, NonEmpty] = default({}, "Rules that do not run, each with the reason.")
    severity: dict[RuleId, SeverityWord] = default({}, "Another severity, by rule.")
    options: dict[RuleId, dict[str, Any]] = default({}, "Options of rules, by rule.")
    exempt: list[Exempt] = default([], "Objects that rules do not hold for.")
    baseline: NonEmpty | None = optional("File of known findings, relative to this file.")
