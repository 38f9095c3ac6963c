"""The order of environment variables."""

from __future__ import annotations

import pytest

from k8sgen.resolve import environment
from k8sgen.resolve.derivation import Cluster
from k8sgen.resolve.refuse import check_rules
from tests.resolve.specs import RELEASE, loaded, spec


@pytest.mark.parametrize(
    ("value", "refers"),
    [("db", False), ("$HOME", False), ("$(HOST)", True), ("a$$(HOST)", True), ("(HOST)", False)],
)
def test_values_with_a_reference_are_printed_last(value: str, *, refers: bool) -> None:
    """An escaped reference may stand anywhere, so it does no harm at the end."""
    variable = spec(f'env:\n  URL: "{value}"\n').env["URL"]
    assert environment.refers_to_variables(variable) is refers


@pytest.mark.parametrize(
    "env",
    [
        "  URL: http://$(HOST)/\n  HOST: db\n",
        "  B: $(A)\n  A: $(HOST)\n  HOST: db\n",
        "  A: $$(Z)\n  Z: $(HOST)\n",
        "  A: $$$$(Z)\n  Z: $(HOST)\n",
        "  A: $(NOWHERE)\n",
        "  A: $(Z)\n  Z: {fieldRef: {fieldPath: metadata.name}}\n",
    ],
)
def test_what_is_defined_before_may_be_named(env: str) -> None:
    """Plain values, values from elsewhere and earlier names come first; unknown names stay as they are."""
    assert not check_rules(loaded("env:\n" + env), RELEASE, Cluster(35))


def test_three_dollars_are_one_dollar_and_a_reference() -> None:
    """`$$` is read first, from the left."""
    problems = check_rules(loaded("env:\n  A: $$$(Z)\n  Z: $(HOST)\n"), RELEASE, Cluster(35))
    assert [problem.message for problem in problems] == [
        "env.A.value refers to $(Z), which is printed after it"
    ]


def test_variable_may_extend_one_that_comes_from_a_config_map() -> None:
    """`envFrom` defines variables before `env` does."""
    added = "env:\n  PATH: /opt/bin:$(PATH)\nenvFrom:\n  - configMapRef: {name: paths}\n"
    assert not check_rules(loaded(added), RELEASE, Cluster(35))
