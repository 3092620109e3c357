"""What the assistant does with a turn, what it is about, what is said: the closed sets and records of this desk.

The values of `Behaviour` are those of `motcua answer` and `POST /v1/assistant/messages`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.wording import Language


class Behaviour(StrEnum):
    """What the assistant did; each turn has exactly one."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    OUT_OF_SCOPE = "out_of_scope"
    HANDOVER = "handover"
    STATUS_LOOKUP = "status_lookup"
    REFUSE = "refuse"


class Route(StrEnum):
    """Where a turn belongs, told from its words alone."""

    PROCEDURE = "procedure"
    STATUS = "status"
    FEEDBACK = "feedback"
    PERSON = "person"
    GREETING = "greeting"
    OUT_OF_SCOPE = "out_of_scope"
    OTHERS_DATA = "others_data"
    INJECTION = "injection"
    UNLAWFUL = "unlawful"


class Aspect(StrEnum):
    """What of a procedure is asked; `GENERAL` when nothing in particular."""

    PAPERS = "papers"
    TIME = "time"
    FEE = "fee"
    WHERE = "where"
    STEPS = "steps"
    CONDITIONS = "conditions"
    RESULT = "result"
    LEGAL_BASIS = "legal_basis"
    ONLINE = "online"
    PENALTY = "penalty"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement comes from: procedure, section, the decision that published it, and both dates.

    `effective_from` is the day the version holds from, `data_date` the day the source was read.
    """

    code: str
    section: Aspect
    decision: str
    effective_from: date
    data_date: date | None

    def tell(self) -> dict[str, str | None]:
        """What API and commands give of it, dates as ISO days."""
        return {
            "code": self.code,
            "section": self.section.value,
            "decision": self.decision,
            "effective_from": self.effective_from.isoformat(),
            "data_date": self.data_date.isoformat() if self.data_date else None,
        }


@dataclass(frozen=True, slots=True)
class Reply:
    """One turn of the assistant.

    `codes`: what was answered, or what a clarifying question offers; `ranked`: what was found, best first, also where
    nothing was answered.
    """

    text: str
    behaviour: Behaviour
    codes: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    confidence: float = 0.0
    route: Route = Route.PROCEDURE
    ranked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """What the turns so far leave behind: topic, what was asked of it, and an open clarifying question.

    `question` is the words that opened the clarifying question; `choices` its codes in the order they were named;
    `dossier` the code whose second factor was asked for.
    """

    topic: str = ""
    aspects: tuple[Aspect, ...] = ()
    choices: tuple[str, ...] = ()
    question: str = ""
    language: Language = Language.VI
    dossier: str = ""
