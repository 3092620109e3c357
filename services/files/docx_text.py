"""The text of a DOCX without LibreOffice: paragraphs and table rows in order, headers first (ECMA-376 part 1, §17).

Text boxes written twice for old programs (`mc:Fallback`) are read once; deleted text of tracked changes is left out.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from services.dossier.errors import CannotProceed, Refused
from services.files.packages import check_package
from services.wording import sentence

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset({"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", _W + "del"})
_BREAKS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_PART_LIMIT = 64 * 1024 * 1024
_DEEPEST = 200
_PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp")
NEW_PAGE = "\f"


def read_lines(path: Path) -> tuple[str, ...]:
    """The document's lines; cells of a table row are parted by tabs, a page break is a line of `NEW_PAGE`.

    Raises:
        CannotProceed: the package or its XML is broken.
        Refused: a bomb, or XML that declares entities.
    """
    try:
        with zipfile.ZipFile(path) as package:
            check_package(package)
            lines = [line for part in _parts(package) for line in _lines(_parsed(package, part), 0)]
    except DefusedXmlException as error:
        raise Refused(sentence("files.office_unsafe")) from error
    except (zipfile.BadZipFile, ParseError, KeyError, OSError, RuntimeError, NotImplementedError) as error:
        raise CannotProceed(sentence("files.office_broken")) from error
    return tuple(lines)


def pictures_in(path: Path) -> tuple[str, ...]:
    """The members of the package that are pictures: scans are often pasted into Word."""
    with zipfile.ZipFile(path) as package:
        return tuple(
            name for name in package.namelist() if name.startswith("word/media/") and name.lower().endswith(_PICTURES)
        )


def _parts(package: zipfile.ZipFile) -> list[str]:
    names = package.namelist()
    heads = sorted(name for name in names if name.startswith("word/header") and name.endswith(".xml"))
    feet = sorted(
        name for name in names if name.startswith(("word/footer", "word/footnotes")) and name.endswith(".xml")
    )
    return [*heads, "word/document.xml", *feet]


def _parsed(package: zipfile.ZipFile, part: str) -> Element:
    if package.getinfo(part).file_size > _PART_LIMIT:
        raise Refused(sentence("files.zip_bomb"))
    root: Element = fromstring(package.read(part), forbid_dtd=True)
    return root


def _lines(element: Element, depth: int) -> Iterator[str]:
    if depth > _DEEPEST or element.tag in _SKIPPED:
        return
    if element.tag == _W + "p":
        yield from _paragraph(element, depth)
    elif element.tag == _W + "tr":
        cells = [" ".join(_lines(cell, depth + 1)).replace("\n", " ").strip() for cell in element.iter(_W + "tc")]
        if any(cells):
            yield "\t".join(cell for cell in cells if cell)
    else:
        for child in element:
            yield from _lines(child, depth + 1)


def _paragraph(paragraph: Element, depth: int) -> Iterator[str]:
    text: list[str] = []
    boxed: list[str] = []
    _gather(paragraph, text, boxed, depth)
    for piece in "".join(text).splitlines(keepends=False) if NEW_PAGE not in text else _with_breaks("".join(text)):
        if piece.strip() or piece == NEW_PAGE:
            yield piece
    yield from boxed


def _with_breaks(text: str) -> Iterator[str]:
    for index, part in enumerate(text.split(NEW_PAGE)):
        if index:
            yield NEW_PAGE
        yield from part.split("\n")


def _gather(element: Element, text: list[str], boxed: list[str], depth: int) -> None:
    """Collect the runs of a paragraph; text boxes anchored in it are lines of their own."""
    for child in element:
        if depth > _DEEPEST or child.tag in _SKIPPED:
            continue
        if child.tag == _W + "txbxContent":
            boxed.extend(_lines(child, depth + 1))
        elif child.tag == _W + "t":
            text.append(child.text or "")
        elif child.tag == _W + "br" and child.get(_W + "type") == "page":
            text.append(NEW_PAGE)
        elif child.tag in _BREAKS:
            text.append(_BREAKS[child.tag])
        else:
            _gather(child, text, boxed, depth + 1)
