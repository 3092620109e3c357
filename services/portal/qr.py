"""A QR code as a picture inside a page."""

from io import BytesIO

import segno
from markupsafe import Markup

QUIET_ZONE = 4  # modules, ISO/IEC 18004


def qr_svg(text: str) -> Markup:
    """The text as an inline SVG, black on white also where the page is dark.

    Raises:
        segno.DataOverflowError: more text than a QR code holds (2,953 bytes).
    """
    drawn = BytesIO()
    segno.make(text, micro=False, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=False, border=QUIET_ZONE, dark="#000", light="#fff", scale=5,
        omitsize=True, svgclass="qr", lineclass=None, title="QR",
    )  # fmt: skip
    return Markup(drawn.getvalue().decode())  # noqa: S704 - drawn here from numbers, no text of anybody's in it
