"""Processes that share out a piece of work and tell each other what they find.

Less than `multiprocessing` can do, since importing that takes longer than many a run has to gain: the others
are forked, everything that is told is pickled into a file of its own process, and pipes carry only lengths.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    T = TypeVar("T")

LENGTH = 8
"""Bytes of a length in a pipe; a negative one is that of an exception."""


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Link(NamedTuple):
    """This process's ends of two pipes, from another process and to it."""

    source: int
    target: int

    def send(self, *lengths: int) -> None:
        """Tell how much was written."""
        os.write(self.target, b"".join(length.to_bytes(LENGTH, "big", signed=True) for length in lengths))

    def receive(self) -> int:
        """Wait for a length. Raises EOFError when the other process is gone."""
        told = os.read(self.source, LENGTH)
        if not told:
            raise EOFError
        return int.from_bytes(told, "big", signed=True)

    def close(self) -> None:
        """Close both ends."""
        os.close(self.source)
        os.close(self.target)


class Member:
    """One process of a team: its number, and a way to hear from the others.

    Every member takes part in the same exchanges, in the same order. `boards` are the files that the members
    write, `links` lead from the first member to each other one, and from each other one to the first.
    """

    def __init__(
        self, number: int = 0, size: int = 1, boards: Sequence[int] = (), links: Sequence[Link] = ()
    ) -> None:
        self.number = number
        self.size = size
        self._boards = boards
        self._read = [0] * size
        """How far each board was read, or written."""
        self._links = links

    def exchange(self, mine: T) -> list[T]:
        """What every member has to say, in their order, its own included; waits for the slowest."""
        if self.size == 1:
            return [mine]
        length = self.write(mine)
        if self.number:
            self._links[0].send(length)
            lengths = [self._links[0].receive() for _ in range(self.size)]
        else:
            lengths = [length, *self._hear()]
            for link in self._links:
                link.send(*lengths)
        return [
            mine if number == self.number else self._read_from(number, length)
            for number, length in enumerate(lengths)
        ]

    def results(self, mine: T) -> list[T]:
        """What every member returns, for the first one. Raises what one of them has raised."""
        return [mine, *(self._read_from(number, length) for number, length in enumerate(self._hear(), 1))]

    def write(self, value: object) -> int:
        """Put a value on the own board; its length."""
        import pickle

        content = memoryview(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        done = 0
        while done < len(content):
            done += os.pwrite(self._boards[self.number], content[done:], self._read[self.number] + done)
        self._read[self.number] += done
        return done

    def _hear(self) -> list[int]:
        """The lengths of what the others have written, for the first member."""
        lengths = []
        for number, link in enumerate(self._links, 1):
            try:
                length = link.receive()
            except EOFError:
                raise RuntimeError("a process ended before its work was done; was it killed?") from None
            if length < 0:
                error: Exception = self._read_from(number, -length)
                raise error
            lengths.append(length)
        return lengths

    def _read_from(self, number: int, length: int) -> Any:
        import pickle

        parts: list[bytes] = []
        end = self._read[number] + length
        while self._read[number] < end:
            parts.append(os.pread(self._boards[number], end - self._read[number], self._read[number]))
            self._read[number] += len(parts[-1])
        return pickle.loads(b"".join(parts))  # noqa: S301 - this run's own processes have written it


_leaving: list[int] = []
"""Processes that have told their results and are about to end, which nobody need wait for."""


def in_team(size: int, work: Callable[[Member], T]) -> list[T]:
    """What `work` returns in each of so many processes, in their order; this process is the first.

    The others are forked: they have everything that was read and imported before. What they return or raise
    is pickled; the first exception is raised here. Where a system cannot fork, the team is this process.
    """
    if size <= 1 or not hasattr(os, "fork"):
        return [work(Member())]
    from contextlib import ExitStack
    from tempfile import TemporaryFile

    _leaving[:] = [process for process in _leaving if os.waitpid(process, os.WNOHANG) == (0, 0)]
    others: list[int] = []
    with ExitStack() as stack:
        boards = [stack.enter_context(TemporaryFile(buffering=0)).fileno() for _ in range(size)]
        links: list[Link] = []
        try:
            for number in range(1, size):
                to_here, to_there = os.pipe(), os.pipe()
                process = os.fork()
                if not process:
                    # An end that is open here would keep its process waiting after the first one is gone.
                    for end in (*(end for link in links for end in link), to_here[0], to_there[1]):
                        os.close(end)
                    _take_part(work, Member(number, size, boards, [Link(to_there[0], to_here[1])]))
                others.append(process)
                os.close(to_here[1])
                os.close(to_there[0])
                links.append(Link(to_here[0], to_there[1]))
                stack.callback(links[-1].close)
            first = Member(0, size, boards, links)
            results = first.results(work(first))
        except BaseException:
            _end(others)
            raise
    _leaving.extend(others)
    return results


def _end(processes: Sequence[int]) -> None:
    """Stop processes whose work nobody waits for any more."""
    from signal import SIGTERM

    for process in processes:
        os.kill(process, SIGTERM)
        os.waitpid(process, 0)


def _take_part(work: Callable[[Member], object], member: Member) -> NoReturn:
    """The whole life of another process than the first."""
    link = member._links[0]  # noqa: SLF001 - the same class in all but name
    try:
        link.send(member.write(work(member)))
    except (BrokenPipeError, EOFError, KeyboardInterrupt):
        pass
    except Exception as error:  # noqa: BLE001 - whatever it is, the first process raises it
        link.send(-member.write(error))
    finally:
        os._exit(0)
