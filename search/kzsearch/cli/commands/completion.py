"""``kzsearch completion``: what a shell needs to complete commands and options."""

from __future__ import annotations

import click

__all__ = ["completion"]

_VARIABLE = "_KZSEARCH_COMPLETE"
"""Set by the scripts below when they ask ``kzsearch`` for completions; named by click's rule."""


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script for a shell.

    \b
    bash, in ~/.bashrc:                     eval "$(kzsearch completion bash)"
    zsh, in ~/.zshrc:                       eval "$(kzsearch completion zsh)"
    fish, in ~/.config/fish/config.fish:    kzsearch completion fish | source
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None  # click knows all three
    click.echo(kind(context.find_root().command, {}, "kzsearch", _VARIABLE).source())
