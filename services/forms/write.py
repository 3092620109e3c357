"""What stands on each form, in words; layout is not known here.

The wording of Circular 03/2025/TT-VPCP's own models was not to be had: titles are those of its list, the rest follows
the models of Circular 01/2018/TT-VPCP that it took over. A province adapts `services/wording/forms.toml`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.clock import in_vietnam
from services.deadline.promise import Promise
from services.dossier.errors import Refused
from services.dossier.history import HistoryEvent
from services.dossier.transitions import Form
from services.forms.facts import FormFacts, RegisterRow, SignOff
from services.forms.sheet import Block, Grid, Labels, Listed, Paragraph, Sheet
from services.wording import Language, sentence

Say = Callable[..., str]
_DOTS = "……………………"
_REGISTER = ("number", "code", "procedure", "applicant", "channel", "received", "due", "result", "returned")


def write_form(form: Form, facts: FormFacts, signed: SignOff | None, language: Language = Language.VI) -> Sheet:
    """One of the forms 01–06 of a dossier.

    Raises:
        Refused: the form is the register, which is of a unit, or what it needs has not happened.
    """
    writer = _WRITERS.get(form)
    if writer is None or (form not in {Form.CONTROL_SHEET, Form.RECEIPT} and facts.event is None):
        raise Refused(sentence("forms.not_yet", form=form))
    say = _speaker(language)
    return _sheet(form, facts, writer(facts, say), signed, say)


@dataclass(frozen=True, slots=True)
class Office:
    """Whose paper it is: the unit, the one above it, and the place it is dated from."""

    name: str
    parent: str
    place: str


def write_register(
    office: Office, rows: Sequence[RegisterRow], since: datetime, until: datetime, language: Language = Language.VI
) -> Sheet:
    """The register of a unit: numbered from 01, one line a dossier."""
    say = _speaker(language)
    head = tuple(say(f"register_{name}") for name in _REGISTER)
    lines = tuple(
        (f"{number:02d}", row.code, row.procedure, row.applicant, row.channel, _moment(row.received_at),
         _moment(row.due_at), f"{row.ended_as} {_moment(row.result_at)}".strip(), _moment(row.returned_at))
        for number, row in enumerate(rows, start=1)
    )  # fmt: skip
    first, last = (f"{in_vietnam(at):%d/%m/%Y}" for at in (since, until))
    return Sheet(
        form=Form.REGISTER,
        parent_agency=office.parent,
        agency=office.name,
        number="",
        place_and_date=_place_and_date(office.place, until, say),
        title=say("title_07"),
        subtitle=say("register_period", first=first, last=last),
        blocks=(Grid(head, lines, (4, 15, 22, 14, 8, 10, 10, 9, 9)),),
        signatures=((say("register_keeper"), ""), (say("head_of_unit"), "")),
        labels=_labels(say, Form.REGISTER),
        wide=True,
    )


def write_acknowledgement(facts: FormFacts, key: str, promise: Promise, language: Language = Language.VI) -> Sheet:
    """What a citizen keeps of a dossier just handed in: no form of the law, for nobody has taken it in yet."""
    say = _speaker(language)
    return Sheet(
        form=Form.RECEIPT,
        parent_agency=facts.parent_name,
        agency=facts.unit_name,
        number=say("code", code=facts.code),
        place_and_date=_place_and_date(facts.place, facts.submitted_at, say),
        title=say("title_acknowledgement"),
        subtitle="",
        blocks=(
            *_whose(facts, say),
            Paragraph(say("papers_handed_in")),
            Listed(facts.papers or (_DOTS,)),
            Paragraph(say("handed_in", at=_moment(facts.submitted_at))),
            Paragraph(say(f"due_{promise}", at=_moment(facts.due_at))),
            Paragraph(say("keys", code=facts.code, key=key) if key else say("code", code=facts.code), bold=True),
            Paragraph(say("acknowledged_only"), italic=True),
        ),
        signatures=(),
        labels=replace(_labels(say, Form.RECEIPT), form=""),
        qr=facts.qr,
        draft=False,
    )


def _sheet(form: Form, facts: FormFacts, blocks: tuple[Block, ...], signed: SignOff | None, say: Say) -> Sheet:
    at = signed.at if signed else facts.event.at if facts.event else facts.received_at or facts.submitted_at
    officer = "officer" if form in {Form.RECEIPT, Form.SUPPLEMENT, Form.CONTROL_SHEET} else "head_of_unit"
    signs = (say(officer), signed.by if signed else "")
    formal = form in {Form.REFUSAL, Form.APOLOGY, Form.STOP}
    return Sheet(
        form=form,
        parent_agency=facts.parent_name,
        agency=facts.unit_name,
        number=say("number", form=form) if formal else say("code", code=facts.code),
        place_and_date=_place_and_date(facts.place, at, say),
        title=say(f"title_{form}"),
        subtitle="",
        blocks=blocks,
        signatures=((say("applicant_signs"), ""), signs) if form is Form.RECEIPT else (signs,),
        labels=_labels(say, form),
        recipients=(say("recipient_applicant"), say("recipient_archive")) if formal else (),
        qr=facts.qr if form is Form.RECEIPT else "",
        draft=signed is None,
    )


def _labels(say: Say, form: Form) -> Labels:
    return Labels(say("nation"), say("motto"), say("form_label", form=form), say("draft"), say("recipients"))


def _receipt(facts: FormFacts, say: Say) -> tuple[Block, ...]:
    return (
        Paragraph(say("due_first", due=_moment(facts.due_at)), bold=True, centred=True),
        *_whose(facts, say),
        Paragraph(say("papers_handed_in")),
        Listed(facts.papers or (_DOTS,)),
        Paragraph(say("lead", lead=facts.lead or _DOTS)),
        Paragraph(say("received", at=_moment(facts.received_at))),
        Paragraph(say("due", at=_moment(facts.due_at))),
        Paragraph(say("follow", code=facts.code), italic=True),
    )


def _supplement(facts: FormFacts, say: Say) -> tuple[Block, ...]:
    event = _event(facts)
    until = (Paragraph(say("answer_by", at=_moment(event.answer_by))),) if event.answer_by else ()
    return (
        *_whose(facts, say),
        Paragraph(say("supplement_asked")),
        Listed(event.items),
        Paragraph(say("reason", reason=event.reason)),
        *until,
        *(
            (Paragraph(say("supplement_restarts" if event.restarts else "supplement_pauses")),)
            if facts.received_at
            else ()
        ),
        Paragraph(say("contact", unit=facts.unit_name)),
    )


def _refusal(facts: FormFacts, say: Say) -> tuple[Block, ...]:
    return (
        *_whose(facts, say),
        Paragraph(say("refused", unit=facts.unit_name, code=facts.code)),
        Paragraph(say("reason", reason=_event(facts).reason)),
        Paragraph(say("contact", unit=facts.unit_name)),
    )


def _apology(facts: FormFacts, say: Say) -> tuple[Block, ...]:
    event = _event(facts)
    return (
        Paragraph(say("dear", name=facts.applicant or _DOTS), centred=True),
        Paragraph(say("was_promised", unit=facts.unit_name, received=_moment(facts.received_at), code=facts.code,
                      procedure=facts.procedure, due=_moment(facts.due_at))),
        Paragraph(say("sorry", reason=event.reason)),
        Paragraph(say("new_date", at=_moment(event.new_due_at))),
        Paragraph(say("regards", unit=facts.unit_name)),
    )  # fmt: skip


def _stop(facts: FormFacts, say: Say) -> tuple[Block, ...]:
    return (
        Paragraph(say("dear", name=facts.applicant or _DOTS), centred=True),
        Paragraph(say("stopped", unit=facts.unit_name, code=facts.code, procedure=facts.procedure)),
        Paragraph(say("reason", reason=_event(facts).reason)),
        Paragraph(say("stopped_after")),
    )


def _control(facts: FormFacts, say: Say) -> tuple[Block, ...]:
    head = tuple(say(f"control_{name}") for name in ("number", "from", "to", "at", "due", "ended", "kept"))
    rows = tuple(
        (f"{number}", step.holder, step.step, _moment(step.since), _moment(step.due_at), _moment(step.ended_at),
         "" if step.ended_at is None and not step.late else say("late" if step.late else "in_time"))
        for number, step in enumerate(facts.steps, start=1)
    )  # fmt: skip
    return (
        *_whose(facts, say),
        Paragraph(say("received", at=_moment(facts.received_at))),
        Paragraph(say("due", at=_moment(facts.due_at))),
        Grid(head, rows, (6, 18, 22, 16, 14, 14, 10)),
    )


def _whose(facts: FormFacts, say: Say) -> tuple[Block, ...]:
    return (
        Paragraph(say("applicant", name=facts.applicant or _DOTS)),
        Paragraph(say("phone", phone=facts.phone or _DOTS)),
        Paragraph(say("asks_for", procedure=facts.procedure or _DOTS)),
    )


def _event(facts: FormFacts) -> HistoryEvent:
    assert facts.event is not None  # noqa: S101 - write_form has refused before
    return facts.event


def _place_and_date(place: str, at: datetime, say: Say) -> str:
    # days below ten and the months 1 and 2 carry a leading zero (Decree 30/2020, annex I)
    local = in_vietnam(at)
    month = f"{local.month:02d}" if local.month <= 2 else str(local.month)  # noqa: PLR2004 - the decree's own
    return say("place_and_date", place=place, day=f"{local.day:02d}", month=month, year=local.year)


def _moment(at: datetime | None) -> str:
    return "" if at is None else f"{in_vietnam(at):%H:%M, %d/%m/%Y}"


def _speaker(language: Language) -> Say:
    def say(id_: str, /, **params: str | float) -> str:
        return sentence(f"forms.{id_}", **params).say(language)

    return say


_WRITERS: dict[Form, Callable[[FormFacts, Say], tuple[Block, ...]]] = {
    Form.RECEIPT: _receipt,
    Form.SUPPLEMENT: _supplement,
    Form.REFUSAL: _refusal,
    Form.APOLOGY: _apology,
    Form.STOP: _stop,
    Form.CONTROL_SHEET: _control,
}
