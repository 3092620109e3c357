"""A procedure that is imported, changed or closed is found and answered as it is from that moment on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services import clock
from services.assistant.behaviour import Behaviour, Reply
from services.assistant.current import current_assistant
from services.assistant.dialogue import build_assistant, reply_to
from services.catalogue.procedure import Fee, Level, Procedure, RequiredPaper, TimeCase
from services.catalogue.shipped import load_shipped
from services.deadline.lead import LeadTime, LeadUnit
from services.storage.database import Connection
from services.storage.procedures import store_procedures

TODAY = clock.in_vietnam(clock.now()).date()
PROVINCIAL = Procedure(
    code="9.000777",
    version=1,
    name_vi="Hỗ trợ kinh phí mua máy sấy hồi cho hộ trồng hồi",
    field="Nông nghiệp",
    level=Level.COMMUNE,
    times=(TimeCase(LeadTime(9, LeadUnit.WORKING_DAYS)),),
    papers=(RequiredPaper("Đơn đề nghị hỗ trợ mua máy sấy hồi"),),
    fees=(Fee(35000, ""),),
    effective_from=TODAY - timedelta(days=1),
)


def ask(connection: Connection, text: str) -> Reply:
    return reply_to([text], current_assistant(connection, build_assistant(), TODAY))[0]


@pytest.mark.parametrize("question", [
    "hỗ trợ mua máy sấy hồi mất bao lâu", "ho tro kinh phi mua may say hoi mat bao lau",
    "tôi muốn xin hỗ trợ máy sấy hồi thì bao nhiêu ngày",
])  # fmt: skip
def test_a_procedure_imported_a_moment_ago_is_found_and_answered(connection: Connection, question: str) -> None:
    store_procedures(connection, load_shipped())
    assert ask(connection, question).codes[:1] != (PROVINCIAL.code,)
    store_procedures(connection, [PROVINCIAL])
    reply = ask(connection, question)
    assert (reply.behaviour, reply.codes) == (Behaviour.ANSWER, (PROVINCIAL.code,))
    assert "9 ngày làm việc" in reply.text


def test_its_newest_version_is_answered_and_a_closed_one_is_not(connection: Connection) -> None:
    store_procedures(connection, [*load_shipped(), PROVINCIAL])
    cheaper = replace(PROVINCIAL, version=2, fees=(Fee(21000, ""),), effective_from=TODAY)
    store_procedures(connection, [cheaper])
    question = "lệ phí hỗ trợ mua máy sấy hồi"
    assert "21.000" in ask(connection, question).text
    closed = [replace(one, effective_to=TODAY - timedelta(days=1)) for one in (PROVINCIAL, cheaper)]
    store_procedures(connection, closed)
    assert PROVINCIAL.code not in ask(connection, question).codes


def test_what_ships_and_was_changed_by_the_province_is_answered_as_changed(connection: Connection) -> None:
    shipped = next(one for one in load_shipped() if one.code == "1.004194")
    store_procedures(connection, load_shipped())
    assert "15.000" in ask(connection, "đăng ký tạm trú lệ phí bao nhiêu").text
    store_procedures(connection, [replace(shipped, version=2, fees=(Fee(11000, ""),), effective_from=TODAY)])
    changed = ask(connection, "đăng ký tạm trú lệ phí bao nhiêu")
    assert changed.codes == ("1.004194",)
    assert "11.000" in changed.text
    assert "15.000" not in changed.text


def test_embeddings_are_computed_once_and_kept(connection: Connection) -> None:
    store_procedures(connection, [*load_shipped(), PROVINCIAL])
    ask(connection, "máy sấy hồi")
    kept = connection.execute("SELECT folded, cardinality(embedding) FROM procedure_text").fetchall()
    assert kept == [("ho tro kinh phi mua may say hoi cho ho trong hoi", 384)]
