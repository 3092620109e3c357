"""The project's own files as the agreement tests look at them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file git knows or would add, relative to the project's root; what it ignores is nobody's business."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return tuple(Path(name) for name in sorted(listed.stdout.split("\0")) if name and (ROOT / name).is_file())


def python_files(*folders: str) -> list[Path]:
    """The Python files below these folders, relative to the project's root."""
    return [path for path in tracked_files() if path.suffix == ".py" and path.parts[0] in folders]


def read(path: Path | str) -> str:
    """A file of the project as text."""
    return (ROOT / path).read_text("utf-8")
