"""The small picture of a file on its way: upright, small, and a reason where there is none."""

import io

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from tests.integration.api.test_uploads import announce, send

TURNED_RIGHT = 6
"""EXIF: the picture lies on its side, as most telephones keep it."""


def picture_of(client: TestClient, data: bytes, name: str) -> tuple[int, bytes, str]:
    """Status, bytes and type of the answer."""
    address = announce(client, len(data), name)
    send(client, address, 0, data)
    answer = client.get(f"{address}/thumbnail.webp")
    return answer.status_code, answer.content, answer.headers["content-type"]


def photograph(form: str, size: tuple[int, int] = (4000, 3000)) -> bytes:
    """A large photograph, its left half dark, taken with the telephone turned."""
    photo = Image.new("RGB", size, "white")
    photo.paste("black", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[274] = TURNED_RIGHT
    held = io.BytesIO()
    photo.save(held, form, exif=exif)
    return held.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "WEBP"])
def test_a_photograph_stands_upright_and_is_small(client: TestClient, form: str) -> None:
    status, data, kind = picture_of(client, photograph(form), "IMG_1.jpg")
    assert (status, kind) == (200, "image/webp")
    small = np.asarray(Image.open(io.BytesIO(data)).convert("L"))
    assert small.shape == (320, 240)
    # turned a quarter to the right, what was on the left is on top
    assert small[20, 120] < 60
    assert small[300, 120] > 200


def test_the_first_page_of_a_pdf(client: TestClient) -> None:
    held = io.BytesIO()
    pages = [Image.new("RGB", (800, 1100), colour) for colour in ("green", "red")]
    pages[0].save(held, "PDF", save_all=True, append_images=pages[1:])
    status, data, _ = picture_of(client, held.getvalue(), "hai-trang.pdf")
    assert status == 200
    small = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    assert max(small.shape) == 320
    red, green, _ = small[100, 100]
    assert green > red


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.4 broken", "pdf_broken"),
        (b"\xff\xd8\xff\xe0 no photograph", "image_broken"),
        (b"MZ" + bytes(200), "program"),
        (b"just words", "not_accepted"),
    ],
)
def test_what_cannot_be_shown_says_why(client: TestClient, data: bytes, said: str) -> None:
    """The sentence that intake would have said later."""
    status, told, kind = picture_of(client, data, "x.pdf")
    assert (status, kind) == (422, "application/problem+json")
    assert f"files.{said}".encode() in told


def test_half_a_file_and_no_file_have_none(client: TestClient) -> None:
    data = photograph("JPEG")
    address = announce(client, len(data), "IMG_1.jpg")
    send(client, address, 0, data[:1000])
    assert client.get(f"{address}/thumbnail.webp").status_code == 422
    assert client.get("/v1/uploads/nobody-knows/thumbnail.webp").status_code == 404
