"""Processes that share out a piece of work and tell each other what they find.

Less than `multiprocessing` can do, since importing that takes longer than many a run has to gain: the others
are forked, everything that is told is pickled into a file of its own process, and pipes carry only lengths.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    T = TypeVar("T")

LENGTH = 8
"""Bytes of a number in a pipe: of a task, or of how much was written. A negative length is that of an exception."""


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def encoded(numbers: Iterable[int]) -> bytes:
    """Numbers as they go through pipes."""
    return b"".join(number.to_bytes(LENGTH, "big", signed=True) for number in numbers)


class Link(NamedTuple):
    """This process's ends of two pipes, from another process and to it."""

    source: int
    target: int

    def send(self, *lengths: int) -> None:
        """Tell how much was written."""
        os.write(self.target, encoded(lengths))

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


class Team(NamedTuple):
    """What its members share."""

    size: int = 1
    tasks: int = 0
    queue: int = -1
    """A pipe that holds the numbers of the tasks."""
    boards: Sequence[int] = ()
    """The files that the members write, each its own."""


class Member:
    """One process of a team: its number, and a way to hear from the others.

    Every member takes part in the same exchanges, in the same order. `links` lead from the first member
    to each other one, and from each other one to the first.
    """

    def __init__(self, team: Team, number: int = 0, links: Sequence[Link] = ()) -> None:
        self.number = number
        self.size = team.size
        self._team = team
        self._read = [0] * team.size
        """How far each board was read, or written."""
        self._links = links

    def claims(self) -> Iterator[int]:
        """The numbers of tasks that nobody else does, one after the other: a faster process does more of them."""
        if self.size == 1:
            yield from range(self._team.tasks)
            return
        while number := os.read(self._team.queue, LENGTH):
            yield int.from_bytes(number, "big", signed=True)

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
            done += os.pwrite(self._team.boards[self.number], content[done:], self._read[self.number] + done)
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
            parts.append(os.pread(self._team.boards[number], end - self._read[number], self._read[number]))
            self._read[number] += len(parts[-1])
        return pickle.loads(b"".join(parts))  # noqa: S301 - this run's own processes have written it


_leaving: list[int] = []
"""Processes that have told their results and are about to end, which nobody need wait for."""


def in_team(size: int, work: Callable[[Member], T], tasks: int = 0) -> list[T]:
    """What `work` returns in each of so many processes, in their order; this process is the first.

    Its members share out so many tasks between them, at most 1,000: pipes of all systems hold as many numbers.
    The others are forked: they have everything that was read and imported before. What they return or raise
    is pickled; the first exception is raised here. Where a system cannot fork, or has no place for temporary
    files, the team is this process.
    """
    alone = Team(tasks=tasks)
    if size <= 1 or not hasattr(os, "fork"):
        return [work(Member(alone))]
    from contextlib import ExitStack
    from tempfile import TemporaryFile

    _leaving[:] = filter(_is_there, _leaving)
    others: list[int] = []
    with ExitStack() as stack:
        try:
            boards = [stack.enter_context(TemporaryFile(buffering=0)).fileno() for _ in range(size)]
        except FileNotFoundError:
            return [work(Member(alone))]
        queue, numbers = os.pipe()
        stack.callback(os.close, queue)
        os.write(numbers, encoded(range(tasks)))
        os.close(numbers)
        team = Team(size, tasks, queue, boards)
        links: list[Link] = []
        try:
            for number in range(1, size):
                to_here, to_there = os.pipe(), os.pipe()
                process = os.fork()
                if not process:
                    # An end that is open here would keep its process waiting after the first one is gone.
                    for end in (*(end for link in links for end in link), to_here[0], to_there[1]):
                        os.close(end)
                    link = Link(to_there[0], to_here[1])
                    _take_part(work, Member(team, number, [link]), link)
                others.append(process)
                os.close(to_here[1])
                os.close(to_there[0])
                links.append(Link(to_here[0], to_there[1]))
                stack.callback(links[-1].close)
            first = Member(team, 0, links)
            results = first.results(work(first))
        except BaseException:
            _end(others)
            raise
    _leaving.extend(others)
    return results


def _is_there(process: int) -> bool:
    """Whether a process is still about to end; one that has ended is heard of no more."""
    try:
        return os.waitpid(process, os.WNOHANG) == (0, 0)
    except ChildProcessError:  # the program waits for all its processes
        return False


def _end(processes: Sequence[int]) -> None:
    """Stop processes whose work nobody waits for any more."""
    from signal import SIGTERM

    for process in processes:
        os.kill(process, SIGTERM)
        os.waitpid(process, 0)


def _take_part(work: Callable[[Member], object], member: Member, link: Link) -> NoReturn:
    """The whole life of another process than the first, to which the link leads."""
    try:
        link.send(member.write(work(member)))
    except (BrokenPipeError, EOFError, KeyboardInterrupt):
        pass
    except Exception as error:  # noqa: BLE001 - whatever it is, the first process raises it
        link.send(-member.write(error))
    finally:
        os._exit(0)
