"""Which version of a procedure holds on a day."""

from collections.abc import Iterable
from datetime import date

from services.catalogue.procedure import Procedure
from services.dossier.errors import CannotProceed
from services.wording import sentence


def in_force(procedures: Iterable[Procedure], code: str, day: date) -> Procedure:
    """The newest version of a procedure that is in force on a day; both effect dates are inclusive.

    Raises:
        CannotProceed: none is in force that day, or the code is unknown; the sentence says which.
    """
    versions = [procedure for procedure in procedures if procedure.code == code]
    holding = [procedure for procedure in versions if holds_on(procedure, day)]
    if holding:
        return max(holding, key=lambda procedure: (procedure.effective_from, procedure.version))
    if versions:
        raise CannotProceed(sentence("catalogue.not_in_force", code=code, day=f"{day:%d/%m/%Y}"))
    raise CannotProceed(sentence("catalogue.unknown_code", code=code))


def holds_on(procedure: Procedure, day: date) -> bool:
    """Whether a version is in force on a day."""
    return procedure.effective_from <= day and (procedure.effective_to is None or day <= procedure.effective_to)
