"""A dossier in the field names of the national portal (MaHoSo, MaTTHC, TrangThai, NgayTiepNhan, …).

Names and enumerations as systems that feed the portal use them; moments are written `yyyyMMddHHmmss` in Viet Nam time.
The province confirms both against its own account before it switches the adapter on.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.clock import in_vietnam
from services.deadline.verdict import StepVerdict
from services.dossier.history import EventKind, HistoryEvent
from services.dossier.standing import Standing
from services.wording import sentence

MOMENT = "%Y%m%d%H%M%S"

Moment = Annotated[str, Field(pattern=r"^\d{14}$")]


class _Told(BaseModel):
    """Fields by the portal's names, nothing else."""

    model_config = ConfigDict(populate_by_name=True, extra="forbid")


class Attachment(_Told):
    """One file handed in."""

    name: str = Field(alias="TenTepDinhKem")
    digitised: int = Field(1, alias="DuocSoHoa", ge=0, le=1)
    from_store: int = Field(0, alias="DuocLayTuKhoDMQG", ge=0, le=1)


class StepTold(_Told):
    """One step of handling."""

    handler: str = Field(alias="NguoiXuLy")
    section: str = Field("", alias="PhongBanXuLy")
    at: Moment = Field(alias="ThoiDiemXuLy")
    what: str = Field(alias="NoiDungXuLy")
    begins: Moment | None = Field(None, alias="NgayBatDau")
    ends_by_rule: Moment | None = Field(None, alias="NgayKetThucTheoQuyDinh")


class DossierTold(_Told):
    """A dossier as the portal is told of it."""

    code: str = Field(alias="MaHoSo", min_length=5)
    procedure: str | None = Field(alias="MaTTHC")
    holder: str = Field(alias="ChuHoSo")
    holder_kind: int = Field(1, alias="LoaiDoiTuong", ge=1, le=2)
    unit: str = Field(alias="MaDonViTiepNhan")
    channel: int = Field(alias="KenhThucHien", ge=1, le=3)
    status: int = Field(alias="TrangThai", ge=1, le=10)
    handed_in: Moment = Field(alias="NgayNop")
    received: Moment | None = Field(None, alias="NgayTiepNhan")
    due: Moment | None = Field(None, alias="NgayHenTra")
    finished: Moment | None = Field(None, alias="NgayKetThucXuLy")
    result: str | None = Field(None, alias="MaKetQua")
    files: list[Attachment] = Field(alias="TaiLieuNop")
    has_digitised: int = Field(alias="HoSoCoThanhPhanSoHoa", ge=0, le=1)
    steps: list[StepTold] = Field(alias="QuaTrinhXuLy")


def tell_moment(at: datetime | None) -> str | None:
    """A moment as the portal writes it."""
    return None if at is None else in_vietnam(at).strftime(MOMENT)


def tell_dossier(
    *, code: str, procedure: str | None, holder: str, unit: str, channel: int, handed_in: datetime,
    due: datetime | None, standing: Standing, events: Sequence[HistoryEvent], steps: Sequence[StepVerdict],
    files: Sequence[str],
) -> DossierTold:  # fmt: skip
    """The dossier with its whole history; raises `pydantic.ValidationError` where it breaks the portal's form."""
    finished = standing.ended_at
    return DossierTold(
        code=code,
        procedure=procedure,
        holder=holder,
        unit=unit,
        channel=channel,
        status=int(standing.status or 1),
        handed_in=str(tell_moment(handed_in)),
        received=tell_moment(standing.received_at),
        due=tell_moment(due),
        finished=tell_moment(finished),
        result=standing.result_code or None,
        files=[Attachment(name=name) for name in files],
        has_digitised=int(bool(files)),
        steps=_steps(events, steps),
    )


def _steps(events: Sequence[HistoryEvent], judged: Sequence[StepVerdict]) -> list[StepTold]:
    by_start = {verdict.step.since: verdict for verdict in judged}
    told = []
    for event in events:
        if event.kind in {EventKind.SYNCHRONISED, EventKind.SYNCHRONISATION_FAILED}:
            continue
        verdict = by_start.get(event.at) if event.kind is EventKind.HANDED_OVER else None
        told.append(
            StepTold(
                handler=event.actor,
                section=event.step,
                at=str(tell_moment(event.at)),
                what=sentence(f"dossier.event_{event.kind}").say(),
                begins=tell_moment(event.at) if verdict else None,
                ends_by_rule=tell_moment(verdict.due_at) if verdict else None,
            )
        )
    return told
