"""A file of procedures as it comes: gzipped or not, JSON or lines, or nothing of the kind."""

import gzip
import json

import pytest

from services.catalogue import source
from services.catalogue.source import read_procedures
from services.dossier.errors import Refused

ROW = {"code": "1.000001", "name_vi": "Thủ tục"}
TEXT = json.dumps([ROW]).encode()
# the same bytes every time: processes that share the tests must see the same names
ZIPPED = gzip.compress(TEXT, mtime=0)


@pytest.mark.parametrize("raw", [TEXT, ZIPPED, b"\xef\xbb\xbf" + json.dumps(ROW).encode() + b"\n"])
def test_it_is_read(raw: bytes) -> None:
    assert [one.code for one in read_procedures(raw, "a").procedures] == ["1.000001"]


@pytest.mark.parametrize("raw", [b"", b"{", b"[1]", b"\x1f\x8b\x00", ZIPPED[:20], b"[" * 100_000, b"\xff"])
def test_it_is_refused_with_its_name(raw: bytes) -> None:
    with pytest.raises(Refused) as found:
        read_procedures(raw, "danh-muc.json")
    assert "danh-muc.json" in found.value.sentence.say()


def test_what_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MOST_BYTES", 10_000)
    with pytest.raises(Refused):
        read_procedures(gzip.compress(b"[" + b" " * 50_000 + b"]"), "a")
