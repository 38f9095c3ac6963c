"""Processes that share out a piece of work and tell each other what they find."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

    Link = Connection[Any, Any]
    T = TypeVar("T")


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Member:
    """One process of a team: its number, and a way to hear from the others.

    Every member takes part in the same exchanges, in the same order. `links` lead from the first member
    to each other one, and from each other one to the first.
    """

    def __init__(self, number: int = 0, size: int = 1, links: Sequence[Link] = ()) -> None:
        self.number = number
        self.size = size
        self._links = links

    def exchange(self, mine: T) -> list[T]:
        """What every member has to say, in their order, its own included; waits for the slowest."""
        if self.number:
            self._links[0].send((mine, None))
            told: list[T] = self._links[0].recv()
            return told
        # The first hears everybody out before it speaks: two that both wrote would wait for each other.
        told = [mine, *(heard(link) for link in self._links)]
        for link in self._links:
            link.send(told)
        return told


def in_team(size: int, work: Callable[[Member], T]) -> list[T]:
    """What `work` returns in each of so many processes, in their order; this process is the first.

    The others are forked: they have everything that was read and imported before. What they return or raise
    is pickled; the first exception is raised here. Where a system cannot fork, the team is this process.
    """
    if size <= 1 or not hasattr(os, "fork"):
        return [work(Member())]
    from multiprocessing import get_context

    context = get_context("fork")
    pairs = [context.Pipe() for _ in range(size - 1)]
    others = [
        context.Process(target=_take_part, args=(work, number, size, pairs), daemon=True)
        for number in range(1, size)
    ]
    for process, (_, theirs) in zip(others, pairs, strict=True):
        process.start()
        theirs.close()
    links = [ours for ours, _ in pairs]
    try:
        results = [work(Member(0, size, links)), *(heard(link) for link in links)]
    except BaseException:
        for process in others:
            process.terminate()
        raise
    finally:
        for process in others:
            process.join()
        for link in links:
            link.close()
    return results


def heard(link: Link) -> Any:
    """What another member sends. Raises what it raised."""
    try:
        answer, error = link.recv()
    except EOFError:
        raise RuntimeError("a process ended before its work was done; was it killed?") from None
    if error is not None:
        raise error
    return answer


def _take_part(work: Callable[[Member], T], number: int, size: int, pairs: list[tuple[Link, Link]]) -> None:
    """The whole life of another process than the first."""
    link = pairs[number - 1][1]
    for each in (end for pair in pairs for end in pair if end is not link):
        # An end that is open here would keep its process waiting after the first one is gone.
        each.close()
    try:
        link.send((work(Member(number, size, [link])), None))
    except (BrokenPipeError, EOFError, KeyboardInterrupt):
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, the first process raises it
        link.send((None, error))
