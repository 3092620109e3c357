"""Whole dossiers: the procedure, the list of missing papers, contradictions, strays."""

from collections.abc import Sequence

from services.dossier.compare import squeeze
from services.dossier.kinds import PaperKind
from services.evaluation.interval import Figure, ratio, resampled, share
from services.evaluation.outcome import ContradictionOutcome, DossierOutcome
from services.evaluation.truth import TrueContradiction, TrueDossier

_PARTIES = ("full_", "father_", "mother_", "husband_", "wife_", "applicant_", "agent_", "principal_", "transferor_",
            "transferee_", "spouse_", "payer_", "child_", "relative_")  # fmt: skip
_CARD = {PaperKind.CITIZEN_ID_FRONT, PaperKind.CITIZEN_ID_BACK}

Dossiers = Sequence[tuple[TrueDossier, DossierOutcome]]


def measure_dossiers(dossiers: Dossiers) -> Figure:
    """Procedure, completeness, contradictions and strays."""
    known = [(truth, read) for truth, read in dossiers if truth.procedure]
    decided = [(truth, read) for truth, read in known if read.decided]
    return {
        "procedure": {
            "top1": share(sum(t.procedure in r.procedures[:1] for t, r in known), len(known)),
            "top3": share(sum(t.procedure in r.procedures[:3] for t, r in known), len(known)),
            "decided": share(len(decided), len(known)),
            "right_where_decided": share(sum(t.procedure in r.procedures[:1] for t, r in decided), len(decided)),
        },
        "completeness": {
            "exact": share(sum(same_list(t.missing, r.missing) for t, r in dossiers), len(dossiers)),
            "exact_when_told": share(sum(same_list(t.missing, r.missing_when_told) for t, r in known), len(known)),
        },
        "contradictions": _contradictions(dossiers),
        "strays": _strays(dossiers),
    }


def same_list(truth: Sequence[PaperKind], read: Sequence[frozenset[PaperKind]]) -> bool:
    """Whether each missing paper was named and nothing else; both sides of a card are one paper."""
    asked = {min(_CARD) if kind in _CARD else kind for kind in truth}
    rows = {frozenset(min(_CARD) if kind in _CARD else kind for kind in row) for row in read}
    return all(any(kind in row for row in rows) for kind in asked) and all(row & asked for row in rows)


def _contradictions(dossiers: Dossiers) -> Figure:
    found = [sum(any(matches(t, r) for r in read.contradictions) for t in truth.contradictions)
             for truth, read in dossiers]  # fmt: skip
    false = [sum(not any(matches(t, r) for t in truth.contradictions) for r in read.contradictions)
             for truth, read in dossiers]  # fmt: skip
    clean = [[count, 1] for count, (truth, _) in zip(false, dossiers, strict=True) if not truth.contradictions]
    return {
        "recall": share(sum(found), sum(len(truth.contradictions) for truth, _ in dossiers)),
        "false_alarms_per_clean_dossier": resampled(clean, ratio, len(clean)),
        "false_alarms": sum(false),
    }


def matches(truth: TrueContradiction, read: ContradictionOutcome) -> bool:
    """The same fact: the same sort of field in two of the same files, or two of the same values."""
    if truth.files and len(truth.files & read.files) < min(2, len(truth.files)):
        return False
    values = {squeeze(value) for value in truth.values} & {squeeze(value) for value in read.values}
    return base_of(truth.field) == base_of(read.field) or len(values) > 1


def base_of(field: str) -> str:
    """The field without the party: `mother_name` and `full_name` are both `name`."""
    for party in _PARTIES:
        field = field.removeprefix(party)
    return field


def _strays(dossiers: Dossiers) -> Figure:
    found = sum(len(truth.strays & read.strays) for truth, read in dossiers)
    return {
        "recall": share(found, sum(len(truth.strays) for truth, _ in dossiers)),
        "false_alarms": sum(len(read.strays - truth.strays) for truth, read in dossiers),
    }
