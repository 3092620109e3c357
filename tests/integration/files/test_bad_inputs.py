"""Every bad file ends in a clear outcome, in time and in memory, and the worker lives on."""

import os
from pathlib import Path

import pytest

from benchmarks.bad_inputs import MEMORY_MB, measure_file
from services.dossier.errors import CannotProceed, MotcuaError
from services.files.limits import Limits
from services.files.source import open_pages
from services.intake.examine import examine_file
from tests.builders.bad_files import ANY, kinds, page_with, pdf_of, write_bad_file

DATA = os.environ.get("MOTCUA_EVAL_DATA")
SLOW_S = 100


@pytest.mark.parametrize("kind", kinds())
def test_a_bad_file_ends_as_it_should(kind: str, tmp_path: Path) -> None:
    bad = write_bad_file(tmp_path, kind)
    found = measure_file(bad.path)
    assert found.outcome not in ("CRASH", "HANG"), found
    assert found.seconds < SLOW_S
    assert found.megabytes < MEMORY_MB
    if bad.expected == ANY:
        assert found.outcome in ("ok", "page CannotProceed", "CannotProceed")
    elif bad.expected.endswith(("Refused", "CannotProceed")):
        assert found.outcome == bad.expected, found.said
    else:
        assert found.outcome == "ok", found.said
        assert all(rule in found.said for rule in bad.expected.split(","))


def test_one_evil_page_costs_only_itself(tmp_path: Path) -> None:
    """The page before and the page after are drawn; the loop between is stopped."""
    path = tmp_path / "three.pdf"
    good, content = page_with(b"0 0 100 100 re f")
    loop = b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /N %s 0 R >> >>"
    forms = [
        loop % str(number + 1 if number < 19 else 10).encode()
        + b" /Length 60 >>\nstream\n%s\nendstream" % (b"/N Do " * 10)
        for number in range(7, 20)
    ]
    drawn = b"/Resources << /XObject << /N 7 0 R >> >>"
    evil = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R %s >>" % drawn
    pages = b"<< /Type /Pages /Kids [3 0 R 5 0 R 3 0 R] /Count 3 >>"
    draw = b"<< /Length 5 >>\nstream\n/N Do\nendstream"
    path.write_bytes(pdf_of(b"<< /Type /Catalog /Pages 2 0 R >>", pages, good, content, evil, draw, *forms))
    examined = examine_file(path, "three.pdf", Limits())
    with open_pages(path, examined.media_type, Limits()) as source:
        assert source.image(1).getextrema()[0] == (0, 255)
        with pytest.raises(CannotProceed):
            source.image(2)
        assert source.image(3).getextrema()[0] == (0, 255)


@pytest.mark.data
@pytest.mark.skipif(not DATA, reason="MOTCUA_EVAL_DATA names no folder of evaluation data")
def test_collected_bad_files_end_clearly_in_one_worker() -> None:
    """All of them one after the other in this very process, which must live."""
    limits = Limits()
    said = []
    for path in sorted((Path(DATA or "") / "bad_inputs").rglob("*.*")):
        if path.name == "manifest.json" or not path.is_file():
            continue
        try:
            examined = examine_file(path, path.name, limits)
            with open_pages(path, examined.media_type, limits) as source:
                source.image(1)
            said.append(examined.media_type.name)
        except MotcuaError as error:
            said.append(error.sentence.say())
    assert len(said) > 100
    assert all(said)
