"""`POST /v1/national/dossiers`: a dossier in the national portal's form, from a system that holds a token for it."""

import tempfile
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from services import clock
from services.api.database import Resources, resources_of
from services.api.models import CODE, Problem422
from services.api.problems import Problem
from services.dossier.errors import Conflict
from services.national.intake import DossierSent, find_unit_of, take_in
from services.wording import sentence

router = APIRouter(tags=["dossiers"])


class TakenInOut(BaseModel):
    """The receipt of a dossier that the portal sent, by the portal's names where it has them."""

    model_config = ConfigDict(populate_by_name=True)

    code: str = Field(alias="MaHoSo", examples=[CODE])
    key: str = Field(alias="MaTraCuu", examples=["K7M2P9QX"], description="the receipt key, for the citizen")
    status: int = Field(alias="TrangThai", examples=[1])
    files: int = Field(alias="TepDaNhan", examples=[2], description="files whose bytes came along and are kept")


@router.post(
    "/v1/national/dossiers",
    status_code=HTTPStatus.CREATED,
    response_model=TakenInOut,
    responses={200: {"model": TakenInOut, "description": "taken in before"},
               **{code: {"model": Problem422} for code in (403, 409, 422)}},
    summary="Take in a dossier in the national portal's form",
)  # fmt: skip
def take(
    sent: DossierSent, response: Response, resources: Annotated[Resources, Depends(resources_of)]
) -> dict[str, object]:
    """Each `MaHoSo` once: sent again it is answered with the same receipt (200); with other contents it is 409."""
    whoever = resources.principal
    with resources.writing.connection() as connection, tempfile.TemporaryDirectory(prefix="motcua-national-") as folder:
        if not whoever.covers(find_unit_of(connection, sent)):
            raise Problem(HTTPStatus.FORBIDDEN, sentence("access.other_unit"))
        try:
            taken = take_in(
                connection, resources.objects, resources.settings, sent, now=clock.now(), folder=Path(folder)
            )  # fmt: skip
        except Conflict as error:
            raise Problem(HTTPStatus.CONFLICT, error.sentence) from error
    if taken.known:
        response.status_code = HTTPStatus.OK
    return taken.answer
