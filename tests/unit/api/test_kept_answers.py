"""A kept answer is given only while it is true."""

from datetime import UTC, datetime, timedelta

from services.api.kept_answers import LONGEST, Answer, KeptAnswers, etag_of

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def keep(kept: KeptAnswers, code: str, until: datetime | None = None) -> Answer:
    answer = Answer(("finished", 1), NOW, until, code.encode(), etag_of(code.encode()))
    kept.keep(code, answer)
    return answer


def test_the_same_rows_give_the_same_answer_and_others_none() -> None:
    kept = KeptAnswers()
    answer = keep(kept, "a")
    assert kept.find("a", ("finished", 1), NOW) is answer
    assert kept.find("a", ("finished", 2), NOW) is None
    assert kept.find("b", ("finished", 1), NOW) is None


def test_not_past_the_moment_its_verdict_turns() -> None:
    kept = KeptAnswers()
    turns = NOW + timedelta(seconds=5)
    answer = keep(kept, "a", turns)
    assert kept.find("a", answer.stamp, turns) is answer
    assert kept.find("a", answer.stamp, turns + MOMENT) is None


def test_not_for_ever() -> None:
    kept = KeptAnswers()
    answer = keep(kept, "a")
    assert kept.find("a", answer.stamp, NOW + LONGEST) is answer
    assert kept.find("a", answer.stamp, NOW + LONGEST + MOMENT) is None


def test_the_one_not_asked_for_longest_goes_first() -> None:
    kept = KeptAnswers(most=2)
    first, second = keep(kept, "a"), keep(kept, "b")
    assert kept.find("a", first.stamp, NOW) is first
    keep(kept, "c")
    assert kept.find("b", second.stamp, NOW) is None
    assert kept.find("a", first.stamp, NOW) is first


def test_a_tag_for_the_bytes() -> None:
    assert etag_of(b"a") == etag_of(b"a") != etag_of(b"b")
    assert etag_of(b"a").startswith('"')
