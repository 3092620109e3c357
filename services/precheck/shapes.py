"""The JSON shapes of reading commands, fixed for whoever reads them."""

from collections.abc import Iterable, Sequence

from services.dossier.field import Field
from services.dossier.finding import Finding
from services.dossier.kinds import PaperKind
from services.dossier.page import Box
from services.dossier.paper import ReadPaper
from services.precheck.read import FileRead
from services.wording import Language

_BESIDE = {PaperKind.CITIZEN_ID_FRONT, PaperKind.CITIZEN_ID_BACK}


def file_shape(read: FileRead, findings: Sequence[Finding] = ()) -> dict[str, object]:
    """One line of `motcua extract`: the first paper of the file, and every paper under `papers`."""
    main = main_paper(read.papers)
    paper = main.paper if main else None
    return {
        "file": str(read.path),
        "pages": [page.text for page in read.document.pages],
        "kind": paper.kind.value if paper and paper.kind else None,
        "confidence": paper.confidence if paper else 0.0,
        "alternatives": [[kind.value, share] for kind, share in paper.alternatives] if paper else [],
        "title": paper.title if paper else "",
        "fields": {field.name: field_shape(field) for field in _fields(read.papers, main)},
        "papers": [paper_shape(one) for one in read.papers],
        "findings": [finding_shape(finding) for finding in (*read.findings, *findings)],
        "engine": read.engine,
        "seconds": read.seconds,
        "error": read.error.say(Language.VI) if read.error else None,
    }


def main_paper(papers: Sequence[ReadPaper]) -> ReadPaper | None:
    """The first paper that can be read, else the first."""
    readable = [paper for paper in papers if paper.paper.kind is not PaperKind.UNREADABLE]
    return next(iter(readable or papers), None)


def _fields(papers: Sequence[ReadPaper], main: ReadPaper | None) -> Iterable[Field]:
    """The fields of the main paper; both sides of a card in one file are one paper."""
    if main is None:
        return ()
    sides = [
        paper for paper in papers if paper.paper.kind in _BESIDE and main.paper.kind in _BESIDE and paper is not main
    ]
    return (*(field for side in sides for field in side.fields), *main.fields)


def field_shape(field: Field) -> dict[str, object]:
    """A field with everything that lets a person check it."""
    return {
        "value": field.value,
        "raw": field.raw,
        "confidence": field.confidence,
        "page": field.page,
        "box": box_shape(field.box),
        "source": field.source.value,
    }


def box_shape(box: Box | None) -> list[float] | None:
    """Left, top, right, bottom as fractions of the page."""
    return [round(side, 5) for side in (box.left, box.top, box.right, box.bottom)] if box else None


def paper_shape(read: ReadPaper) -> dict[str, object]:
    """One paper of a file: its kind, pages and fields."""
    return {
        "kind": read.paper.kind.value if read.paper.kind else None,
        "confidence": read.paper.confidence,
        "pages": [ref.page for ref in read.paper.pages],
        "title": read.paper.title,
        "fields": {field.name: field_shape(field) for field in read.fields},
    }


def finding_shape(finding: Finding) -> dict[str, object]:
    """A finding in both languages with its first page."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "text_vi": finding.sentence.say(Language.VI),
        "text_en": finding.sentence.say(Language.EN),
        "page": finding.places[0].page if finding.places else None,
    }
