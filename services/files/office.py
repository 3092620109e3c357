"""Word-processor files as PDF through headless LibreOffice: own profile, no macros, no links, no network, a time limit.

The original is only read; the PDF is a derived file beside it, or in a temporary folder.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from services.dossier.document import MediaType
from services.dossier.errors import CannotProceed
from services.files.ole import is_encrypted_doc
from services.wording import sentence

SUFFIX_OF = MappingProxyType({MediaType.DOCX: ".docx", MediaType.DOC: ".doc", MediaType.ODT: ".odt"})
DERIVED = ".derived.pdf"

_SECONDS = 120
_PROGRAMS = ("soffice", "libreoffice")
# Macros off, links never updated, nothing fetched from other places.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def libreoffice() -> str | None:
    """The LibreOffice program of this machine, or None."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def check_office(path: Path, media_type: MediaType) -> None:
    """Stop at what LibreOffice could not open either.

    Raises:
        CannotProceed: the document has a password, or this machine cannot read its format.
    """
    if media_type is MediaType.DOC and is_encrypted_doc(path):
        raise CannotProceed(sentence("files.office_password"))
    if media_type is not MediaType.DOCX and libreoffice() is None:
        raise CannotProceed(sentence("files.needs_libreoffice", kind=media_type.name))


def derive_pdf(path: Path, media_type: MediaType, into: Path) -> Path:
    """Convert a DOCX, DOC or ODT to a PDF in the folder `into`; gives the PDF's path.

    Raises:
        CannotProceed: no LibreOffice, a password, the time limit, or a file it cannot read.
    """
    check_office(path, media_type)
    program = libreoffice()
    if program is None:
        raise CannotProceed(sentence("files.needs_libreoffice", kind=media_type.name))
    with TemporaryDirectory(prefix="motcua-office-") as folder:
        made = _convert(program, path, media_type, Path(folder))
        target = into / derived_beside(path).name
        shutil.move(made, target)
    return target


def derived_beside(path: Path) -> Path:
    """Where the derived PDF of an original is looked for first."""
    return path.with_name(path.name + DERIVED)


@contextmanager
def as_pdf(path: Path, media_type: MediaType, *, keep: bool = False) -> Iterator[Path]:
    """The derived PDF: the one beside the original if it is there, else one that lives as long as the block.

    `keep` leaves the one made beside the original, in a folder that is ours.

    Raises:
        CannotProceed: as `derive_pdf`.
    """
    beside = derived_beside(path)
    if beside.is_file():
        yield beside
        return
    if keep:
        yield derive_pdf(path, media_type, path.parent)
        return
    with TemporaryDirectory(prefix="motcua-derived-") as folder:
        yield derive_pdf(path, media_type, Path(folder))


def _convert(program: str, path: Path, media_type: MediaType, folder: Path) -> Path:
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    # The name tells LibreOffice which filter to use: ours, by content, not the citizen's.
    source = folder / f"original{SUFFIX_OF[media_type]}"
    shutil.copyfile(path, source)
    _run(
        [
            *_without_network(),
            program,
            f"-env:UserInstallation={user.parent.as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "pdf:writer_pdf_Export",
            "--outdir",
            str(folder),
            str(source),
        ],
        folder,
    )
    made = folder / "original.pdf"
    if not made.is_file() or not made.stat().st_size:
        raise CannotProceed(sentence("files.conversion_failed"))
    return made


def _run(command: list[str], home: Path) -> None:
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(home), "LANG": "C.UTF-8"}
    # A session of its own, so that a conversion out of time is ended with all it started.
    process = subprocess.Popen(  # noqa: S603 -- fixed program, our own arguments
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise CannotProceed(sentence("files.conversion_slow", seconds=_SECONDS)) from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@cache
def _without_network() -> tuple[str, ...]:
    """A prefix that gives the child an empty network, where this machine lets us."""
    program = shutil.which("unshare")
    if program is None:
        return ()
    prefix = (program, "--user", "--map-root-user", "--net")
    tried = subprocess.run([*prefix, "true"], check=False, capture_output=True)  # noqa: S603 -- fixed program
    return prefix if tried.returncode == 0 else ()
