"""Schedules of CronJobs.

Source: `github.com/robfig/cron/v3` (ParseStandard), `pkg/apis/batch/validation`: validateScheduleFormat,
validateTimeZone. Which time zones there are is the cluster's business.
"""

from __future__ import annotations

import re

MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
DAYS = {name: number for number, name in enumerate(["sun", "mon", "tue", "wed", "thu", "fri", "sat"])}
FIELDS: tuple[tuple[str, int, int, dict[str, int]], ...] = (
    ("minute", 0, 59, {}),
    ("hour", 0, 23, {}),
    ("day of the month", 1, 31, {}),
    ("month", 1, 12, MONTHS),
    ("day of the week", 0, 6, DAYS),
)
NAMED = ("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly")
_EVERY = "@every "
_is_duration = re.compile(r"[-+]?(?:0|(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+)").fullmatch
_is_number = re.compile(r"\+?[0-9]+").fullmatch
_is_zone_part = re.compile(r"[A-Za-z0-9_+-]{1,14}").fullmatch


def schedule(text: str) -> str:
    """The reason against a schedule of five fields or a name such as `@daily`, from 1.29 on."""
    return "names a time zone, which belongs into timeZone" if "TZ" in text else zoned_schedule(text)


def zoned_schedule(text: str) -> str:
    """The same before 1.29, when a schedule could start with a time zone: `TZ=UTC 0 4 * * *`."""
    if text.startswith(("TZ=", "CRON_TZ=")):
        zone, _, text = text.partition(" ")
        if reason := time_zone(zone.partition("=")[2]):
            return reason
        text = text.strip()
    if text.startswith("@"):
        return _named(text)
    parts = text.split()
    if len(parts) != len(FIELDS):
        return f"is no schedule: it needs {len(FIELDS)} fields, minute to day of the week"
    for part, (name, low, high, words) in zip(parts, FIELDS, strict=True):
        for choice in filter(None, part.split(",")):
            if reason := _choice(choice, low, high, words):
                return f'is no schedule: in the {name}, "{choice}" {reason}'
    return ""


def _named(text: str) -> str:
    if text.startswith(_EVERY):
        if _is_duration(text.removeprefix(_EVERY)):
            return ""
        return "is no schedule: @every takes a duration such as 1h30m"
    return "" if text in NAMED else f"is no schedule: the names are {', '.join(NAMED)}"


def _choice(text: str, low: int, high: int, words: dict[str, int]) -> str:
    """One of the choices of a field: `5`, `mon-fri`, `*/15`, `10-30/5`."""
    span, *steps = text.split("/")
    ends = span.split("-")
    if len(steps) > 1 or (len(ends) > 2 and ends[0] not in {"*", "?"}):
        return "has one sign too many"
    first, last = low, high
    if ends[0] not in {"*", "?"}:
        numbers = [_number(end, words) for end in ends]
        if None in numbers:
            return "is no number"
        first = numbers[0] or 0
        last = high if len(ends) == 1 and steps else numbers[-1] or 0
    if first < low or last > high:
        return f"is out of range, it must be {low} to {high}"
    if first > last:
        return "ends before it starts"
    if steps and not _is_number(steps[0]):
        return "has a step that is no number"
    return "has a step of 0" if steps and not int(steps[0]) else ""


def _number(text: str, words: dict[str, int]) -> int | None:
    if text.lower() in words:
        return words[text.lower()]
    return int(text) if _is_number(text) else None


def time_zone(text: str) -> str:
    """The reason against the name of a time zone, whichever there are."""
    if not text:
        return "is no time zone"
    if text.lower() == "local":
        return "is no time zone of its own, write one such as Europe/Berlin"
    for part in text.split("/"):
        if part in {".", ".."} or part.startswith("-") or not _is_zone_part(part):
            return "is no time zone"
    return ""
