"""Functions that ask each other, for a test that reads them as a module of k8sgen.

Those whose name begins with `part_` are asked by others alone, so that what they are handed is known.
Some are long enough, or loop, so that they become helpers; others are written where they are asked.
"""

# ruff: noqa: FLY002, PERF401, PLR0133, RUF005, RUF060, SIM108, TC001 - every form is written on purpose, and types are read at run time

from __future__ import annotations

from typing import Any

from k8sgen.resolve.arithmetic import Natural, by_key, ceil_div, contains
from k8sgen.resolve.derivation import derived
from k8sgen.spec.ports import Port
from k8sgen.spec.service_spec import Spec

SIZES = {"small": 1, "large": 1000000}
WORDS = ("on", "off")


def part_total(entries: dict[str, int], least: int, label: str) -> str:
    """A helper, for it loops; asked with two numbers and one label."""
    total = 0
    for key, value in by_key(entries):
        if value >= least and key != label:
            total += value
    return f"{label}{total}"


def totals(entries: dict[str, int]) -> str:
    """The same question with different constants."""
    named = part_total(entries, label="b", least=2)
    return named + part_total(entries, 1, "a") + part_total(entries, 2, "a") + part_total(SIZES, 2, "a")


def part_flag(entries: dict[str, int], key: str) -> bool:
    """A helper that answers true or false, which as text is "true" or nothing."""
    found = False
    for name, value in by_key(entries):
        found = found or (name == key and value > 0)
    return found


def part_words(flag: bool, entries: dict[str, int]) -> list[str]:
    """A helper that is handed a boolean."""
    words = ["yes" if flag else "no", "same" if flag == (len(entries) == 1) else "other"]
    for key, _ in by_key(entries):
        words.append(key)
    return words


def flags(entries: dict[str, int]) -> dict[str, Any]:
    """Answers of helpers as arguments, as items, as entries and as operands."""
    first = part_flag(entries, key="a")
    flag = not first
    if "z" in entries:
        flag = first
    return {
        "words": part_words(part_flag(entries, key="b"), entries),
        "made": [first, part_flag(entries, key="b")],
        "both": first and flag,
        "one": part_flag(entries, key="a") or part_flag(entries, key="b"),
        "as number": 1 if part_flag(entries, key="a") else 0,
        "chosen": part_flag(entries, key="a") if flag else part_flag(entries, key="b"),
        "bool": bool(part_flag(entries, key="a")),
        "equal": part_flag(entries, key="a") == flag,
    }


def part_maybe(number: int | None, entries: dict[str, int]) -> int | None:
    """A helper that may answer nothing, and is handed nothing."""
    found = number
    for _, value in by_key(entries):
        found = value if found is None else found
    return found


def maybes(number: int | None, entries: dict[str, int]) -> list[str]:
    """Zero and nothing are told apart on the way in and out."""
    answers = [part_maybe(number, {}), part_maybe(None, entries), part_maybe(0, entries)]
    found = [f"{answer}" if answer is not None else "none" for answer in answers]
    zero = part_maybe(number, entries)
    return [*found, "zero" if zero == 0 else "more", "nothing" if zero is None else "something"]


def zero_or_none(maybe: int | None, text: str) -> str:
    """A name that is changed may still hold nothing, which is not zero."""
    found = maybe
    if text:
        found = maybe
    return "zero" if found == 0 else "other"


def whole_or_not(maybe: int | None, number: int, text: str) -> str:
    """A name that is a number of ours on one way, and on the other one of a file, or nothing."""
    found: int | None = number + 1
    if text:
        found = number + 2
    else:
        found = maybe
    return f"{found}" if found is not None else "nothing"


def nothing_on_one_way(maybe: int | None, number: int, text: str) -> list[str]:
    """Zero and nothing are two answers, inside the branch and behind it."""
    found = number + 1
    answers: list[str] = []
    if text:
        found += 1
    else:
        found = maybe  # type: ignore[assignment]  # an annotation would tell the transpiler what it has to find out
        answers.append("zero" if found == 0 else "other")
    return [*answers, "zero" if found == 0 else "other", f"{found}" if found is not None else "nothing"]


def nothing_the_next_time(entries: dict[str, int], maybe: int | None) -> list[str]:
    """A name that is bound anew at the end of a loop has another value in its next turn."""
    found: int | None = 1
    texts: list[str] = []
    for key, _ in by_key(entries):
        texts.append("nothing" if found is None else key)
        texts.append("zero" if found == 0 else key)
        found = maybe
    return texts


def part_short(number: int, double: bool) -> int:
    """Written where it is asked."""
    return number * 2 if double else number


def part_by_way(number: int, entries: dict[str, int]) -> str:
    """Written where it is asked, and asks a helper that nobody else asks."""
    return part_deep(part_short(number, double=True), entries)


def part_deep(number: int, entries: dict[str, int]) -> str:
    """A helper that one inlined function asks."""
    text = ""
    for key, value in by_key(entries):
        text += f"{key}{value + number}"
    return text


def ways(number: int, entries: dict[str, int]) -> str:
    """Short answers inside longer ones."""
    deep = part_by_way(number, entries)
    return f"{part_short(number, double=False)} {part_short(3, double=True)} {deep}"


