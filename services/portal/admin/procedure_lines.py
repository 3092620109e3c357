"""A version of a procedure as lines of words, part by part, so that two versions can be laid side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.catalogue.differences import find_differences
from services.catalogue.procedure import Procedure, RequiredPaper, SupplementRule, TimeCase
from services.catalogue.rule_words import explain_rule
from services.dossier.naming import name_kind
from services.wording import Language, sentence
from services.wording.numbers import write_number


@dataclass(frozen=True, slots=True)
class Changed:
    """One part: the lines that go and those that come."""

    part: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


def lay_side_by_side(old: Procedure, new: Procedure, language: Language) -> list[Changed]:
    """The parts in which two versions differ; of long lists only the lines that do."""
    return [_compare(part, old, new, language) for part in find_differences(old, new)]


def _compare(part: str, old: Procedure, new: Procedure, language: Language) -> Changed:
    before, after = lines_of(old, part, language), lines_of(new, part, language)
    gone, come = [one for one in before if one not in after], [one for one in after if one not in before]
    # the same lines in another order, or said alike in these words, are shown whole
    return Changed(part, tuple(gone), tuple(come)) if gone or come else Changed(part, tuple(before), tuple(after))


def lines_of(procedure: Procedure, part: str, language: Language) -> list[str]:
    """A part in words; nothing where it is empty."""
    if part == "times":
        return [_time(case, language) for case in procedure.times]
    if part == "papers":
        return [_paper(paper, language) for paper in procedure.papers]
    if part == "fees":
        return [_join([_amount(fee.amount_vnd), fee.note]) for fee in procedure.fees]
    if part == "supplement":
        return _supplement(procedure.supplement, language)
    if part == "level":
        return [_say(f"level_{procedure.level}", language)]
    value = getattr(procedure, part)
    return [str(one) for one in value] if isinstance(value, tuple) else str(value).splitlines()


def _time(case: TimeCase, language: Language) -> str:
    return _join([sentence(f"catalogue.time_{case.lead.unit}", amount=case.lead.amount).say(language), case.case])


def _paper(paper: RequiredPaper, language: Language) -> str:
    known_as = "; ".join(name_kind(kind).say(language) for kind in paper.kinds)
    details = [
        paper.template,
        sentence(f"portal.copy_{paper.copy}").say(language) if paper.copy else "",
        _say("paper_presented", language) if paper.presented else "",
        _say("paper_when", language, condition=explain_rule(paper.when, language)) if paper.when else "",
        _say("paper_known_as", language, kinds=known_as) if known_as else "",
        paper.note,
    ]
    return _join([paper.name, ", ".join(detail for detail in details if detail)])


def _supplement(rule: SupplementRule, language: Language) -> list[str]:
    days = [_say("answer_days_of", language, days=rule.answer_days)] if rule.answer_days else []
    return [_say("restarts_yes" if rule.restarts else "restarts_no", language), *days]


def _amount(amount: int | None) -> str:
    return "?" if amount is None else f"{write_number(amount)} đ"


def _join(parts: Sequence[str]) -> str:
    return " – ".join(part for part in parts if part)


def _say(name: str, language: Language, **params: str | float) -> str:
    return sentence(f"admin.{name}", **params).say(language)
