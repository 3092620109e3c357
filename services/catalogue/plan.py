"""What an import would change: new procedures, new versions of known ones, and what stays."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.catalogue.procedure import Procedure


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The rows to store, and the codes that are added, replaced by a new version, or kept as they are."""

    store: tuple[Procedure, ...]
    added: tuple[str, ...]
    renewed: tuple[str, ...]
    kept: tuple[str, ...]


def plan_import(
    current: Iterable[Procedure], incoming: Iterable[Procedure], day: date, *, renew: bool = False
) -> ImportPlan:
    """Lay procedures read from a source over the newest version of each that is known.

    A known code is kept unless `renew` is set; then a different text becomes its next version, in force from `day` on,
    and the old one ends the day before: dossiers received earlier keep theirs. Of one code given twice the first holds,
    so the source trusted most is named first.
    """
    known = {procedure.code: procedure for procedure in current}
    store: list[Procedure] = []
    added: list[str] = []
    renewed: list[str] = []
    kept: list[str] = []
    for procedure in _first_of_each(incoming):
        old = known.get(procedure.code)
        if old is None:
            store.append(procedure)
            added.append(procedure.code)
        elif renew and not _says_the_same(old, procedure):
            store += _renew(old, procedure, day)
            renewed.append(procedure.code)
        else:
            kept.append(procedure.code)
    return ImportPlan(tuple(store), tuple(added), tuple(renewed), tuple(kept))


def _first_of_each(incoming: Iterable[Procedure]) -> list[Procedure]:
    first: dict[str, Procedure] = {}
    for procedure in incoming:
        first.setdefault(procedure.code, procedure)
    return list(first.values())


def _says_the_same(old: Procedure, new: Procedure) -> bool:
    dated = replace(new, version=old.version, effective_from=old.effective_from, effective_to=old.effective_to)
    return dated == old


def _renew(old: Procedure, new: Procedure, day: date) -> tuple[Procedure, Procedure]:
    return end_before(old, day), replace(new, version=old.version + 1, effective_from=day, effective_to=None)


def end_before(old: Procedure, day: date) -> Procedure:
    """The version as it stands once another holds from a day on; one that had ended already stays as it was."""
    # a version that began only that day is not ended before it began
    last = max(old.effective_from, day - timedelta(days=1))
    return replace(old, effective_to=last if old.effective_to is None else min(old.effective_to, last))
