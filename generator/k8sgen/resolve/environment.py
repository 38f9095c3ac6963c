"""The order of environment variables, which decides what `$(NAME)` in a value means."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import by_key, contains
from k8sgen.resolve.derivation import derived, rule
from k8sgen.spec.container import Container
from k8sgen.spec.env import EnvVar

ENV_DOCS = (
    "https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/"
)


@derived(source=ENV_DOCS)
def refers_to_variables(variable: EnvVar) -> bool:
    """Whether a value may name other variables; such values are printed after the others."""
    return variable.value is not None and contains(variable.value, "$(")


@rule(
    "*.value",
    each="containers.env",
    hint="values with $( are printed last, in the order of their names: rename one, or write its value out; $$( is a plain $(",
    source=ENV_DOCS,
)
def variable_not_yet_defined(variable: EnvVar, name: str, container: Container, at: str) -> str:
    """`$(NAME)` stays as it is unless that variable comes first."""
    message = ""
    if variable.value is not None:
        text = variable.value.replace("$$", " ")
        for other, other_variable in by_key(container.env):
            if contains(text, f"$({other})"):
                if other == name and not container.env_from:
                    message = f"{at}value refers to itself: $({other}) is not defined before it"
                elif other > name and refers_to_variables(other_variable):
                    message = f"{at}value refers to $({other}), which is printed after it"
    return message