def among(number: int) -> list[bool]:
    """Items of lists that are known."""
    return [number in (1, 5, 1000000), number not in [5, 6], "on" in WORDS]


def within(text: str) -> list[bool]:
    """Parts of a text that is known, which for an empty one is the empty text."""
    return [text in "on", text not in "", text in "".join([])]


def of_values(entries: dict[str, int], number: int) -> list[Any]:
    """Numbers of a file are floats until they are stored."""
    values = [value for _, value in by_key(entries)]
    least = number
    if number > 5:
        least = 5
    doubled = {key: value * 2 for key, value in by_key(entries)}
    for key, value in by_key(doubled):
        least = value if key == "b" else least
    return [least > 3, least == 5, str(number), f"{least}", str(least), doubled, values]


def later(number: int) -> str:
    """A name that is bound to what changes afterwards keeps what it was."""
    before = number + 1
    label = "a"
    kept = label
    other = f"{number}"
    number += 10
    if number > 12:
        label = "b"
        other = label
    return f"{before} {number} {label} {kept} {other}"


def branches(number: int, text: str) -> str:
    """Branches that fall away, that say nothing, and that only the other side has."""
    found = "start"
    if SIZES["small"] == 2:
        found = "never"
    else:
        found += "-known"
    if number > 3:
        pass
    else:
        found += "-few"
    if number == 1:
        other = "one"
    elif number == 5:
        other = "five"
    else:
        other = text
    if SIZES["small"] == 1 and text:
        found += f"-{text}"
    return found + other


def same_or_not(number: int, text: str) -> str:
    """Branches that answer constants, alike and not."""
    if number == 0:
        return "a"
    if number == 1:
        return "b" if text else "a"
    if number == 5:
        return "a"
    return "a"


def no_or_yes(entries: dict[str, int]) -> bool:
    """False, where a helper says nothing."""
    total = 0
    for _, value in by_key(entries):
        total += value
    if total > 3:
        return False
    return total == 1


def maybe_flag(entries: dict[str, int]) -> bool | None:
    """The answer of a helper, or nothing."""
    if "z" in entries:
        return None
    return part_flag(entries, key="a")


def one_or_other(number: int) -> str:
    """Two constants, by a condition."""
    if number > 3:
        return "more"
    return "fewer"


def nested_returns(number: int, text: str) -> str:
    """A branch that may return, inside one that may not."""
    if number > 0:
        if number > 5:
            return "many"
        if text:
            return text
    else:
        number = 7
    return f"{number}"


def passed_over(entries: dict[str, int], text: str) -> list[str]:
    """Loops that end early, pass over, change what stands before them, or come to nothing."""
    found: list[str] = []
    label = "x"
    size: int | None = None
    for key, value in by_key(entries):
        if value == 1:
            continue
        found.append(f"{label}{key}")
        label = text
        size = value
        if value == 2:
            break
    for word in WORDS:
        if word == "no":
            found.append(word)
    for number, word in enumerate([*found, "end"]):
        found = [*found, f"{number}{word}"]
    return [*found, label, "none" if size is None else f"{size}"]


def folded(entries: dict[str, int]) -> list[Any]:
    """any, all, sum, max and min of nothing, of constants and of what a chart finds."""
    return [
        all(word == "on" for word in WORDS),
        any(word == "off" for word in WORDS),
        all(value > 1 for _, value in by_key(entries) if value != 3),
        all(False for _, _value in by_key(entries)),
        all(word == "no" for word in WORDS if SIZES["small"] == 2),
        [part_flag(entries, key=key) for key in ("a", "b")],
        sum(size for _, size in by_key(SIZES)),
        max((value for _, value in by_key(entries) if value > 1), default=9),
        min((value for _, value in by_key(entries)), default=4),
        max(SIZES["small"], 3),
        min(SIZES["large"], 3, len(entries)),
        [key for key, value in by_key(entries) if SIZES["small"] == 1 if value],
        [key for key, value in by_key(entries) if SIZES["small"] == 2],
        [f"{one}{other}" for one in WORDS for other, _ in by_key(entries)],
    ]


def made_maps(entries: dict[str, int], text: str) -> dict[str, Any]:
    """Maps over maps: the later wins, also with what is empty; a copy is another map."""
    base = {"a": 7, "none": 0} | entries
    over = {**entries, "a": 0, text: 5}
    copied = dict(entries)
    copied["new"] = 1
    changed: dict[str, int] = {}
    changed.update(entries)
    changed["b"] = 0
    single: dict[str, int] = {}
    single[text] = 1
    texts = {key: f"{value}" for key, value in by_key(entries)}
    return {
        "base": base,
        "over": over,
        "copied": copied,
        "changed": changed,
        "sizes": [len(entries), len(copied), len(text), len(WORDS)],
        "texts": texts | {key: "x" for key, _ in by_key(single)},
        "found": [entries.get("a", 3), changed.get("b", 3), texts.get(text, "x"), SIZES.get("small", 0)],
        "keys": sorted(entries),
        "sorted": sorted(f"{9 - value}" for _, value in by_key({"a": 1, "b": 2})),
    }


