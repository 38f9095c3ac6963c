"""Everything that can be wrong with what a user gave us.

    K8sgenError
    └── InputError            bad input; carries every problem found, exit status 2
        ├── YamlError         the text is not YAML as we accept it
        ├── SpecError         a key, type or value that service.yaml or k8sgen.yaml does not allow
        ├── RefusedError      each field is fine, together they cannot work: a rule refuses them
        ├── TemplateError     a template override that is missing or outside the subset
        ├── InvalidObjectError  a rendered object that Kubernetes would not accept
        └── OutputError       the output directory cannot be written as asked

Constructors never print. `k8sgen.cli` turns these into lines on standard error and an exit
status; any other exception is a bug and keeps its traceback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Self


class Place(NamedTuple):
    """Where something stands: a file as the user named it, line and column counted from 1.

    What has no lines, such as an option of the command line, has line 0.
    """

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Problem(NamedTuple):
    """One thing that is wrong, and how to mend it.

    `message` is lower case and quotes the offending value; `hint` says what to do; `also` names
    further places that take part, each with what stands there.
    """

    message: str
    place: Place | None = None
    hint: str = ""
    also: tuple[tuple[Place, str], ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.place}: {self.message}" if self.place else self.message]
        lines += [f"  also: {place}: {what}" for place, what in self.also]
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        return "\n".join(lines)


def system_words(error: OSError) -> str:
    """The operating system's reason in our spelling."""
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]


class K8sgenError(Exception):
    """What k8sgen raises on purpose."""


class InputError(K8sgenError):
    """Bad input: one or more problems, in the order a reader meets them."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[Self], tuple[Problem, ...]]:
        """How processes send it to each other: an exception is made anew from what its constructor got."""
        return type(self), self.problems


class YamlError(InputError):
    """A file is not YAML, or not YAML that every reader reads alike."""


class SpecError(InputError):
    """A spec or settings file has an unknown key, a wrong type or a value out of range."""


class RefusedError(InputError):
    """A rule refuses a combination of values that could not work in a cluster."""


class TemplateError(InputError):
    """A template override is missing, or says what the template subset cannot say."""


class InvalidObjectError(InputError):
    """A rendered object breaks the schema or a rule of the target Kubernetes version."""


class OutputError(InputError):
    """Files cannot be written where the user asked: something foreign or forbidden is in the way."""
