"""What is missing, what contradicts and what strays in the files of one dossier, and which procedure they speak for."""

from collections.abc import Sequence
from dataclasses import replace

from services import clock
from services.catalogue.procedure import Procedure
from services.catalogue.shipped import load_shipped
from services.catalogue.versions import in_force
from services.check.clash import Contradiction, contradictions
from services.check.look import check_dossier
from services.check.missing import Missing, missing_papers
from services.check.stray import find_strays
from services.classify.procedure import guess_procedure, with_national
from services.dossier.errors import Refused
from services.dossier.finding import Finding
from services.dossier.paper import ProcedureGuess, ReadPaper
from services.precheck.read import FileRead
from services.precheck.shapes import finding_shape, main_paper
from services.wording import Language, sentence


def judge(reads: Sequence[FileRead], declared: str, words: str) -> dict[str, object]:
    """The dossier of these files in the shape of `motcua pre-check --json` and `POST /v1/pre-check`.

    Raises:
        Refused: the declared procedure is not in the catalogue.
    """
    today = clock.in_vietnam(clock.now()).date()
    papers = _numbered(reads)
    documents = [read.document for read in reads]
    offered = with_national(load_shipped())
    if declared and all(one.code != declared for one in offered):
        raise Refused(sentence("catalogue.unknown_code", code=declared))
    guess = guess_procedure([read.paper for read in papers], documents, offered, declared or None, words)
    code = guess.code or (guess.alternatives[0][0] if guess.alternatives else None)
    chosen = in_force(offered, code, today) if code else None
    names = {read.document.number: str(read.path) for read in reads}
    missing = missing_papers(chosen, papers)
    found = contradictions(papers)
    findings = [
        *(finding for read in reads for finding in read.findings),
        *check_dossier(chosen, documents, papers, today),
    ]
    return {
        "procedure": _procedure_shape(guess, chosen),
        "documents": [_document_shape(read) for read in reads],
        "missing": [_missing_shape(item) for item in missing],
        "contradictions": [_contradiction_shape(item, names) for item in found],
        "strays": list(
            dict.fromkeys(names[paper.paper.pages[0].document] for paper, _ in find_strays(papers, documents))
        ),
        "findings": [_placed(finding, names) for finding in findings],
        # of files none of which could be read nothing can be said, least of all that they are enough
        "complete": not missing and any(read.error is None for read in reads),
    }


def _numbered(reads: Sequence[FileRead]) -> list[ReadPaper]:
    papers = [paper for read in reads for paper in read.papers]
    return [replace(read, paper=replace(read.paper, number=number)) for number, read in enumerate(papers, 1)]


def _procedure_shape(guess: ProcedureGuess, chosen: Procedure | None) -> dict[str, object]:
    return {
        "code": chosen.code if chosen else None,
        "name": chosen.name_vi if chosen else None,
        "decided": guess.code is not None,
        "confidence": guess.confidence,
        "alternatives": [list(pair) for pair in guess.alternatives],
    }


def _document_shape(read: FileRead) -> dict[str, object]:
    main = main_paper(read.papers)
    return {
        "file": str(read.path),
        "kind": main.paper.kind.value if main and main.paper.kind else None,
        "kinds": [paper.paper.kind.value for paper in read.papers if paper.paper.kind],
        "titles": [paper.paper.title for paper in read.papers if paper.paper.kind],
        "error": read.error.say(Language.VI) if read.error else None,
        "error_en": read.error.say(Language.EN) if read.error else None,
    }


def _missing_shape(item: Missing) -> dict[str, object]:
    return {
        "kind": item.kinds[0].value if item.kinds else None,
        "kinds": [kind.value for kind in item.kinds],
        "name": item.name,
        "why": item.why.say(Language.VI),
    }


def _contradiction_shape(item: Contradiction, names: dict[int, str]) -> dict[str, object]:
    values = [
        {"file": names.get(field.document, ""), "field": field.name, "value": field.value} for field in item.values
    ]
    return {"field": item.field, "values": values}


def _placed(finding: Finding, names: dict[int, str]) -> dict[str, object]:
    files = [names[place.document] for place in finding.places if place.document in names]
    return {**finding_shape(finding), "files": list(dict.fromkeys(files))}
