"""`k8sgen completion`."""

from __future__ import annotations

import click


@click.command(name="completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print the completion script of a shell.

    \b
    eval "$(k8sgen completion bash)"                                  in ~/.bashrc
    eval "$(k8sgen completion zsh)"                                   in ~/.zshrc
    k8sgen completion fish > ~/.config/fish/completions/k8sgen.fish
    """  # noqa: D301 - \b is click's mark for lines that keep their breaks
    from click.shell_completion import get_completion_class

    from k8sgen.cli.main import cli

    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - the choice above lists what click knows
    click.echo(kind(cli, {}, "k8sgen", "_K8SGEN_COMPLETE").source())
    return 0
