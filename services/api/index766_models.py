"""The shapes of index 766 in the API."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from services.api.models import Both

DOSSIER = "H37.00-261125-0001"


class IndicatorOut(BaseModel):
    """One indicator: `points` = most × min(1, (numerator ÷ denominator) ÷ target)."""

    indicator: str = Field(examples=["in_time"])
    group: str = Field(examples=["progress"])
    name: Both
    most: float = Field(examples=[20])
    target: float = Field(examples=[1])
    assumed: bool = Field(examples=[False], description="the formula is not publicly confirmed")
    held: bool = Field(examples=[True], description="whether this system keeps such rows at all")
    formula: Both
    numerator: int = Field(examples=[19])
    denominator: int = Field(examples=[20])
    unknown: int = Field(examples=[0], description="rows in neither number")
    share: float | None = Field(examples=[0.95])
    points: float | None = Field(examples=[19.0], description="null where nothing can be said")
    lists: dict[str, str] = Field(
        examples=[{"numerator": "/v1/index-766/rows?indicator=in_time&side=numerator"}],
        description="the rows behind numerator, denominator and unknown",
    )


class IndexOut(BaseModel):
    """The index of a unit, an officer, or of all that was asked for."""

    group: str = Field(examples=["06463"])
    points: float = Field(examples=[25.3])
    reachable: float = Field(examples=[34.0], description="the most that the known facts allow")
    by_group: dict[str, float | None] = Field(examples=[{"progress": 19.0, "payment": None}])
    indicators: list[IndicatorOut]


class SetOut(BaseModel):
    """The version of the index."""

    id: str = Field(examples=["766-2022"])
    decision: str = Field(examples=["766/QĐ-TTg"])


class Index766Out(BaseModel):
    """Index 766 of a period."""

    set: SetOut
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    at: datetime = Field(description="the moment what is still open was judged at, if the period has not ended")
    total: IndexOut
    groups: list[IndexOut]


class IndexRowOut(BaseModel):
    """A row that was counted: a dossier, or a procedure (code and address alone)."""

    code: str = Field(examples=[DOSSIER])
    url: str = Field(examples=[f"/v1/dossiers/{DOSSIER}"])
    unit: str | None = Field(None, examples=["06463"])
    officer: str | None = Field(None, examples=["lan.nt"])
    procedure: str | None = Field(None, examples=["1.001193"])
    submitted_at: datetime | None = None


class IndexRowsOut(BaseModel):
    """A page of the rows behind a figure."""

    total: int = Field(examples=[1])
    items: list[IndexRowOut]
    next: str | None = Field(examples=[None])
