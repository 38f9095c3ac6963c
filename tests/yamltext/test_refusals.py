"""Every trap is refused at its place, with the text to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from k8sgen.errors import YamlError
from k8sgen.yamltext.read import Source, read_document, read_documents

SOURCE = Source("service.yaml", Path())


def refusal(text: str | bytes) -> str:
    """Give what a user would see."""
    with pytest.raises(YamlError) as caught:
        read_document(text, SOURCE)
    return str(caught.value)


@pytest.mark.parametrize(
    ("word", "reason", "instead"),
    [
        *(
            (word, "is true to YAML 1.1 readers and text to others", "true")
            for word in ("y", "Y", "yes", "YES", "on", "On")
        ),
        *(
            (word, "is false to YAML 1.1 readers and text to others", "false")
            for word in ("n", "N", "no", "No", "off", "OFF")
        ),
        ("oN", "is text, but looks like a YAML 1.1 true", "true"),
        ("True", "is another spelling of true", "true"),
        ("FALSE", "is another spelling of false", "false"),
        ("Null", "is another spelling of null", "null"),
        ("nULL", "is text, but looks like null", "null"),
        ("012", "is 10 to YAML 1.1 readers and 12 to others", "10 or 12"),
        ("-012", "is -10 to YAML 1.1 readers and -12 to others", "-10 or -12"),
        ("00", "is 0 to some readers and text to others", "0"),
        ("08", "is text to YAML 1.1 readers and 8 to others", "8"),
        ("0o17", "is 15 to some readers and text to others", "15"),
        ("0x1F", "is 31 to some readers and text to others", "31"),
        ("0b11", "is 3 to some readers and text to others", "3"),
        ("0x_", "is a number to some readers and text to others", ""),
        ("1_000", "is 1000 to YAML 1.1 readers and text to others", "1000"),
        ("22:22", "is a number in base 60 to YAML 1.1 readers and text to others", ""),
        ("1:2:3.5", "is a number in base 60 to YAML 1.1 readers and text to others", ""),
        ("2024-01-01", "is a date to YAML 1.1 readers and text to others", ""),
        ("2024-01-01T10:00:00Z", "is a date to YAML 1.1 readers and text to others", ""),
        (".inf", "is not a finite number", ""),
        ("-.INF", "is not a finite number", ""),
        (".NaN", "is not a finite number", ""),
        ("1.0e+400", "is too large for a number", ""),
        ("1e3", "is text to YAML 1.1 readers and 1000 to others", "1000"),
        ("1.25e1", "is text to YAML 1.1 readers and 12.5 to others", "12.5"),
        ("-.5", "is text to YAML 1.1 readers and -0.5 to others", "-0.5"),
        ("=", "is a special value to YAML 1.1 readers and text to others", ""),
        ("<<", "is the merge key to YAML 1.1 readers and text to others", ""),
        (
            "9007199254740993",
            "is beyond 9007199254740992, the largest integer that every JSON reader keeps exactly",
            "",
        ),
    ],
)
def test_words_that_readers_take_differently(word: str, reason: str, instead: str) -> None:
    """As a value and as a key; quotes always help."""
    text = f"name: web\nlist:\n  - {word}\n"
    write = f"write {instead}, or " if instead else ""
    assert refusal(text) == f'service.yaml:3:5: "{word}" {reason}\n  hint: {write}quote it: "{word}"'
    if word != "<<":
        assert (
            refusal(f"{word}: web\n")
            == f'service.yaml:1:1: the key "{word}" {reason}\n  hint: quote it: "{word}"'
        )
    assert read_document(f'"{word}": "{word}"\n', SOURCE) == {word: word}


def test_very_long_numbers() -> None:
    """A number of any length is refused without being computed, and cut short in the message."""
    assert refusal(f"a: {'9' * 100_000}\n").startswith(
        f'service.yaml:1:4: "{"9" * 40}…" is beyond 9007199254740992'
    )
    for text in ("0" * 100_000, "1" + "_" * 100_000 + "1", "0x" + "f" * 100_000):
        assert refusal(f"a: {text}\n").startswith(f'service.yaml:1:4: "{text[:40]}…" is ')


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a: 1\nb: 2\na: 3\n",
            'service.yaml:3:1: "a" is set twice\n  also: service.yaml:1:1: set here first\n  hint: keep one of the two',
        ),
        (
            "base: &base {cpu: 100m, text: 'on', deep: {x: z}}\nuse:\n  <<: *base\n",
            (
                'service.yaml:3:3: the merge key "<<" is unknown to YAML 1.2 readers\n'
                '  hint: in its place write out what &base (line 1) holds: cpu: 100m, text: "on", deep: …'
            ),
        ),
        (
            "<<: [a, b]\n",
            'service.yaml:1:1: the merge key "<<" is unknown to YAML 1.2 readers\n  hint: write the merged keys out in its place',
        ),
        ("8080: a\n", 'service.yaml:1:1: the key 8080 is a number, not text\n  hint: quote it: "8080"'),
        ("true: a\n", 'service.yaml:1:1: the key true is true or false, not text\n  hint: quote it: "true"'),
        ("null: a\n", 'service.yaml:1:1: the key null is null, not text\n  hint: quote it: "null"'),
        (
            ": a\n",
            'service.yaml:1:1: a key is missing before ":"\n  hint: write the key, or "" for the empty text',
        ),
        (
            "? \n: a\n",
            'service.yaml:1:2: a key is missing before ":"\n  hint: write the key, or "" for the empty text',
        ),
        (
            "{{ name }}: a\n",
            'service.yaml:1:1: a map or list stands where a key belongs\n  hint: put text that starts with "{" or "[" in quotes',
        ),
        (
            "a: &a b\n*a : c\n",
            "service.yaml:2:1: the alias *a stands where a key belongs\n  hint: write the key out",
        ),
        (
            "a: *.example.com\n",
            'service.yaml:1:4: a "*" or "&" without a name after it\n  hint: put text that starts with one of these in quotes',
        ),
        (
            "a: *b\n",
            'service.yaml:1:4: the alias *b has no anchor &b before it\n  hint: put text that starts with "*" in quotes: "*b"',
        ),
        (
            "a: &a [*a]\n",
            "service.yaml:1:8: the alias *a stands inside what it names\n  hint: write the value out",
        ),
        (
            "a: &a 1\nb: &a 2\n",
            "service.yaml:2:4: the anchor &a is set twice\n  also: service.yaml:1:4: set here first\n  hint: give it another name",
        ),
        (
            "a: !!str 5\n",
            'service.yaml:1:4: the tag "!!str" is not read alike by all readers\n  hint: leave it out and quote the text: "5"',
        ),
        (
            "a: !vault {b: c}\n",
            'service.yaml:1:4: the tag "!vault" is not read alike by all readers\n  hint: leave it out',
        ),
        (
            "a:\n\tb: c\n",
            (
                "service.yaml:2:1: a tab where spaces are expected\n"
                '  hint: indent with spaces; a tab inside text stands as "\\t" in double quotes'
            ),
        ),
        (
            "# a\tcomment\na: 'tab\there'\nb:\tc\n",
            (
                "service.yaml:3:3: a tab where spaces are expected\n"
                '  hint: separate with spaces; a tab inside text stands as "\\t" in double quotes'
            ),
        ),
        (
            "a: b\tc\n",
            'service.yaml:1:4: a tab in the unquoted text "b\\tc"\n  hint: quote it: "b\\tc"',
        ),
        (
            "a: 1\n---\nb: 2\n",
            'service.yaml:2:1: a second document starts here\n  hint: keep one document in a file and leave this "---" out',
        ),
        ("- a\n", 'service.yaml:1:1: the document is a list, not a map\n  hint: write "key: value" lines'),
        ("a\n", 'service.yaml:1:1: the document is text, not a map\n  hint: write "key: value" lines'),
        ("1.5\n", 'service.yaml:1:1: the document is a number, not a map\n  hint: write "key: value" lines'),
        (
            "true\n",
            'service.yaml:1:1: the document is true or false, not a map\n  hint: write "key: value" lines',
        ),
        ("", 'service.yaml:1:1: the document is empty\n  hint: write "key: value" lines'),
        ("# only this\n---\n", 'service.yaml:1:1: the document is empty\n  hint: write "key: value" lines'),
        ("a: x\x07\n", "service.yaml:1:5: U+0007 is a control character\n  hint: remove it"),
        ("é: \x7f\n", "service.yaml:1:4: U+007F is a control character\n  hint: remove it"),
        ('a: "\\e[0m"\n', "service.yaml:1:4: the text holds the control character U+001B\n  hint: remove it"),
        (
            "a: 1\rb: 2\n",
            "service.yaml:1:5: a carriage return without a line feed\n  hint: end lines with a line feed",
        ),
        (
            "a: x\u2028y\n",
            (
                "service.yaml:1:5: U+2028 is a line break to YAML 1.1 readers and text to others\n"
                '  hint: write a line break, or "\\u2028" in double quotes'
            ),
        ),
        (
            "a: x\x85y\n",
            (
                "service.yaml:1:5: U+0085 is a line break to YAML 1.1 readers and text to others\n"
                "  hint: end lines with a line feed"
            ),
        ),
        ("a: \ufeffb\n", "service.yaml:1:4: U+FEFF, a byte order mark, inside the text\n  hint: remove it"),
        ("a: \uffff\n", "service.yaml:1:4: U+FFFF is no character\n  hint: remove it"),
        (
            "a: \udc80\n",
            "service.yaml:1:4: U+DC80, half of a surrogate pair, is no character\n  hint: write the character itself",
        ),
        (
            "é: ü\nö: ".encode() + b"\xe9\n",
            "service.yaml:2:4: byte 0xe9 is not UTF-8\n  hint: save the file as UTF-8",
        ),
        (
            "a: b\n".encode("utf-16"),
            "service.yaml:1:1: the file is UTF-16, not UTF-8\n  hint: save it as UTF-8",
        ),
        (
            b"#" * (1024 * 1024 + 1),
            "service.yaml:1:1: the file has 1048577 bytes, more than 1048576\n  hint: split it into several files",
        ),
        (
            "a: " + "[" * 100 + "]" * 100,
            "service.yaml:1:103: maps and lists are nested more than 100 deep\n  hint: nest them less",
        ),
        (
            "a: b: c\n",
            (
                'service.yaml:1:5: a second ": " on this line, or a key at the wrong indentation\n'
                '  hint: put text that holds ": " in quotes, and line keys of one map up'
            ),
        ),
        ('a: "b\n', "service.yaml:1:4: a quote is opened and never closed\n  hint: close the quote"),
        ("a: [b\n", 'service.yaml:2:1: a list in brackets lacks "," or "]"\n  hint: close the list with "]"'),
        ("a: @b\n", 'service.yaml:1:4: "@" cannot start a value\n  hint: put the value in quotes'),
        (
            'a: "\\d"\n',
            (
                "service.yaml:1:5: an escape that YAML does not know\n"
                "  hint: write \\\\ for a backslash, or put the text in single quotes"
            ),
        ),
    ],
)
def test_refused(text: str | bytes, message: str) -> None:
    """The message, the place and the remedy, word for word."""
    assert refusal(text) == message


def test_all_problems_of_one_reading() -> None:
    """Nobody has to run again to learn of the second mistake, a syntax error included."""
    places = [
        line.split(" ")[0]
        for line in refusal("a: on\nb: {c: 012}\na: x\nd: }\n").splitlines()
        if line[0] != " "
    ]
    assert places == ["service.yaml:1:4:", "service.yaml:2:8:", "service.yaml:3:1:", "service.yaml:4:4:"]


def test_problems_end_somewhere() -> None:
    """A file full of mistakes gives fifty of them."""
    for text in ("a: [" + "on, " * 1000 + "]", "\0" * 1000, "a: [" + "b,\t" * 1000 + "]"):
        with pytest.raises(YamlError) as caught:
            read_document(text, SOURCE)
        assert len(caught.value.problems) == 50


def test_every_document_is_read() -> None:
    """Several documents where several are expected; empty ones say nothing."""
    assert read_documents("---\na: 1\n---\n# nothing\n---\nb: 2\n...\n", SOURCE) == [{"a": 1}, {"b": 2}]
    with pytest.raises(YamlError) as caught:
        read_documents("a: 1\n---\n- b\n", SOURCE)
    assert str(caught.value) == (
        'service.yaml:3:1: the document is a list, not a map\n  hint: write "key: value" lines'
    )
