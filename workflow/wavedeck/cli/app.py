"""The program itself: what all commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

FINE, STOPPED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 fine, 1 something in data or settings stops, 2 wrong use.",
)

Directory = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Folder with config/ and data/, when it is not the current one."),
]


@app.callback(invoke_without_command=True)
def show_version(
    *, version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False
) -> None:
    """Rebuild a survey report each wave: raw responses in, a slide deck out."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"wavedeck {installed('wavedeck')}")
        raise typer.Exit(FINE)
