"""The papers of a procedure in words: all of them, those that are always needed first."""

import re

from services.catalogue.facts import Fact
from services.catalogue.national import NationalProcedure
from services.catalogue.procedure import RequiredPaper
from services.wording import Language, sentence

_WORD = re.compile(r"[a-z][a-z0-9_]*")


def say_papers(found: NationalProcedure, language: Language) -> str:
    """One line a paper, numbered through both lists."""
    papers = found.procedure.papers
    if not papers:
        return sentence("assistant.papers_unknown").say(language)
    always = [paper for paper in papers if paper.when is None]
    sometimes = [paper for paper in papers if paper.when is not None]
    lines = []
    if always:
        lines.append(sentence("assistant.papers").say(language))
        lines += [f"{at}. {_say_paper(paper, language)}" for at, paper in enumerate(always, 1)]
    if sometimes:
        lines.append(sentence("assistant.papers_sometimes" if always else "assistant.papers").say(language))
        lines += [f"{at}. {_say_paper(paper, language)}" for at, paper in enumerate(sometimes, len(always) + 1)]
    return "\n".join(lines)


def _say_paper(paper: RequiredPaper, language: Language) -> str:
    marks = [sentence("assistant.paper_presented").say(language)] if paper.presented else []
    if paper.copy and not paper.presented:
        marks.append(sentence(f"assistant.paper_{paper.copy}").say(language))
    if paper.template:
        marks.append(sentence("assistant.paper_template", template=paper.template).say(language))
    marks += [sentence(f"catalogue.fact_{fact}").say(language) for fact in _facts_of(paper.when or "")]
    text = paper.name.strip(" ;.") + (f" ({'; '.join(marks)})" if marks else "")
    return f"{text}. {paper.note}" if paper.note else f"{text}."


def _facts_of(rule: str) -> list[Fact]:
    """What a condition asks, but for the unnamed special case, which the paper's own name tells."""
    words = [word for word in _WORD.findall(rule) if word not in {"and", "or", "not", Fact.SPECIAL_CASE}]
    return [Fact(word) for word in dict.fromkeys(words)]
