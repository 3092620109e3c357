"""Commands beside a running stack find its database by the data folder, and say so where none runs."""

import os
import subprocess
import sys
from pathlib import Path

from services.settings import Settings
from services.stack.supervisor import Plan, Stack


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    return subprocess.run(
        [sys.executable, "-m", "services.cli", *arguments], env=kept | {"MOTCUA_DATA_FOLDER": str(folder)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_an_account_is_made_beside_a_running_stack(tmp_path: Path) -> None:
    """Nothing is set but the data folder; once the stack has stopped, a sentence says what to do."""
    folder = tmp_path / "data"
    with Stack(Plan(folder, readers=1), Settings(data_folder=folder)):
        made = run(folder, "account", "add", "can.bo", "--role", "handler", "--unit", "06463")
        assert made.returncode == 0, made.stderr
        assert "can.bo" in run(folder, "account", "list").stdout
        assert run(folder, "replay").returncode == 0
    alone = run(folder, "account", "list")
    assert alone.returncode == 1
    assert "make serve" in alone.stderr
