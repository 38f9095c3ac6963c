"""`k8sgen`: finds the command, and turns our errors into lines on standard error and an exit status.

Exit status: 0 done and nothing to say; 1 findings, such as stale output; 2 bad input or usage.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from k8sgen import __version__

COMMANDS = {
    "render": "Write the manifests of one or many services.",
    "explain": "Say what a service promises, and why each value is what it is.",
    "values": "Show a spec in long form, every default filled in.",
    "schema": "Print the JSON Schema of service.yaml or k8sgen.yaml.",
    "init": "Start a service.yaml from a project directory.",
    "completion": "Print the completion script of a shell.",
}
"""Commands and their one-line help, so that `k8sgen --help` imports none of them."""


class LazyGroup(click.Group):
    """A group that imports a command when it runs."""

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
    try:
        status = cli(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        status = stop.exit_code
    except click.ClickException as error:
        error.show()
        status = 2
    except click.Abort:
        click.echo("interrupted", err=True)
        status = 130
    except BrokenPipeError:
        # The reader has what it wanted; without this Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except Exception as error:
        status = report_input_error(error)
    sys.exit(status if isinstance(status, int) else 0)


def report_input_error(error: Exception) -> int:
    """Print what is wrong with the input; anything that is not our own error is a bug and keeps its traceback."""
    from k8sgen.errors import InputError

    if not isinstance(error, InputError):
        raise error
    print_problems(error.problems)
    return 2


def print_problems(problems: Any) -> None:
    """Problems on standard error, the most important part of each standing out on a terminal."""
    for problem in problems:
        first, *rest = str(problem).split("\n")
        click.echo(click.style(first, bold=True), err=True)
        for line in rest:
            click.echo(line, err=True)


if __name__ == "__main__":
    main()
