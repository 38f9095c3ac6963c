"""What libyaml says about text that is not YAML, in words that say what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from k8sgen.errors import Place, Problem

if TYPE_CHECKING:
    from yaml import YAMLError

_TABS: Final = 'indent with spaces; a tab inside text stands as "\\t" in double quotes'

_BY_PROBLEM: Final[dict[str, tuple[str, str]]] = {
    "mapping values are not allowed in this context": (
        'a second ": " on this line, or a key at the wrong indentation',
        'put text that holds ": " in quotes, and line keys of one map up',
    ),
    "could not find expected ':'": (
        'a line that is neither a "key: value" nor the rest of one',
        'write "key: value", or indent the line under its key',
    ),
    "did not find expected key": (
        "a key is expected here",
        "line keys of one map up, and put text that starts or goes on after a quote wholly in quotes",
    ),
    "did not find expected '-' indicator": (
        'a list item is expected here, starting with "- "',
        "line the items of one list up",
    ),
    "block sequence entries are not allowed in this context": (
        'a list item ("- ") cannot stand here',
        "put the list on the lines below its key",
    ),
    "mapping keys are not allowed in this context": (
        'a key after "?" cannot stand here',
        'write "key: value"',
    ),
    "block mapping keys are not allowed in this context": ("a key cannot stand here", 'write "key: value"'),
    "did not find expected ',' or ']'": ('a list in brackets lacks "," or "]"', 'close the list with "]"'),
    "did not find expected ',' or '}'": ('a map in braces lacks "," or "}"', 'close the map with "}"'),
    "did not find expected node content": ("a value is expected here", "write a value, or quote it"),
    "did not find expected <document start>": (
        "the text goes on after its first value has ended",
        "line keys of one map up",
    ),
    "did not find expected comment or line break": (
        'text beside the "|" or ">" that starts a block of text',
        "start the text on the next line, or put it in quotes",
    ),
    "did not find expected alphabetic or numeric character": (
        'a "*" or "&" without a name after it',
        "put text that starts with one of these in quotes",
    ),
    "did not find expected alphanumerical character": (
        'a "*" or "&" without a name after it',
        "put text that starts with one of these in quotes",
    ),
    "found unexpected ':'": ('a ":" inside text in brackets or braces', "put the text in quotes"),
    "did not find expected whitespace or line break": (
        'text that starts with "!" without a space after the tag',
        'put text that starts with "!" in quotes',
    ),
    "found an indentation indicator equal to 0": (
        'a "0" beside the "|" or ">" that starts a block of text',
        "leave the 0 out",
    ),
    "could not find expected directive name": ('a line that starts with "%"', "remove it, or quote it"),
    "found unknown directive name": ('a line that starts with "%"', "remove it, or quote it"),
    "found unexpected non-alphabetical character": ('a line that starts with "%"', "remove it, or quote it"),
    "found unexpected end of stream": ("a quote is opened and never closed", "close the quote"),
    "found unexpected document indicator": ("a quote is opened and never closed", "close the quote"),
    "found unknown escape character": (
        "an escape that YAML does not know",
        "write \\\\ for a backslash, or put the text in single quotes",
    ),
    "found invalid Unicode character escape code": (
        "an escape that is no character",
        "write the character itself: YAML has no surrogate pairs",
    ),
    "did not find expected hexdecimal number": (
        "an escape with too few hexadecimal digits",
        "write \\\\ for a backslash, or put the text in single quotes",
    ),
    "found a tab character that violates indentation": ("a tab in the indentation", _TABS),
    "found a tab character where an indentation space is expected": ("a tab in the indentation", _TABS),
    "found duplicate %YAML directive": ("a second %YAML line", "remove the %YAML lines"),
    "found incompatible YAML document": (
        "a %YAML line with a version that is not 1.1 or 1.2",
        "remove the %YAML line",
    ),
}

_AT_ITS_START: Final = frozenset(
    (
        "found unexpected end of stream",
        "found unexpected document indicator",
        "did not find expected alphabetic or numeric character",
        "did not find expected alphanumerical character",
    ),
)
"""What is told at the place where the quote or name starts, not where it fails."""


def explain(error: YAMLError, text: str, file: str) -> Problem:
    """Translate what libyaml found in `text`; the place counts from 1."""
    problem = getattr(error, "problem", None) or "not YAML"
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if problem in _AT_ITS_START:
        mark = getattr(error, "context_mark", None) or mark
    if mark is None:
        return Problem(f"not YAML: {problem}", Place(file, 1, 1))
    place = Place(file, mark.line + 1, mark.column + 1)
    if problem == "found character that cannot start any token":
        character = text[mark.index : mark.index + 1]
        if character == "\t":
            return Problem("a tab where spaces are expected", place, _TABS)
        return Problem(f'"{character}" cannot start a value', place, "put the value in quotes")
    if text[mark.index : mark.index + 1] == ":" and problem == "did not find expected key":
        return Problem('a key is missing before ":"', place, 'write the key, or "" for the empty text')
    if problem in _BY_PROBLEM:
        message, hint = _BY_PROBLEM[problem]
        return Problem(message, place, hint)
    context = getattr(error, "context", None)
    return Problem(f"not YAML: {problem}{f' ({context})' if context else ''}", place)
