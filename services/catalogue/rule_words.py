"""A condition of the catalogue in plain words: `agent_submits and not online` → “the agent hands it in and …”."""

from services.catalogue.rules import Both, Either, Named, Not, Rule, parse_rule
from services.wording import Language, sentence


def explain_rule(when: str, language: Language) -> str:
    """The condition as a citizen would say it, without a leading “when”.

    Raises:
        Refused: the condition cannot be parsed.
    """
    return _words(parse_rule(when), language, yes=True)


def _words(rule: Rule, language: Language, *, yes: bool) -> str:
    match rule:
        case Named(fact):
            truth = "yes" if yes else "no"
            return sentence(f"condition.{fact}_{truth}").say(language)
        case Not(inner):
            return _words(inner, language, yes=not yes)
        case Both(left, right):
            # not (a and b) is said as: not a or not b
            word = "and" if yes else "or"
        case Either(left, right):
            word = "or" if yes else "and"
    sides = {"left": _words(left, language, yes=yes), "right": _words(right, language, yes=yes)}
    return sentence(f"condition.joined_{word}", **sides).say(language)
