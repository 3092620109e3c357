"""A page in the reader's language: Jinja2 templates, the wording catalogue, nothing from another host."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from services import clock
from services.deadline.promise import Promise
from services.dossier.naming import name_kind, name_paper
from services.portal.heading import staff_pages
from services.portal.light import assets_version, holds_styles, style_sheet
from services.portal.unit_names import names_of, unit_named
from services.wording import Language, sentence
from services.wording.dates import write_date, write_moment, write_slot
from services.wording.numbers import write_number, write_share

LANGUAGE_COOKIE = "lang"
YEAR_S = 365 * 24 * 3600


def page_language(request: Request) -> Language:
    """What the reader chose on a page, else Vietnamese: the browser's wish is often only its maker's default."""
    wish = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    return Language.EN if wish == Language.EN else Language.VI


def render(request: Request, template: str, status: int = HTTPStatus.OK, **values: object) -> HTMLResponse:
    """The page `template` with these values; a language chosen in the address is remembered for a year."""
    language = page_language(request)
    body = _environment().get_template(template).render(
        request=request, csrf=getattr(request.state, "csrf", ""), language=language,
        assets=assets_version(), own_sheet=style_sheet, sheet=style_sheet() if holds_styles(request.headers) else "",
        staff_pages=staff_pages(getattr(request.state, "principal", None)),
        t=_speaker(language), sureness=_sureness(language), other_language=_other_language(request, language),
        unit_names=names_of(request).names, kind_name=lambda kind: name_kind(kind).say(language),
        paper_name=lambda kind, title: name_paper(kind, title, language),
        status_name=lambda code: sentence(f"dossier.status_{code}").say(language),
        fact_name=lambda fact: sentence(f"catalogue.fact_{fact}").say(language),
        word_without_verdict=word_without_verdict,
        form_name=lambda form: sentence(f"forms.title_{form}").say(language),
        **values,
    )  # fmt: skip
    response = HTMLResponse(body, status)
    if request.query_params.get("lang") in set(Language):
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=YEAR_S, samesite="lax", httponly=True)
    return response


def _speaker(language: Language) -> Callable[..., str]:
    def say(name: str, /, **params: str | float) -> str:
        return sentence(f"portal.{name}", **params).say(language)

    return say


SURE_PERCENT, RATHER_PERCENT = 90, 70
"""As `papers.SURE`: from here on a value is shown as sure; between them the machine is fairly sure."""


def _sureness(language: Language) -> Callable[[float], str]:
    """How sure the machine is, in words and as a number."""

    def say(percent: float) -> str:
        some = "portal.sure_rather" if percent >= RATHER_PERCENT else "portal.sure_not"
        said = sentence("portal.sure_very" if percent >= SURE_PERCENT else some)
        return sentence("portal.machine_sure", word=said.say(language), percent=round(percent)).say(language)

    return say


def _other_language(request: Request, language: Language) -> str:
    other = Language.VI if language is Language.EN else Language.EN
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    # an answer to a form has no address of its own to come back to
    path = request.url.path if request.method == "GET" else "/"
    return f"{path}?{urlencode([*kept, ('lang', other)])}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("services.portal"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {
        "day": _in_language(day),
        "moment": _in_language(moment),
        "is_today": is_today,
        "date": _in_language(date_written),
        "slot": _in_language(write_slot),
        "slot_brief": _in_language(partial(write_slot, brief=True)),
        "thousands": thousands,
        "percent": percent,
        "decimal": decimal,
        "unit_name": unit_named,
        "kind_named": lambda kind, language: name_kind(kind).say(language),
        "lower_first": lower_first,
        "first_upper": first_upper,
    }
    return environment


def _read(value: datetime | str) -> datetime:
    return clock.in_vietnam(datetime.fromisoformat(value) if isinstance(value, str) else value)


def day(value: datetime | str, language: Language = Language.VI) -> str:
    """The day of a moment in Viet Nam: 02/9/2026, in English 2 Sep 2026."""
    return write_date(_read(value), language)


def date_written(value: date | str, language: Language = Language.VI) -> str:
    """A date that has no hour."""
    return write_date(date.fromisoformat(value) if isinstance(value, str) else value, language)


def moment(value: datetime | str, language: Language = Language.VI) -> str:
    """A moment in Viet Nam: 14:05, 02/9/2026, in English 14:05, 2 Sep 2026."""
    return write_moment(_read(value), language)


def _in_language(write: Callable[[Any, Language], str]) -> Callable[[Context, Any], str]:
    """The filter that writes a value in the page's language."""

    @pass_context
    def written(context: Context, value: Any) -> str:  # noqa: ANN401 - whatever `write` takes
        return write(value, context["language"])

    return written


def is_today(value: datetime | str) -> bool:
    """Whether a moment is of this day in Viet Nam."""
    return _read(value).date() == clock.in_vietnam(clock.now()).date()


WITHOUT_VERDICT = {Promise.UNKNOWN: "undated", Promise.NONE: "closed"}


def word_without_verdict(due_is: str) -> str:
    """How a dossier stands that has no verdict, as part of a key of the wording: before reception no time counts."""
    return WITHOUT_VERDICT.get(Promise(due_is), "waiting")


def lower_first(text: str) -> str:
    """A sentence that goes on after a dash."""
    return text[:1].lower() + text[1:]


def first_upper(text: str) -> str:
    """A name at the head of its line."""
    return text[:1].upper() + text[1:]


@pass_context
def thousands(context: Context, value: int) -> str:
    """A count with marks between its thousands: 1.234.567."""
    return write_number(value, context["language"])


@pass_context
def decimal(context: Context, value: float, places: int | None = None) -> str:
    """A measured number: 3,2; with so many places where columns are compared."""
    return write_number(value, context["language"], places)


@pass_context
def percent(context: Context, value: float | None, places: int = 1) -> str:
    """A share as a percentage; a dash where there is nothing to divide by."""
    return write_share(value, context["language"], places)
