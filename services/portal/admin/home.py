"""The first page of administration: where to go, and what waits."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from services.portal.admin.frame import show

router = APIRouter()


@router.get("/quan-tri")
def home(request: Request) -> HTMLResponse:
    """A tile a page."""
    return show(request, "home.html")
