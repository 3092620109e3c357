"""`motcua …`: every command of the product."""

import typer

app = typer.Typer(no_args_is_help=True, help="Motcua: hồ sơ một cửa / one-stop-shop dossiers.")


def main() -> None:
    """Entry point of the console script."""
    app()
