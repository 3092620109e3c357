"""The papers of a procedure in words: all of them, those that are always needed first."""

from services.catalogue.facts import Fact
from services.catalogue.national import NationalProcedure
from services.catalogue.procedure import RequiredPaper
from services.catalogue.rule_words import explain_rule
from services.wording import Language, sentence

FEW, NAME_WORDS = 4, 14
"""How many papers are named in one line, and with how many of their words."""


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


def say_papers_briefly(found: NationalProcedure, language: Language) -> str:
    """The first papers by name in one line, and how many more there are; empty where none is known."""
    papers = sorted(found.procedure.papers, key=lambda paper: paper.when is not None)
    if not papers:
        return ""
    names = "; ".join(_shorten(paper.name) for paper in papers[:FEW])
    rest = len(papers) - FEW
    more = sentence("assistant.papers_more", count=rest).say(language) if rest > 0 else ""
    return sentence("assistant.papers_brief", names=names + more).say(language)


def _shorten(name: str) -> str:
    words = name.strip(" ;.").split()
    return " ".join(words[:NAME_WORDS]) + ("…" if len(words) > NAME_WORDS else "")


def _say_paper(paper: RequiredPaper, language: Language) -> str:
    marks = [sentence("assistant.paper_presented").say(language)] if paper.presented else []
    if paper.copy and not paper.presented:
        marks.append(sentence(f"assistant.paper_{paper.copy}").say(language))
    if paper.template:
        marks.append(sentence("assistant.paper_template", template=paper.template).say(language))
    if paper.when and paper.when != Fact.SPECIAL_CASE:
        marks.append(explain_rule(paper.when, language))
    text = paper.name.strip(" ;.") + (f" ({'; '.join(marks)})" if marks else "")
    return f"{text}. {paper.note}" if paper.note else f"{text}."
