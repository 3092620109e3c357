"""A font without ink, for text that is found and copied but not seen: every letter has no area and is half an em wide.

Method: the invisible text of scanned PDFs (text rendering mode 3, ISO 32000-2 §9.3.6), a CID font whose codes are
UTF-16 and whose ToUnicode map says so, as in Tesseract and OCRmyPDF; the font program is embedded as PDF/A asks.
"""

from importlib.resources import files

import pikepdf
from pikepdf import Array, Dictionary, Name

ADVANCE = 0.5
"""Width of every letter in ems."""

_NAME = Name("/MotcuaUnseen")
_UNITS = 1000
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
1 beginbfrange
<0001> <FFFD> <0001>
endbfrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def add_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """The font as an indirect object of this PDF."""
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=_NAME,
        Flags=5,  # fixed pitch, symbolic
        FontBBox=Array([0, 0, round(_UNITS * ADVANCE), _UNITS]),
        ItalicAngle=0,
        Ascent=_UNITS,
        Descent=0,
        CapHeight=_UNITS,
        StemV=80,
        FontFile2=pdf.make_stream(files("services.files").joinpath("unseen.ttf").read_bytes()),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=_NAME,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=round(_UNITS * ADVANCE),
        CIDToGIDMap=pdf.make_stream(b"\0\1" * 0x10000),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=_NAME,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(_TO_UNICODE),
        )
    )


def code_of(text: str) -> str:
    """Text as hexadecimal codes of the font; letters beyond the basic plane, which it lacks, are left out."""
    return "".join(f"{ord(letter):04X}" for letter in text if 0 < ord(letter) < 0xFFFE)  # noqa: PLR2004 - last of the map
