"""One dossier end to end with the real stages, on the embedded servers and on RabbitMQ with S3."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from services.catalogue.shipped import load_shipped
from services.settings import Settings
from services.storage.database import connect
from services.storage.derived import PictureSize, picture_key, reading_key
from services.storage.objects import open_store
from services.storage.procedures import add_missing
from tests.builders import seaweed
from tests.builders.road import all_arrived, problems, road_of, roads, wait_for

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
LINES = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

TỜ KHAI ĐĂNG KÝ KHAI SINH

Kính gửi: Ủy ban nhân dân phường Đông Kinh, tỉnh Lạng Sơn

Họ, chữ đệm, tên người yêu cầu: Nông Thị Hoa
Nơi cư trú: phường Đông Kinh, tỉnh Lạng Sơn
Số định danh cá nhân: 020190001234
Quan hệ với người được khai sinh: Mẹ

Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:
Họ, chữ đệm, tên: Nông Minh An
Ngày, tháng, năm sinh: 02/11/2026
Giới tính: Nam      Dân tộc: Tày      Quốc tịch: Việt Nam"""


def draw_page(path: Path) -> None:
    """A declaration as a scanner at 200 dpi would see it."""
    page = Image.new("L", (1654, 2339), 255)
    draw, font = ImageDraw.Draw(page), ImageFont.truetype(str(FONT), 34)
    for number, line in enumerate(LINES.splitlines()):
        draw.text((160, 160 + 66 * number), line, 0, font)
    page.save(path, dpi=(200, 200))


@pytest.fixture(params=["embedded", "servers"])
def whole_settings(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """Settings of each column of the architecture in turn."""
    if request.param == "embedded":
        return settings.model_copy(update={"broker_url": request.getfixturevalue("valkey").url})
    store: seaweed.SeaweedServer = request.getfixturevalue("seaweed_s3")
    update = {
        "broker_url": request.getfixturevalue("rabbit").url,
        "store_url": store.url,
        "store_access_key": seaweed.ACCESS_KEY,
        "store_secret_key": seaweed.SECRET_KEY,
    }
    return Settings.model_validate(settings.model_dump() | update)


@pytest.mark.skipif(not FONT.exists(), reason="needs the font of fonts-dejavu-core")
def test_birth_registration_from_picture_to_findings(whole_settings: Settings, tmp_path: Path) -> None:
    """A picture of a declaration and a broken file: read, named, timed; the broken one waits with its reason."""
    draw_page(tmp_path / "to-khai.png")
    (tmp_path / "hong.pdf").write_bytes(b"%PDF-1.7 cut off")
    with connect(whole_settings.database_url) as connection:
        add_missing(connection, load_shipped())
        with road_of(whole_settings, tmp_path) as road:
            road.start_relay()
            road.start_worker(1, real=True)
            content = [tmp_path / "to-khai.png", tmp_path / "hong.pdf"]
            code = road.hand_in(["to-khai.png", "hong.pdf"], content=content).code
            wait_for(lambda: all_arrived(connection), 120)
        assert problems(connection) == []
        assert roads(connection)[code] == "waits_for_person"
        kinds = connection.execute("SELECT kind FROM paper").fetchall()
        assert kinds == [("birth_registration_declaration",)]
        found: dict[str, str] = dict(connection.execute("SELECT name, value FROM field").fetchall())
        assert found["applicant_citizen_id"] == "020190001234"
        assert found["date_of_birth"] == "2026-11-02"
        keys = connection.execute("SELECT key FROM document WHERE number = 1").fetchone()
        read = connection.execute("SELECT id FROM stage_run WHERE stage = 'ocr'").fetchone()
        assert keys is not None
        assert read is not None
        store = open_store(whole_settings)
        derived = [picture_key(keys[0], 1, size) for size in PictureSize]
        assert all(map(store.exists, [*derived, *(reading_key(keys[0], read[0], kind) for kind in ("json", "txt"))]))
        dossier = connection.execute("SELECT procedure, due_at, lane FROM dossier").fetchone()
    assert dossier is not None
    assert dossier[0] == "1.001193"
    assert dossier[1] is not None
    assert dossier[2] == "express"
