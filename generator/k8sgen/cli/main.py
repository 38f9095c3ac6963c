"""`k8sgen`: finds the command, and turns our errors into lines on standard error and an exit status.

Exit status: 0 done and nothing to say; 1 findings, such as stale output; 2 bad input or usage.
"""

from __future__ import annotations

import atexit
import errno
import gc
import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

from k8sgen import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

    from k8sgen.errors import Problem

COMMANDS = {
    "render": "Write the manifests of one or many services.",
    "lint": "Judge manifests and specs, at the line.",
    "explain": "Say what a service promises, and why each value is what it is.",
    "chart": "Write the Helm chart of a service.",
    "kustomize": "Write a kustomize base with an overlay per environment.",
    "app": "Write a Go service on Gin that fits a spec.",
    "values": "Show a spec in long form, every default filled in.",
    "schema": "Print the JSON Schema of service.yaml or k8sgen.yaml.",
    "init": "Start a service.yaml from a project directory.",
    "krm": "Be a KRM function, for kustomize and other orchestrators.",
    "completion": "Print the completion script of a shell.",
}
"""Commands and their one-line help, so that `k8sgen --help` imports none of them."""

INTERRUPTED = 130
"""What shells report of a program that SIGINT ended."""

SHOWN_CONTROLS = {
    code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"
}


class ReaderGoneError(Exception):
    """Whoever read standard output has stopped; click would end with the status of findings."""


class LazyGroup(click.Group):
    """A group that imports a command when it runs."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGoneError from error

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """The commands, in the order in which a new user meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's own signature
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"k8sgen.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's own signature
        """The list of commands, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that was meant; a misspelt one is answered with the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            close = difflib.get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean {close[0]}?" if close else ""
            ctx.fail(f'There is no command "{args[0]}".{hint}')
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="k8sgen %(version)s")
def cli() -> None:
    """One short service.yaml in; Kubernetes manifests that survive production out.

    \b
    Three lines are enough to begin:
      name: orders
      image: ghcr.io/acme/orders:1.4.2
      port: 8080

    `k8sgen render service.yaml` prints the manifests; every value that the tool chose carries its
    reason. Exit status: 0 clean, 1 findings (such as stale output), 2 bad input.
    """  # noqa: D301 - \b is click's mark for lines that keep their breaks


def main() -> NoReturn:
    """Run the command line."""
    # Pydantic asks every installed distribution for plugins, which costs as much as a fifth of a run.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Importing makes no garbage, and what is left at the end goes with the process: to look for garbage there
    # would take a sixth of a short run.
    gc.set_threshold(100_000)
    atexit.register(gc.freeze)
    prepare_streams()
    try:
        status = cli(prog_name="k8sgen", standalone_mode=False, color=color())
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        status = stop.exit_code
    except click.ClickException as error:
        error.show()
        status = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        status = INTERRUPTED
    except ReaderGoneError:
        status = drop_output()
    except OSError as error:
        status = report_broken_output(error)
    except Exception as error:  # noqa: BLE001 - what is not ours is raised again
        status = report_input_error(error)
    sys.exit(status if isinstance(status, int) else 0)


def prepare_streams() -> None:
    """Manifests are UTF-8 wherever they are made; a stream that was closed takes nothing, and says nothing."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number: no file that is opened later gets it
    if sys.stdout is None:
        sys.stdout = nowhere()
    if sys.stderr is None:
        sys.stderr = nowhere()
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def nowhere() -> TextIO:
    """A stream that takes everything, open as long as the process."""
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - importing pathlib takes as long as all of click


def color() -> bool | None:
    """Whether styles are printed: never with NO_COLOR (https://no-color.org), else on terminals only."""
    return False if os.environ.get("NO_COLOR") else None


def drop_output() -> int:
    """Let nothing more be written, or Python would complain when it closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def report_broken_output(error: OSError) -> int:
    """Say why standard output takes no more; any other error of the system is a bug."""
    if error.filename or error.errno not in {
        errno.EPIPE,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EFBIG,
        errno.EIO,
    }:
        raise error
    drop_output()
    if error.errno == errno.EPIPE:
        return 0
    from k8sgen.errors import system_words

    click.echo(f"standard output cannot be written: {system_words(error)}", err=True)
    return 2


def report_input_error(error: Exception) -> int:
    """Print what is wrong with the input; anything that is not our own error is a bug and keeps its traceback."""
    from k8sgen.errors import InputError

    if not isinstance(error, InputError):
        raise error
    print_problems(error.problems)
    return 2


def print_problems(problems: Iterable[Problem]) -> None:
    """Problems on standard error, the most important part of each standing out on a terminal.

    Control characters of names and values are shown, not obeyed.
    """
    for problem in problems:
        first, *rest = str(problem).translate(SHOWN_CONTROLS).split("\n")
        click.echo(click.style(first, bold=True), err=True, color=color())
        for line in rest:
            click.echo(line, err=True)


if __name__ == "__main__":
    main()
