"""What a derived value or rule says of itself: parameters, answer, the field that wins over it."""

from __future__ import annotations

import ast
import inspect
import linecache
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_origin, get_type_hints

from k8sgen.chart.subset.known import UNKNOWN, Known, of_annotation, of_field, strange_part
from k8sgen.errors import Place, Problem, TemplateError
from k8sgen.render.types import known_names, member

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from k8sgen.resolve.derivation import Derivation

ANNOTATIONS = "annotate it with int, str, bool, a part of the spec, or a list or dict of such"


@dataclass(frozen=True, slots=True)
class Declared:
    """What a function takes and answers."""

    parameters: Mapping[str, Known]
    answer: Known
    mixed: bool
    """Whether it answers a tuple, whose items are of several types."""
    strange: str
    """The part of the answer's annotation that a chart does not know, or nothing."""


@cache
def parsed(function: Callable[..., Any]) -> tuple[ast.FunctionDef, str]:
    """The syntax tree of a function, with the lines of its file, and the file to name. Raises TemplateError."""
    code = inspect.unwrap(function).__code__
    file = "/".join(Path(code.co_filename).parts[-3:])
    place = Place(file, code.co_firstlineno, 1)
    if code.co_name == "<lambda>":
        raise TemplateError(Problem("a lambda has no name for a chart", place, "write def"))
    tree = functions_of(code.co_filename)[code.co_firstlineno]
    if not isinstance(tree, ast.FunctionDef):
        raise TemplateError(
            Problem(f"{code.co_name} is async, and a chart waits for nothing", place, "write def")
        )
    return tree, file


@cache
def functions_of(file: str) -> Mapping[int, ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions of a module by the line they begin on, which is that of the first decorator.

    A module is parsed once: to cut out each function would take longer than all the rest that is done with it.
    """
    tree = ast.parse("".join(linecache.getlines(file)))
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    return {min([node.lineno, *(each.lineno for each in node.decorator_list)]): node for node in functions}


@cache
def declared(function: Callable[..., Any]) -> Declared:
    """What the annotations of a function say. Raises TemplateError for what a chart does not know."""
    tree, file = parsed(function)

    def refused(node: ast.AST, message: str, hint: str) -> TemplateError:
        line, column = getattr(node, "lineno", tree.lineno), getattr(node, "col_offset", 0) + 1
        return TemplateError(Problem(message, Place(file, line, column), hint))

    for decorator in tree.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if not (isinstance(called, ast.Name) and called.id in {"derived", "rule"}):
            raise refused(
                decorator,
                f"@{ast.unparse(decorator)} changes what {tree.name} answers, in Python alone",
                "remove it",
            )
    if inspect.unwrap(function) is not function:
        raise refused(
            tree, f"{tree.name} is wrapped, and a chart would not know in what", "remove the wrapper"
        )
    check_arguments(tree, refused)
    try:
        hints = get_type_hints(function, localns=dict(known_names()), include_extras=True)
    except NameError as error:
        raise refused(tree, f"{error.name} is not a type that a chart knows", ANNOTATIONS) from error
    strange = {name: strange_part(annotation) for name, annotation in hints.items()}
    words = {name: getattr(one, "__name__", str(one)) for name, one in strange.items() if one is not UNKNOWN}
    answer_word = words.pop("return", "")
    for name, what in words.items():
        raise refused(tree, f"{name} is annotated with {what}, which a chart does not know", ANNOTATIONS)
    parameters = [argument.arg for argument in tree.args.args]
    for name in (*parameters, "return"):
        if name not in hints:
            what = f"the answer of {tree.name}" if name == "return" else name
            raise refused(tree, f"{what} has no type", ANNOTATIONS)
    answer = hints["return"]
    return Declared(
        {name: of_annotation(hints[name]) for name in parameters},
        of_annotation(answer),
        get_origin(answer) is tuple,
        answer_word,
    )


def check_arguments(tree: ast.FunctionDef, refused: Callable[[ast.AST, str, str], TemplateError]) -> None:
    """A helper is handed each of its parameters, and has no others. Raises TemplateError."""
    arguments = tree.args
    more = [*arguments.kwonlyargs, *arguments.posonlyargs]
    more += [one for one in (arguments.vararg, arguments.kwarg) if one is not None]
    if more:
        raise refused(
            more[0], f"{more[0].arg} is no plain parameter", "write each parameter out, by its name"
        )
    if arguments.defaults:
        text = ast.unparse(arguments.defaults[0])
        raise refused(
            arguments.defaults[0],
            f"{text} is a default, which a chart does not have",
            "hand it over in each call",
        )
    for argument in arguments.args:
        if argument.arg == "root":
            raise refused(
                argument, "root is how a chart calls its own root", "give the parameter another name"
            )


def given_field(derivation: Derivation[..., Any], parameters: Mapping[str, Known]) -> Known | None:
    """What is known of the field that wins over a derived value, once it is given; None when there is no such field."""
    here = next(iter(parameters.values()), None)
    for key in derivation.given.split("."):
        found = member(here.type, key) if here is not None else None
        if here is None or found is None or here.type.shape == "any":
            return None
        here = of_field(here.type, found)
    return here.there() if here is not None else None
