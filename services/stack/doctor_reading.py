"""Whether pages can be read here: the engines, LibreOffice, and the fonts that samples are drawn with."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from services.dossier.errors import CannotProceed
from services.ocr.engine import ENGINES, FALLBACK, EngineOptions, make_engine
from services.ocr.trueocr_models import ADAPTED, read_adapted
from services.settings import Settings
from services.stack.diagnosis import Diagnosis, State, lacking, well

FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/usr/share/texmf/fonts"))
FONT_PACKAGES = {
    "fonts-liberation2": "LiberationSerif-Regular.ttf",
    "fonts-croscore": "Tinos-Regular.ttf",
    "fonts-texgyre": "texgyretermes-regular.otf",
    "fonts-noto-core": "NotoSerif-Regular.ttf",
    "fonts-dejavu": "DejaVuSerif.ttf",
}


def check_engines(settings: Settings) -> Iterator[Diagnosis]:
    """Start every engine; the one that is configured must start."""
    chosen = settings.ocr_engine
    found = {name: _check_engine(name, settings, required=name == chosen) for name in _in_order(chosen)}
    instead = FALLBACK.get(chosen, "")
    if found[chosen].state is State.MISSING and instead and found[instead].state is State.OK:
        found[chosen] = replace(found[chosen], state=State.OPTIONAL)
        yield lacking("engine", "engine_falls_back", required=False, name=chosen, instead=instead)
    yield from found.values()


def _in_order(chosen: str) -> list[str]:
    return [chosen, *(other for other in ENGINES if other != chosen)]


def _check_engine(name: str, settings: Settings, *, required: bool) -> Diagnosis:
    row = f"engine {name}"
    try:
        make_engine(name, EngineOptions(settings.tessdata, settings.page_seconds))
    except CannotProceed as error:
        return Diagnosis(row, State.MISSING if required else State.OPTIONAL, error.sentence)
    except (ImportError, OSError, RuntimeError) as error:
        return lacking(row, "engine_failed", required=required, name=name, error=type(error).__name__)
    return well(row, "engine_starts", name=name)


def check_reader() -> Diagnosis:
    """The recogniser's adapted part; the wheel's own reads without it."""
    try:
        found = read_adapted()
    except CannotProceed as error:
        return Diagnosis("reader", State.MISSING, error.sentence)
    return well("reader", "reader") if found else lacking("reader", "no_reader", required=False, file=ADAPTED.name)


def check_libreoffice() -> Diagnosis:
    """LibreOffice, for word-processor files of old formats."""
    if shutil.which("soffice") or shutil.which("libreoffice"):
        return well("libreoffice", "libreoffice")
    return lacking("libreoffice", "no_libreoffice", required=False)


def check_fonts() -> Diagnosis:
    """Fonts for `make samples`; nothing else draws."""
    there = {path.name.lower() for folder in FONT_FOLDERS for path in folder.rglob("*.[to]tf")}
    missing = [package for package, file in FONT_PACKAGES.items() if file.lower() not in there]
    if missing:
        return lacking("fonts", "no_fonts", required=False, packages=" ".join(missing))
    return well("fonts", "fonts")
