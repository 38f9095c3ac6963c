"""The options that a container's program starts with, wherever they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from k8sgen.lint.workload import Container
    from k8sgen.manifests import Pointer


class Text(NamedTuple):
    """A text with options: its place in the container, what to call it, and the text."""

    steps: Pointer
    name: str
    text: str


def texts(container: Container, variables: Callable[[str], bool]) -> Iterator[Text]:
    """The values of the variables that the name test takes, the command and the arguments."""
    for index, variable in enumerate(container.env):
        name, value = variable.get("name"), variable.get("value")
        if name and value and variables(name):
            yield Text(("env", index, "value"), name, value)
    for field in ("command", "args"):
        for index, value in enumerate(container.data.get(field) or ()):
            yield Text((field, index), field, str(value))
