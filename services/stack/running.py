"""Where a running embedded stack keeps its database and its objects, told in its data folder to commands beside it."""

import json
import os
from pathlib import Path

from services.settings import Settings, get_settings

TOLD = "running.json"
NAMES = ("database_url", "store_url")


def tell_running(folder: Path, settings: Settings) -> None:
    """Write it down, for the owner of the folder alone."""
    forget_running(folder)
    with os.fdopen(os.open(folder / TOLD, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump({name: getattr(settings, name) for name in NAMES}, file)


def forget_running(folder: Path) -> None:
    """The stack has stopped."""
    (folder / TOLD).unlink(missing_ok=True)


def settings_here() -> Settings:
    """The settings; where the environment names no database, those of the stack that runs in the data folder."""
    settings = get_settings()
    path = settings.data_folder / TOLD
    if "database_url" in settings.model_fields_set or not (path.is_file() and os.access(path, os.R_OK)):
        return settings
    told = json.loads(path.read_text("utf-8"))
    return settings.model_copy(update={name: told[name] for name in NAMES if name not in settings.model_fields_set})
