"""What the machine tells an applicant before an officer asks."""

from services.portal.likely import likely_asked

FINDINGS = [{"rule": rule} for rule in ("missing_paper", "contradiction", "blurred_page", "unknown_paper")]


def test_findings_fall_into_what_to_send_what_to_send_again_and_the_rest() -> None:
    likely = likely_asked(FINDINGS, may_add=True, is_asked=False)
    assert [[one["rule"] for one in some] for some in (likely.missing, likely.again, likely.rest)] == [
        ["missing_paper"], ["blurred_page"], ["contradiction", "unknown_paper"],
    ]  # fmt: skip
    assert likely


def test_once_an_officer_asked_or_it_is_over_the_machine_asks_for_nothing() -> None:
    asked, over = (likely_asked(FINDINGS, may_add=may, is_asked=True) for may in (True, False))
    assert not asked
    assert not over
    assert list(asked.rest) == FINDINGS[1::2]
    assert not over.rest
    assert not likely_asked(FINDINGS[1::2], may_add=True, is_asked=False)
