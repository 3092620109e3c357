"""Answers from the fields of one procedure: short, in the question's language, each statement with its citation.

Nothing is said that the catalogue does not hold; what it marks as doubtful is answered with "ask the office".
"""

from collections.abc import Callable, Sequence

from services.assistant.behaviour import Aspect, Citation
from services.assistant.say_channels import say_fee, say_online, say_time, ways_in
from services.assistant.say_papers import say_papers, say_papers_briefly
from services.catalogue.national import NationalProcedure
from services.catalogue.procedure import Level
from services.wording import Language, sentence

Say = Callable[[NationalProcedure, Language], str]

OVERVIEW = (Aspect.PAPERS, Aspect.TIME, Aspect.FEE, Aspect.WHERE, Aspect.RESULT)
"""What a question in general is answered with."""

BESIDES = (Aspect.FEE, Aspect.TIME, Aspect.WHERE, Aspect.PAPERS, Aspect.RESULT)
"""What is told in a line each after what was asked: whoever asks for the fee mostly asks for these next."""

ALONGSIDE: dict[Aspect, tuple[Aspect, ...]] = {
    Aspect.STEPS: (Aspect.PAPERS, Aspect.STEPS, Aspect.WHERE, Aspect.TIME, Aspect.FEE),
    Aspect.GENERAL: OVERVIEW,
}
"""Aspects that cannot be answered well alone: how to do it needs what to bring and where to go."""


def compose_answer(
    found: NationalProcedure, aspects: Sequence[Aspect], language: Language
) -> tuple[str, tuple[Citation, ...]]:
    """The answer's text and what it stands on: what was asked in its order, then what is mostly asked next, briefly."""
    asked = widen(aspects)
    name = found.procedure.name_en if language is Language.EN and found.procedure.name_en else found.procedure.name_vi
    lines = [say("head", language, name=name, code=found.procedure.code)]
    lines += [SAYERS[section](found, language) for section in asked]
    beside = {
        section: said for section in BESIDES if section not in asked and (said := _brief(section, found, language))
    }
    lines += [say("besides", language), *beside.values()] if beside else []
    sections = (*asked, *beside)
    lines += [_say_source(found, sections, language), say("machine", language)]
    return "\n".join(lines), tuple(_cite(found, section) for section in sections)


def widen(aspects: Sequence[Aspect]) -> tuple[Aspect, ...]:
    """The sections that answer what was asked; what was asked stays first."""
    wanted = list(dict.fromkeys(aspects)) or [Aspect.GENERAL]
    plain = [aspect for aspect in wanted if aspect not in ALONGSIDE]
    more = [extra for aspect in wanted for extra in ALONGSIDE.get(aspect, ())]
    return tuple(dict.fromkeys([*plain, *more]))


def _brief(section: Aspect, found: NationalProcedure, language: Language) -> str:
    """A section in a line; empty where the catalogue has nothing sure to tell."""
    if section is Aspect.PAPERS:
        return say_papers_briefly(found, language)
    if section is Aspect.RESULT and not found.procedure.result:
        return ""
    said = SAYERS[section](found, language)
    return "" if said in {say("fee_unknown", language), say("time_unknown", language)} else said


def say(id_: str, language: Language, **params: str | float) -> str:
    """A sentence of the area `assistant` in words."""
    return sentence(f"assistant.{id_}", **params).say(language)


def _cite(found: NationalProcedure, section: Aspect) -> Citation:
    procedure = found.procedure
    return Citation(procedure.code, section, procedure.decision, procedure.effective_from, procedure.source_date)


def _say_source(found: NationalProcedure, sections: Sequence[Aspect], language: Language) -> str:
    procedure = found.procedure
    unknown = say("not_recorded", language)
    return say(
        "source",
        language,
        code=procedure.code,
        sections=", ".join(say(f"section_{section}", language) for section in sections),
        decision=procedure.decision or unknown,
        effective=f"{procedure.effective_from:%d/%m/%Y}",
        data=f"{procedure.source_date:%d/%m/%Y}" if procedure.source_date else unknown,
    )


def _say_where(found: NationalProcedure, language: Language) -> str:
    procedure = found.procedure
    parts = []
    if procedure.where:
        parts.append(say("where_place", language, place=procedure.where.rstrip(" .")))
    if procedure.handler:
        parts.append(say("where_handler", language, handler=procedure.handler.rstrip(" .")))
    if procedure.level is not Level.OTHER:
        parts.append(say(f"where_{procedure.level}", language))
    if any(word in f"{procedure.where} {procedure.handler}".lower() for word in ("cấp huyện", "ubnd huyện")):
        parts.append(say("where_district", language))
    return " ".join(parts) or say("where_handler", language, handler=say("not_recorded", language))


def _say_steps(found: NationalProcedure, language: Language) -> str:
    if found.procedure.steps:
        return say("steps", language, steps=found.procedure.steps)
    channels = ways_in(found, language) or say("steps_anyhow", language)
    result = found.procedure.result.rstrip(" .") or say("not_recorded", language)
    return say("steps_made", language, channels=channels, result=result)


def _say_conditions(found: NationalProcedure, language: Language) -> str:
    procedure = found.procedure
    laws = procedure.legal_basis or say("not_recorded", language)
    if procedure.conditions:
        stated = say("conditions", language, conditions=procedure.conditions)
    else:
        stated = say("conditions_unknown", language, laws=laws)
    return f"{stated} {say('audience', language, audience=procedure.audience)}" if procedure.audience else stated


def _say_penalty(found: NationalProcedure, language: Language) -> str:
    laws = found.procedure.legal_basis or say("not_recorded", language)
    return say("penalty_unknown", language, laws=laws.rstrip(" ."))


def _say_result(found: NationalProcedure, language: Language) -> str:
    return say("result", language, result=found.procedure.result.rstrip(" .") or say("not_recorded", language))


def _say_laws(found: NationalProcedure, language: Language) -> str:
    return say("legal_basis", language, laws=found.procedure.legal_basis or say("not_recorded", language))


SAYERS: dict[Aspect, Say] = {
    Aspect.PAPERS: say_papers,
    Aspect.TIME: say_time,
    Aspect.FEE: say_fee,
    Aspect.WHERE: _say_where,
    Aspect.STEPS: _say_steps,
    Aspect.CONDITIONS: _say_conditions,
    Aspect.RESULT: _say_result,
    Aspect.LEGAL_BASIS: _say_laws,
    Aspect.ONLINE: say_online,
    Aspect.PENALTY: _say_penalty,
}
