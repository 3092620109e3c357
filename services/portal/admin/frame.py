"""What the administrator's pages have alike: the ways between them, what was done, and why something was not."""

from collections.abc import Callable
from http import HTTPStatus

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import ValidationError

from services.access.roles import Permit, Principal
from services.api.problems import Problem
from services.dossier.errors import MotcuaError
from services.portal.render import page_language, render
from services.wording import all_ids, sentence

P = Permit
SECTIONS: tuple[tuple[Permit, str, str], ...] = (
    (P.CATALOGUE, "/quan-tri/thu-tuc", "nav_catalogue"),
    (P.UNITS, "/quan-tri/don-vi", "nav_units"),
    (P.CALENDAR, "/quan-tri/lich", "nav_calendars"),
    (P.ACCOUNTS, "/quan-tri/tai-khoan", "nav_accounts"),
    (P.TOKENS, "/quan-tri/ma-truy-cap", "nav_tokens"),
    (P.WEBHOOKS, "/quan-tri/bao-tin", "nav_webhooks"),
    (P.RUNS, "/quan-tri/may", "nav_machine"),
    (P.MODELS, "/quan-tri/mo-hinh", "nav_models"),
    (P.AUDIT, "/quan-tri/nhat-ky", "nav_audit"),
)

FAULTS = (Problem, MotcuaError, ValidationError)
Fault = Problem | MotcuaError | ValidationError


def sections_of(principal: Principal) -> list[tuple[str, str]]:
    """The pages somebody may open: address and sentence."""
    return [(address, name) for permit, address, name in SECTIONS if principal.may(permit)]


def speaker(request: Request) -> Callable[..., str]:
    """Says a sentence of the wording area `admin` in the reader's language."""
    language = page_language(request)

    def say(name: str, /, **params: str | float) -> str:
        return sentence(f"admin.{name}", **params).say(language)

    return say


def show(
    request: Request, template: str, *, fault: Fault | None = None, status: HTTPStatus = HTTPStatus.OK, **values: object
) -> HTMLResponse:
    """A page of administration; it says what was wrong, or (from the address) what was done, and is kept nowhere."""
    done = f"done_{request.query_params.get('done', '')}"
    response = render(
        request, f"admin/{template}", _status_of(fault) if fault else status, a=speaker(request),
        sections=sections_of(request.state.principal), may=request.state.principal.may,
        whole=request.state.principal.units is None, said=say_fault(request, fault) if fault else "",
        done=done if f"admin.{done}" in all_ids() and not fault else "", **values,
    )  # fmt: skip
    response.headers["cache-control"] = "no-store"
    return response


def go(address: str, done: str) -> RedirectResponse:
    """To a page that says what was done, so that loading it anew does nothing twice."""
    return RedirectResponse(f"{address}{'&' if '?' in address else '?'}done={done}", HTTPStatus.SEE_OTHER)


def say_fault(request: Request, fault: Fault) -> str:
    """Why it was not done, and what to do."""
    language = page_language(request)
    if isinstance(fault, ValidationError):
        say = speaker(request)
        where = [str(next((part for part in one["loc"] if isinstance(part, str)), "")) for one in fault.errors()]
        names = [say(f"field_{name}") if f"admin.field_{name}" in all_ids() else name for name in where]
        return say("invalid", where=", ".join(dict.fromkeys(names)))
    return (fault.said if isinstance(fault, Problem) else fault.sentence).say(language)


def _status_of(fault: Fault) -> HTTPStatus:
    return fault.status if isinstance(fault, Problem) else HTTPStatus.UNPROCESSABLE_ENTITY
