"""Writes sheets as a born-digital PDF with a text layer and embedded fonts, or images as a scanner's PDF."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from samples.paint import seal_mask
from samples.sheet import INKS, Sheet

SEAL_DPI = 150


def font_name(path: Path) -> str:
    """Registers the font once and gives its name."""
    name = f"{path.parent.name}-{path.stem}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(path)))
    return name


def write_pdf(sheets: Sequence[Sheet], path: Path) -> None:
    """One page a sheet; the same sheets give the same bytes."""
    canvas = Canvas(str(path), invariant=1)
    for sheet in sheets:
        canvas.setPageSize(sheet.size)
        draw_sheet(canvas, sheet)
        canvas.showPage()
    canvas.save()


def draw_sheet(canvas: Canvas, sheet: Sheet) -> None:
    """Tint, strokes, words, then seals over them."""
    height = sheet.size[1]
    canvas.setFillColorRGB(*(part / 255 for part in sheet.tint))
    canvas.rect(0, 0, sheet.size[0], height, stroke=0, fill=1)
    for picture in sheet.pictures:
        canvas.drawImage(
            ImageReader(picture.image), picture.x, height - picture.y - picture.height, picture.width, picture.height
        )
    for stroke in sheet.strokes:
        canvas.setStrokeColorRGB(*(part / 255 for part in INKS[stroke.ink]))
        canvas.setLineWidth(stroke.width)
        canvas.setDash([stroke.width, stroke.dash] if stroke.dash else [])
        line = canvas.beginPath()
        line.moveTo(stroke.points[0][0], height - stroke.points[0][1])
        for x, y in stroke.points[1:]:
            line.lineTo(x, height - y)
        canvas.drawPath(line)
    for run in sheet.runs():
        canvas.setFillColorRGB(*(part / 255 for part in INKS[run.ink]))
        canvas.setFont(font_name(run.font), run.size)
        canvas.drawString(run.x, height - run.y, run.text)
    for seal in sheet.seals:
        mask = seal_mask(seal.text, seal.radius, SEAL_DPI, seal.turn)
        image = Image.new("RGBA", mask.size, INKS["red"])
        image.putalpha(mask)
        side = mask.width * 72 / SEAL_DPI
        canvas.drawImage(ImageReader(image), seal.x - side / 2, height - seal.y - side / 2, side, side, mask="auto")


def write_scan_pdf(images: Sequence[Image.Image], path: Path, dpi: int, quality: int) -> None:
    """One JPEG a page, no text layer, as office scanners do."""
    canvas = Canvas(str(path), invariant=1)
    for image in images:
        size = (image.width * 72 / dpi, image.height * 72 / dpi)
        held = BytesIO()
        image.convert("RGB").save(held, "JPEG", quality=quality)
        held.seek(0)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(held), 0, 0, *size)
        canvas.showPage()
    canvas.save()
