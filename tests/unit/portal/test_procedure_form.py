"""What the form of a procedure shows is what it reads back, for everything that ships."""

from datetime import date
from typing import Any

import pytest

from services.api.catalogue import read_onto
from services.catalogue.procedure import Procedure
from services.catalogue.shipped import load_shipped
from services.dossier.errors import Refused
from services.dossier.kinds import PaperKind
from services.portal.admin.procedure_form import fill_form, keep_typed, read_version
from services.portal.admin.procedure_lines import lay_side_by_side
from services.wording import Language

DAY = date(2027, 1, 1)


def as_sent(values: dict[str, Any]) -> dict[str, str]:
    """The values as a browser sends the form: lines end with two signs, unticked boxes are left out."""
    plain = {name: value.replace("\n", "\r\n") for name, value in values.items() if isinstance(value, str)}
    rows = {
        f"paper-{number}-{name}": value
        for number, row in enumerate(values["papers"], start=1)
        for name, value in row.items()
        if name != "presented" or value
    }
    return plain | rows | {"reason": "QĐ 1"}


def read_back(procedure: Procedure) -> Procedure:
    return read_onto(procedure, read_version(as_sent(fill_form(procedure, DAY))))


@pytest.mark.parametrize("procedure", load_shipped(), ids=lambda one: one.code)
def test_a_form_left_as_it_was_says_the_same(procedure: Procedure) -> None:
    assert not lay_side_by_side(procedure, read_back(procedure), Language.VI)


def test_papers_are_dropped_added_and_kept_in_order() -> None:
    """A row without a name goes; a spare row comes at the end; several kinds are parted by semicolons."""
    sent = as_sent(fill_form(next(one for one in load_shipped() if one.code == "1.001193"), DAY))
    sent["paper-2-name"] = " "
    sent["paper-40-name"] = "Giấy khám sức khỏe"
    sent["paper-40-kinds"] = "giấy chứng sinh; Giấy Ủy Quyền"
    asked = read_version(sent)
    assert [paper.name for paper in asked.papers][-1] == "Giấy khám sức khỏe"
    assert asked.papers[-1].kinds == [PaperKind.MEDICAL_BIRTH_CERTIFICATE, PaperKind.POWER_OF_ATTORNEY]
    assert "Giấy chứng sinh" not in {paper.name for paper in asked.papers}
    assert keep_typed(sent)["papers"][-1]["name"] == "Giấy khám sức khỏe"


@pytest.mark.parametrize(("name", "value"), [("paper-1-kinds", "Giấy lạ"), ("fees", "tám nghìn | lệ phí")])
def test_what_is_not_known_is_refused_in_words(name: str, value: str) -> None:
    sent = as_sent(fill_form(load_shipped()[0], DAY)) | {"paper-1-name": "Tờ khai", name: value}
    with pytest.raises(Refused) as found:
        read_version(sent)
    assert value.partition(" |")[0] in found.value.sentence.say()


def test_side_by_side_only_the_lines_that_differ_are_shown() -> None:
    """A changed time and one more paper: the other papers are not repeated."""
    old = next(one for one in load_shipped() if one.code == "1.001193")
    sent = as_sent(fill_form(old, DAY)) | {"times": "2 ngày làm việc", "paper-40-name": "Giấy khám"}
    changes = {one.part: one for one in lay_side_by_side(old, read_onto(old, read_version(sent)), Language.VI)}
    assert set(changes) == {"times", "papers"}
    assert (changes["papers"].gone, changes["papers"].come) == ((), ("Giấy khám",))
    assert changes["times"].come == ("2 ngày làm việc",)
