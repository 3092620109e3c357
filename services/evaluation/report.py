"""All figures of labelled dossiers in one shape (docs/evaluation.md)."""

from collections.abc import Sequence

from services.evaluation.dossier_figures import Dossiers, measure_dossiers
from services.evaluation.field_figures import measure_fields, printed_only, score, values_of
from services.evaluation.interval import Figure, ratio, resampled, share
from services.evaluation.kind_figures import measure_kinds, named_of
from services.evaluation.pairs import Pair, pair_papers
from services.evaluation.text_distance import Score, compare, fold


def measure(dossiers: Dossiers) -> Figure:
    """Text, kinds, fields, dossiers, and the first three by what was done to the pages."""
    pairs = [pair_papers(truth, read) for truth, read in dossiers]
    papers = [pair for some in pairs for pair in some if pair.truth]
    return {
        "dossiers": len(dossiers),
        "files": sum(len(truth.files) for truth, _ in dossiers),
        "papers": len(papers),
        "text": _text(dossiers),
        "kinds": measure_kinds(named_of(papers)),
        "fields": measure_fields([values_of(some) for some in pairs]),
        **measure_dossiers(dossiers),
        "by_degradation": {name: _by_degradation(dossiers, pairs, name) for name in _degradations(dossiers)},
    }


def _degradations(dossiers: Dossiers) -> list[str]:
    return sorted({file.degradation for truth, _ in dossiers for file in truth.files if file.degradation})


def _by_degradation(dossiers: Dossiers, pairs: Sequence[Sequence[Pair]], name: str) -> Figure:
    chosen = [[pair for pair in some if pair.file.degradation == name] for some in pairs]
    named = named_of([pair for some in chosen for pair in some])
    values = [values_of(some) for some in chosen]
    return {
        "papers": len(named),
        "cer": _text(dossiers, name)["cer"],
        "kind_top1": share(sum(paper.best == paper.truth for paper in named), len(named)),
        "field_f1": score(values)["f1"],
        "printed_field_f1": score(printed_only(values))["f1"],
    }


def _text(dossiers: Dossiers, degradation: str = "") -> Figure:
    """CER and WER over the pages whose text is labelled."""
    rows: list[Score] = []
    for truth, read in dossiers:
        total = Score()
        for file, outcome in zip(truth.files, read.files, strict=True):
            if degradation in {"", file.degradation}:
                for number, page in enumerate(file.pages):
                    total += compare(fold(page), fold("".join(outcome.pages[number : number + 1])))
        rows.append(total)
    return {
        "cer": resampled([[s.wrong_letters, s.letters] for s in rows], ratio, sum(s.letters for s in rows)),
        "wer": resampled([[s.wrong_words, s.words] for s in rows], ratio, sum(s.words for s in rows)),
    }
