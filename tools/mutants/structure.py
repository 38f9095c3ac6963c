"""Mutations of the structure: fields that go, move, come or change their type.

A mutation changes an object in place and says whether it did.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from mutants.slots import Slot, is_leaf, is_number, pick, slots

if TYPE_CHECKING:
    from random import Random


def in_map(slot: Slot) -> bool:
    """A field, and no item of a list."""
    return isinstance(slot.holder, dict)


def in_list(slot: Slot) -> bool:
    """An item of a list."""
    return isinstance(slot.holder, list)


def field_removed(random: Random, obj: Any) -> bool:
    """A field is left out."""
    slot = pick(random, obj, in_map)
    if slot is None:
        return False
    del slot.holder[slot.key]
    return True


def item_removed(random: Random, obj: Any) -> bool:
    """An item of a list is left out, perhaps the last one."""
    slot = pick(random, obj, in_list)
    if slot:
        del slot.holder[slot.key]
    return slot is not None


def field_renamed(random: Random, obj: Any) -> bool:
    """A field is misspelled as people do: case, plural, a letter lost, snake case."""
    slot = pick(random, obj, in_map)
    if slot is None:
        return False
    name = str(slot.key)
    at = random.randrange(len(name)) if name else 0
    renamed = random.choice(
        (
            name[:at] + name[at + 1 :],
            name + "s",
            name.removesuffix("s"),
            name[:1].swapcase() + name[1:],
            name.lower(),
            "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name),
            name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            name + " ",
        )
    )
    if renamed in slot.holder:
        return False
    entries = [(renamed if key == name else key, value) for key, value in slot.holder.items()]
    slot.holder.clear()
    slot.holder.update(entries)
    return True


def field_moved(random: Random, obj: Any) -> bool:
    """A field stands in another map than its own: one level off, or anywhere."""
    slot = pick(random, obj, in_map)
    if slot is None:
        return False
    homes = [
        each.value for each in slots(obj) if isinstance(each.value, dict) and each.value is not slot.holder
    ]
    near = [
        home
        for home in homes
        if slot.holder in home.values() or any(home is inner for inner in slot.holder.values())
    ]
    choices = near if near and random.random() < 0.7 else homes
    value = slot.value
    choices = [
        home for home in choices if home is not value and not any(each.value is home for each in slots(value))
    ]
    if not choices:
        return False
    home = random.choice(choices)
    del slot.holder[slot.key]
    home[slot.key] = value
    return True


def unknown_field(random: Random, obj: Any) -> bool:
    """A field that nobody knows, or one of another object."""
    slot = pick(random, obj, lambda each: isinstance(each.value, dict))
    if slot is None:
        return False
    name = random.choice(
        ("enabled", "image", "port", "labels", "replicas", "x-note", "description", "name", "spec")
    )
    if name in slot.value:
        return False
    slot.value[name] = random.choice(("a", 1, True, {"a": "b"}, ["a"]))
    return True


def null_field(random: Random, obj: Any) -> bool:
    """A field holds null."""
    slot = pick(random, obj, in_map)
    if slot is None:
        return False
    slot.set(None)
    return True


def null_item(random: Random, obj: Any) -> bool:
    """An item of a list is null."""
    slot = pick(random, obj, in_list)
    if slot:
        if random.random() < 0.5:
            slot.set(None)
        else:
            slot.holder.insert(random.randrange(len(slot.holder) + 1), None)
    return slot is not None


def empty_value(random: Random, obj: Any) -> bool:
    """A value is empty: text, list, map, zero."""
    slot = pick(random, obj, lambda _: True)
    if slot is None:
        return False
    value = slot.value
    empty: Any = [] if isinstance(value, list) else {} if isinstance(value, dict) else ""
    if is_number(slot) and random.random() < 0.7:
        empty = 0
    slot.set(empty)
    return True


def wrong_type(random: Random, obj: Any) -> bool:
    """A value is of another type."""
    slot = pick(random, obj, lambda _: True)
    if slot is None:
        return False
    others = [
        value
        for value in ("text", 3, 1.5, True, False, ["a"], [], {"a": "b"}, {})
        if type(value) is not type(slot.value)
    ]
    slot.set(copy.deepcopy(random.choice(others)))
    return True


def scalar_to_list(random: Random, obj: Any) -> bool:
    """A value stands in a list of its own."""
    slot = pick(random, obj, lambda each: not isinstance(each.value, list))
    if slot is None:
        return False
    slot.set([slot.value])
    return True


def list_to_item(random: Random, obj: Any) -> bool:
    """A list is only its first item."""
    slot = pick(random, obj, lambda each: isinstance(each.value, list) and bool(each.value))
    if slot:
        slot.set(slot.value[0])
    return slot is not None


def integer_as_text(random: Random, obj: Any) -> bool:
    """A number or truth value in quotes."""
    slot = pick(random, obj, lambda each: is_leaf(each) and not isinstance(each.value, str | None))
    if slot:
        slot.set(str(slot.value).lower())
    return slot is not None


def text_as_number(random: Random, obj: Any) -> bool:
    """A text as a number or truth value."""
    slot = pick(random, obj, lambda each: isinstance(each.value, str))
    if slot is None:
        return False
    slot.set(random.choice((0, 1, 8080, -1, 1.5, True, False)))
    return True


def extra_nesting(random: Random, obj: Any) -> bool:
    """A value one level too deep, under its own name."""
    slot = pick(random, obj, in_map)
    if slot is None:
        return False
    slot.set({slot.key: slot.value})
    return True


def lost_level(random: Random, obj: Any) -> bool:
    """The entries of a map stand one level too high."""
    slot = pick(random, obj, lambda each: in_map(each) and isinstance(each.value, dict))
    if slot:
        inner = slot.holder.pop(slot.key)
        slot.holder.update(inner)
    return slot is not None


def siblings_swapped(random: Random, obj: Any) -> bool:
    """Two fields of a map hold each other's values."""
    slot = pick(random, obj, lambda each: in_map(each) and len(each.holder) > 1)
    if slot is None:
        return False
    other = random.choice([key for key in slot.holder if key != slot.key])
    slot.holder[slot.key], slot.holder[other] = slot.holder[other], slot.holder[slot.key]
    return True


def item_doubled(random: Random, obj: Any) -> bool:
    """An item of a list stands there twice, perhaps changed in one field."""
    slot = pick(random, obj, in_list)
    if slot is None:
        return False
    twin = copy.deepcopy(slot.value)
    if isinstance(twin, dict) and random.random() < 0.4:
        inner = random.choice(list(twin) or [""])
        if isinstance(twin.get(inner), str):
            twin[inner] += "2"
        elif isinstance(twin.get(inner), int) and not isinstance(twin[inner], bool):
            twin[inner] += 1
    slot.holder.insert(random.randrange(len(slot.holder) + 1), twin)
    return True


def value_of_elsewhere(random: Random, obj: Any) -> bool:
    """A field holds what another field of the object holds, of the same type."""
    slot = pick(random, obj, lambda _: True)
    if slot is None:
        return False
    others = [
        each.value for each in slots(obj) if type(each.value) is type(slot.value) and each.value != slot.value
    ]
    others = [value for value in others if not any(each.holder is value for each in _above(obj, slot))]
    if not others:
        return False
    slot.set(copy.deepcopy(random.choice(others)))
    return True


def _above(obj: Any, wanted: Slot) -> list[Slot]:
    """The place itself and all that hold it."""
    return [each for each in slots(obj) if each.holder is wanted.holder]
