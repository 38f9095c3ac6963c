"""The long form of a spec: every constant default filled in, nothing derived, ready to be a values file."""

from __future__ import annotations

from typing import Any

from k8sgen.spec.service_spec import Spec
from k8sgen.spec.values_text import LEFT_OUT


def long_form(spec: Spec) -> dict[str, Any]:
    """The values of a spec in the order in which the models declare them, without null."""
    values = spec.model_dump(by_alias=True, exclude_none=True)
    return {key: value for key, value in values.items() if key not in LEFT_OUT}
