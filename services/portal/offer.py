"""Time and fee of a procedure as lines a citizen reads, by channel where they differ; doubtful values are not told."""

from collections.abc import Callable

from services.catalogue.national import ChannelTerms, Doubt, NationalProcedure
from services.catalogue.procedure import Fee, Procedure
from services.deadline.lead import LeadTime
from services.wording import Language, sentence
from services.wording.numbers import write_number

Line = tuple[str, str]
"""A value in words, and what it holds for (may be empty)."""


def times_of(procedure: Procedure, published: NationalProcedure | None, language: Language) -> list[Line]:
    """How long it takes, in each case or channel; empty where the office must be asked."""
    if published is None:
        return [(_lead(case.lead, language), case.case) for case in procedure.times]
    if Doubt.TIME in published.ask_office:
        return []
    return _by_channel(published, language, lambda terms: _lead(terms.lead, language) if terms.lead else "")


def fees_of(procedure: Procedure, published: NationalProcedure | None, language: Language) -> list[Line]:
    """What it costs, in each case or channel; empty where the office must be asked."""
    if published is None:
        return [_fee(fee, language, is_first=at == 0) for at, fee in enumerate(procedure.fees)]
    if Doubt.FEE in published.ask_office:
        return []
    return _by_channel(
        published, language, lambda terms: "" if terms.fee_vnd is None else _dong(terms.fee_vnd, language)
    )


def _fee(fee: Fee, language: Language, *, is_first: bool) -> Line:
    """One fee; what the province sets beside a fee that is named holds for the cases not named."""
    if fee.amount_vnd is not None:
        return _dong(fee.amount_vnd, language), fee.note
    if is_first or not fee.note:
        return "", fee.note
    return "", sentence("catalogue.fee_otherwise", note=fee.note[:1].lower() + fee.note[1:]).say(language)


def _by_channel(published: NationalProcedure, language: Language, say: Callable[[ChannelTerms], str]) -> list[Line]:
    said = [(say(terms), sentence(f"portal.channel_{terms.channel}").say(language)) for terms in published.channels]
    known = [(value, channel) for value, channel in said if value]
    same = len({value for value, _ in known}) == 1 and len(known) == len(said)
    return [(known[0][0], "")] if same else known


def _lead(lead: LeadTime, language: Language) -> str:
    return sentence(f"catalogue.time_{lead.unit}", amount=lead.amount).say(language)


def _dong(amount: int, language: Language) -> str:
    if amount == 0:
        return sentence("portal.free").say(language)
    return sentence("portal.dong", amount=write_number(amount, language)).say(language)
