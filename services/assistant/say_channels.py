"""Times, fees and ways to hand in, in words: channel by channel where they differ, once where they are the same."""

from collections.abc import Callable, Sequence

from services.catalogue.national import Channel, ChannelTerms, Doubt, NationalProcedure
from services.catalogue.portal_remarks import StatedSum
from services.catalogue.portal_spans import StatedSpan
from services.catalogue.procedure import Fee
from services.deadline.lead import LeadTime
from services.wording import Language, sentence
from services.wording.numbers import write_number

Sayer = Callable[[ChannelTerms], str]


def say_time(found: NationalProcedure, language: Language) -> str:
    """The time of every case, each channel's where they differ; then what the source's remarks name for some cases."""
    stated = _say_times(found, language)
    return f"{stated} {_say_spans(found.spans, language)}" if found.spans else stated


def _say_times(found: NationalProcedure, language: Language) -> str:
    by_channel = _by_channel(found, language, lambda terms: say_lead(terms.lead, language) if terms.lead else "")
    times = found.procedure.times
    said = [say_lead(time.lead, language) + (f" ({time.case})" if time.case else "") for time in times]
    text = by_channel or "; ".join(dict.fromkeys(said))
    if not text:
        return sentence("assistant.time_unknown").say(language)
    stated = sentence("assistant.time", time=text).say(language)
    return f"{stated} {sentence('assistant.time_unknown').say(language)}" if Doubt.TIME in found.ask_office else stated


def say_fee(found: NationalProcedure, language: Language) -> str:
    """The fee of every case; each channel's where they differ, "ask the office" where it is not sure."""
    if Doubt.FEE in found.ask_office and not any(terms.fee_vnd is not None for terms in found.channels):
        return _say_stated(found.stated, language) if found.stated else _unknown_fee(language)
    by_channel = _by_channel(
        found, language, lambda terms: "" if terms.fee_vnd is None else say_amount(terms.fee_vnd, language)
    )
    fees = [fee for fee in found.procedure.fees if fee.amount_vnd is not None or fee.note]
    said = [_say_one_fee(fee, language, is_first=at == 0) for at, fee in enumerate(fees)]
    text = by_channel or "; ".join(dict.fromkeys(said))
    return sentence("assistant.fee", fee=text.rstrip(" .")).say(language) if text else _unknown_fee(language)


def say_online(found: NationalProcedure, language: Language) -> str:
    """Whether it can be handed in online, with the ways there are."""
    ways = ways_in(found, language)
    where = found.procedure.where.lower()
    online = any(terms.channel is Channel.ONLINE for terms in found.channels) or "dịch vụ công quốc gia" in where
    if not ways and not online:
        return sentence("assistant.online_unknown").say(language)
    ways = ways or found.procedure.where
    return sentence("assistant.online_yes" if online else "assistant.online_no", channels=ways).say(language)


def ways_in(found: NationalProcedure, language: Language) -> str:
    """The channels in words, each once; empty where the source names none."""
    seen = dict.fromkeys(terms.channel for terms in found.channels)
    return ", ".join(sentence(f"assistant.channel_{channel}").say(language) for channel in seen)


def say_lead(lead: LeadTime, language: Language) -> str:
    """`3 ngày làm việc`."""
    return sentence(f"assistant.lead_{lead.unit}", amount=lead.amount).say(language)


def say_amount(amount: int, language: Language) -> str:
    """`70.000 đồng`; nothing to pay is said in words."""
    if amount == 0:
        return sentence("assistant.fee_free").say(language)
    amounts = {"amount": write_number(amount), "amount_en": write_number(amount, Language.EN)}
    return sentence("assistant.fee_amount", **amounts).say(language)


def _by_channel(found: NationalProcedure, language: Language, say_value: Sayer) -> str:
    """`3 ngày làm việc` where all channels agree, else each channel with its values; empty where none has one."""
    values: dict[Channel, list[str]] = {}
    for terms in found.channels:
        if value := say_value(terms):
            values.setdefault(terms.channel, []).append(value)
    joined = {channel: "; ".join(dict.fromkeys(said)) for channel, said in values.items()}
    if len(set(joined.values())) <= 1 and len(joined) == len({terms.channel for terms in found.channels}):
        return next(iter(joined.values()), "")
    return "; ".join(
        f"{sentence(f'assistant.channel_{channel}').say(language)}: {said}" for channel, said in joined.items()
    )


def _say_one_fee(fee: Fee, language: Language, *, is_first: bool) -> str:
    note = fee.note.strip()
    if fee.amount_vnd is None:
        if note and not is_first:
            return sentence("catalogue.fee_otherwise", note=note[:1].lower() + note[1:]).say(language)
        return note or sentence("assistant.fee_unset").say(language)
    aside = f" – {note}" if "(" in note else f" ({note})"
    return say_amount(fee.amount_vnd, language) + (aside if note else "")


def _say_stated(stated: Sequence[StatedSum], language: Language) -> str:
    """Sums that only a remark of the source names: told as such."""
    said = "; ".join(_say_sum(one, language) for one in stated)
    return sentence("assistant.fee_stated", sums=said).say(language)


def _say_sum(one: StatedSum, language: Language) -> str:
    amount = (
        sentence("assistant.sum_usd", amount=one.amount).say(language)
        if one.currency == "USD"
        else say_amount(one.amount, language)
    )
    until = sentence("assistant.sum_until", day=f"{one.until:%d/%m/%Y}").say(language) if one.until else ""
    more = "; ".join(part for part in (one.about, until) if part)
    return amount + (f"/{one.per}" if one.per else "") + (f" ({more})" if more else "")


def _say_spans(spans: Sequence[StatedSpan], language: Language) -> str:
    said = (sentence(f"assistant.span_{span.unit}", amount=span.amount).say(language) for span in spans)
    cases = "; ".join(f"{time} ({span.about})" for time, span in zip(said, spans, strict=True))
    return sentence("assistant.time_stated", cases=cases).say(language)


def _unknown_fee(language: Language) -> str:
    return sentence("assistant.fee_unknown").say(language)