def made_lists(words: list[str], text: str) -> list[Any]:
    """Lists that are made and joined."""
    joined = [*words, text] + ["z"]
    more = ["p"]
    more.append(text)
    more.extend(words)
    return [
        joined,
        more,
        [],
        "-".join(words),
        "-".join(["a", "b"]),
        text.split("-"),
        list(words),
        ["x", *words],
    ]


def known_texts(text: str) -> list[Any]:
    """Methods of text that is known, and that is not; a percent sign stands for itself."""
    return [
        *(WORDS[0].removeprefix("o"), text.removeprefix("a"), text.removesuffix("b")),
        *(text.replace("a", "%d"), f"100% {text}", f"{text}%", f"50%{SIZES['small']}", f"5%{-7}"),
        *(text.startswith("a"), text.endswith("b"), text.startswith(("x", "a")), "on".endswith(("x", "n"))),
        *(
            contains(text, "a"),
            contains("abc", "b"),
            "a" in text,
            "b" not in text,
            "on" in "long",
            "x" in "long",
        ),
        *("a" + "b" + text, text + "b", text == "a", text != "a", text < "b", not text, not "on"),
    ]


def known_numbers(number: Natural) -> list[Any]:
    """Arithmetic and comparison of what is known, of what is not, and of both."""
    small, large = SIZES["small"], SIZES["large"]
    return [
        *(small + 2, large - small, large * 3, large // 7, large % 7, -small, -number, number - 9),
        *(
            small < 1,
            small <= 1,
            small > 1,
            small >= 1,
            small == 1,
            small != 1,
            large in (1, 2),
            1 not in (1, 2),
        ),
        *(0 < small < number, 1 <= number <= 5, number >= 5, number > 5, number < 5, number != 5),
        *(ceil_div(number, 3), ceil_div(7, 3), max(number, 3), min(number, 3), (number + 1) % 4, number // 3),
        *(small if large else number, number if number > 2 else small, 2 if number == 5 else 3),
        *(number or 8, 0 or number, small and number, number and small, None is None, small is not None),
    ]


def lazily(entries: dict[str, Natural], number: Natural) -> list[bool]:
    """What would fail is not computed."""
    return [
        number == 0 or all(value // number >= 0 for _, value in by_key(entries)),
        number != 0 and any(value % number == 0 for _, value in by_key(entries)),
        number == 0 or SIZES["small"] == 1 or any(value // number > 1 for _, value in by_key(entries)),
    ]


@derived(given="servicePort")
def port_shown(port: Port) -> int:
    """A derived value that a field takes the place of."""
    return port.port + 1


@derived(given="inService")
def port_in_service(port: Port) -> bool:
    """False is given, too."""
    return port.port > 80


def ports(port: Port, number: int) -> list[Any]:
    """Fields that may be absent, and the derived values that they take the place of."""
    protocol = port.app_protocol
    return [
        *(port_shown(port), port_in_service(port), port.node_port is None, port.node_port == number),
        *(protocol if protocol is not None else "none", port.host_port is not None and port.host_port > 80),
        *(port.node_port or 0, isinstance(port.port, int), port.port == number),
    ]


@derived(given="shutdown.gracePeriodSeconds")
def grace(spec: Spec) -> int:
    """A field of the spec that is derived unless given."""
    return spec.replicas + 1


def part_of_spec(spec: Spec, text: str) -> str:
    """A helper that is handed text beside the spec, and reads the spec inside a loop."""
    found = text
    for name, port in by_key(spec.ports):
        found += f" {name}{port.port}/{spec.replicas}/{spec.rollout.max_surge}"
    return found


def of_spec(spec: Spec, text: str) -> list[Any]:
    """Fields with defaults, fields without, and parts that may be absent."""
    hook = spec.shutdown.pre_stop
    sleeps = hook is not None and hook.sleep is not None and hook.sleep.seconds > 1
    return [
        *(
            part_of_spec(spec, text),
            grace(spec),
            spec.team is None,
            spec.replicas,
            spec.rollout.max_surge,
            sleeps,
        ),
        *(spec.labels, len(spec.labels), sorted(spec.labels), spec.autoscaling.enabled, spec.command is None),
        *(
            spec.startup.slowest_seconds > 60,
            [name for name, _ in by_key(spec.sidecars)],
            spec.image.repository,
        ),
        *(
            spec.disruption.enabled,
            "a" in spec.labels,
            spec.labels.get("a", "none"),
            spec.rollout.type == "Recreate",
        ),
    ]


def there_or_not(spec: Spec) -> list[int]:
    """Helm looks at both ways of a condition, also at the one that is not taken."""
    hook = spec.shutdown.pre_stop
    return [
        len(spec.args) if spec.args is not None else 0,
        spec.shutdown.pre_stop.sleep.seconds
        if spec.shutdown.pre_stop is not None and spec.shutdown.pre_stop.sleep is not None
        else 0,
        hook.sleep.seconds if hook is not None and hook.sleep is not None else 0,
        1 if spec.container is not None and "stdin" in spec.container else 0,
    ]
