"""What the generator invents keeps to the formats of real papers."""

from random import Random

from samples.cast import make_cast
from samples.clash import make_clash, spoil
from samples.facts_civil import check_digit, zone
from samples.procedures import PROCEDURES
from samples.stories import TELLERS, tell_story
from services.catalogue.ordinary import ORDINARY
from services.catalogue.rules import holds
from services.catalogue.shipped import load_shipped
from services.dossier.kinds import PaperKind


def test_the_zone_has_three_lines_of_thirty_with_right_check_digits() -> None:
    who = make_cast(Random(3)).husband
    lines = zone(who)
    assert {len(line) for line in lines.values()} == {30}
    assert check_digit("L898902C3") == "6"  # ICAO 9303 part 3, the example
    first, second = lines["mrz_line_1"], lines["mrz_line_2"]
    assert check_digit(first[5:14]) == first[14]
    assert who.citizen_id in first
    assert check_digit(second[:6]) == second[6]


def test_every_needed_paper_is_one_that_the_catalogue_asks_for() -> None:
    offered = {procedure.code: procedure for procedure in load_shipped()}
    for code, plan in PROCEDURES.items():
        asked = {kind for p in offered[code].papers if not p.presented and holds(p.when, ORDINARY) for kind in p.kinds}
        assert {PaperKind(paper.kind) for paper in plan.papers if paper.needed} <= asked, code


def test_a_clash_changes_one_paper_only() -> None:
    papers = [{"full_name": "Lý Văn An", "x": "1"}, {"mother_name": "Lý Văn An", "y": "2"}]
    clash = make_clash(Random(1), papers)
    assert clash is not None
    assert clash.wrong != clash.right == "Lý Văn An"
    assert clash.wrong in clash.facts.values()
    assert make_clash(Random(1), [{"full_name": "A"}, {"full_name": "B"}]) is None


def test_a_spoilt_value_keeps_its_format() -> None:
    for number in range(50):
        assert len(spoil(Random(number), "citizen_id", "020071241864")) == 12
        assert spoil(Random(number), "date_of_birth", "1990-02-28") != "1990-02-28"


def test_stories_take_turns_and_every_kind_has_a_teller() -> None:
    assert [tell_story(Random(n), n).procedure for n in range(len(PROCEDURES))] == list(PROCEDURES)
    assert set(TELLERS) == {kind.value for kind in PaperKind} - {"unreadable"}
