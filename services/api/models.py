"""The shapes the API answers with, as its OpenAPI document tells them."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from services.deadline.promise import Promise

CODE = "H37.00-261125-0001"
DUE_IS = (
    "how to read `due_at`: `given` to the citizen; `expected`, if the dossier is complete and received as it was "
    "handed in; `at_reception`, set when it is received complete; `paused`, set anew when the clock goes on; "
    "`unknown`, no time of the law known; `none`, it was never received"
)


class Both(BaseModel):
    """A sentence in both languages."""

    vi: str = Field(examples=["Tiếp nhận lúc 10:00 ngày 25/11/2026."])
    en: str = Field(examples=["Received at 10:00 on 25/11/2026."])


class Problem422(BaseModel):
    """A problem document (RFC 9457)."""

    model_config = ConfigDict(title="Problem")

    type: str = Field(examples=["urn:motcua:problem:api.no_dossier"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["Không có hồ sơ mã H37.00-261125-0009. Kiểm tra lại mã trên giấy tiếp nhận."])
    details: Both
    instance: str = Field(examples=["/v1/dossiers/H37.00-261125-0009"])


class ReceiptOut(BaseModel):
    """The receipt of a dossier handed in."""

    code: str = Field(examples=[CODE])
    receipt_key: str = Field(examples=["K7M2P9QX"], description="the receipt key: with the code it opens the dossier")
    received_at: datetime = Field(examples=["2026-11-25T09:00:00+07:00"])
    due_at: datetime | None = Field(examples=["2026-11-25T17:00:00+07:00"])
    due_is: Promise = Field(Promise.EXPECTED, examples=["expected"], description=DUE_IS)
    due_lines: list[Both] = Field(description="how the due date was computed, one step a line")
    duplicates: list[str] = Field(examples=[[]], description="names of files that came twice and were kept once")
    status_url: str = Field(examples=[f"/v1/dossiers/{CODE}"])


class StatusOut(BaseModel):
    """A national status code with its name."""

    code: int = Field(examples=[2])
    name: str = Field(examples=["received"])


class DossierFacts(BaseModel):
    """What a list and the whole dossier tell alike."""

    code: str = Field(examples=[CODE])
    unit: str = Field(examples=["tinh"])
    channel: str = Field(examples=["direct"])
    lane: str = Field(examples=["express"])
    status: StatusOut
    road: str = Field(examples=["finished"], description="moving, finished or waits_for_person")
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    due_is: Promise = Field(examples=["given"], description=DUE_IS)
    result_at: datetime | None
    verdict: str | None = Field(examples=["in_progress_in_time"])


class DossierRowOut(DossierFacts):
    """A dossier in a list."""

    procedure: str | None = Field(examples=["1.001193"])
    procedure_name: str | None = Field(examples=["Thủ tục đăng ký khai sinh"])
    field: str | None = Field(examples=["Hộ tịch"])
    near_due: bool = Field(description="in progress, and due within the next working day")
    step_late: bool = Field(
        description="it lies at a desk beyond the days of its step, whether it is late itself or not"
    )


class DossierListOut(BaseModel):
    """A page of a list; `next` is the cursor of the following one."""

    total: int = Field(examples=[1], description="how many dossiers the filter shows on all pages together")
    items: list[DossierRowOut]
    next: str | None = Field(examples=[None])


class StageOut(BaseModel):
    """One stage of a dossier: its runs together, in seconds."""

    stage: str = Field(examples=["ocr"])
    waiting_s: float = Field(examples=[0.012])
    working_s: float = Field(examples=[1.4])
    runs: int = Field(examples=[2])
    attempts: int = Field(examples=[1])
    open: int = Field(examples=[0])
    done: int = Field(examples=[2])
    waits_for_person: int = Field(examples=[0])


class FieldOut(BaseModel):
    """A value with what lets a person check it; `box` is left, top, right, bottom as fractions of the page."""

    value: str = Field(examples=["Nông Thị Hoa"])
    raw: str = Field(examples=["NÔNG THỊ HOA"])
    confidence: float = Field(examples=[0.97])
    file: str | None = Field(examples=["to-khai.pdf"])
    page: int = Field(examples=[1])
    box: list[float] | None = Field(examples=[[0.21, 0.31, 0.52, 0.33]])
    source: str = Field(examples=["ocr"], description="text_layer, ocr, qr, mrz or officer")
    confirmed_at: datetime | None = Field(description="when an officer confirmed or corrected it")
    machine_value: str = Field(description="what the machine had read")


class PaperOut(BaseModel):
    """A paper found in a dossier; `kind` is null where the machine is not sure, `other` where no known kind fits."""

    number: int = Field(examples=[1])
    kind: str | None = Field(examples=["birth_registration_declaration"])
    confidence: float = Field(
        examples=[0.98], description="how sure the machine is of the kind; of `other`: how sure that no known kind "
        "fits, which says nothing of what the paper is, so pages claim no sureness for it"
    )  # fmt: skip
    alternatives: list[Any] = Field(examples=[[["birth_registration_declaration", 0.98]]])
    title: str = Field(examples=["TỜ KHAI ĐĂNG KÝ KHAI SINH"])
    pages: list[dict[str, Any]] = Field(examples=[[{"file": "to-khai.pdf", "page": 1}]])
    fields: dict[str, FieldOut]


class FindingOut(BaseModel):
    """What an officer should know."""

    rule: str = Field(examples=["missing_paper"])
    severity: str = Field(examples=["blocking"])
    stage: str = Field(examples=["check"])
    text: Both
    places: list[dict[str, Any]] = Field(examples=[[]])


class DossierOut(DossierFacts):
    """A dossier whole."""

    version: int = Field(examples=[2], description="number of its last fact; an action names the version it saw")
    applicant: dict[str, str] = Field(examples=[{"name": "Nông Thị Hoa", "citizen_id": "•••••••••123"}])
    procedure: dict[str, Any] = Field(examples=[{"code": "1.001193", "version": 1}])
    due: dict[str, Any] | None = Field(description="lead time and lines of why")
    stages: list[StageOut]
    runs: list[dict[str, Any]]
    documents: list[dict[str, Any]]
    papers: list[PaperOut]
    findings: list[FindingOut]


class FiguresOut(BaseModel):
    """On-time figures of one group; each opens the list behind it."""

    group: str = Field(examples=["tinh"])
    received: int = Field(examples=[10])
    early: int = Field(examples=[4])
    on_time: int = Field(examples=[3])
    late: int = Field(examples=[1])
    in_progress_in_time: int = Field(examples=[1])
    in_progress_overdue: int = Field(examples=[0])
    paused: int = Field(examples=[1])
    undated: int = Field(examples=[0])
    on_time_rate: float | None = Field(
        examples=[0.8889], description="(early + on time + in progress in time) / (received − paused − undated)"
    )
    lists: dict[str, str] = Field(examples=[{"late": "/v1/dossiers?unit=tinh&verdict=late"}])


class OnTimeOut(BaseModel):
    """On-time figures at one moment."""

    at: datetime
    total: FiguresOut
    groups: list[FiguresOut]
