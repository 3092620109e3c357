"""What stands beside a page at the desk: each field with its name, its value, how sure, and where it was read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.api.masking import SENSITIVE
from services.dossier.naming import name_field
from services.wording import Language

SURE = 0.9
"""From here on a value is shown as sure; below it the officer's eye is asked for."""
MARGIN = 0.004
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: `crop` is left, top, width, height on its picture in pixels, None where there is no place."""

    name: str
    label: str
    value: str
    machine_value: str
    percent: int
    sure: bool
    masked: bool
    confirmed: bool
    picture: str
    crop: tuple[float, float, float, float] | None
    box: tuple[float, float, float, float] | None
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a picture; `name` ties a field's box to it."""

    name: str
    address: str
    file: str
    page: int
    width: int
    height: int
    unreadable: Mapping[str, str] | None


def page_pictures(dossier: Mapping[str, Any]) -> list[Picture]:
    """The pages of a dossier (`GET /v1/dossiers/{code}`) in order."""
    return [
        Picture(
            name=f"p{document['number']}-{page['page']}",
            address=f"/v1/dossiers/{dossier['code']}/documents/{document['number']}/pages/{page['page']}.webp",
            file=document["name"], page=page["page"], width=page["width"], height=page["height"],
            unreadable=page["unreadable"],
        )
        for document in dossier["documents"]
        for page in document["page_list"]
    ]  # fmt: skip


def field_rows(dossier: Mapping[str, Any], number: int, language: Language) -> list[FieldRow]:
    """The fields of one paper, those the machine is least sure of first, confirmed ones last."""
    paper = next(paper for paper in dossier["papers"] if paper["number"] == number)
    pictures = {(picture.file, picture.page): picture for picture in page_pictures(dossier)}
    rows = [
        _row(name, field, pictures.get((field["file"], field["page"])), language)
        for name, field in paper["fields"].items()
    ]
    return sorted(rows, key=lambda row: (row.confirmed, row.percent, row.label))


def _row(name: str, field: Mapping[str, Any], picture: Picture | None, language: Language) -> FieldRow:
    box = tuple(field["box"]) if field["box"] and picture else None
    return FieldRow(
        name=name,
        label=name_field(name).say(language),
        value=as_written(field["value"]),
        machine_value=as_written(field["machine_value"]),
        percent=round(field["confidence"] * 100),
        sure=field["confidence"] >= SURE,
        masked=bool(SENSITIVE.search(name)),
        confirmed=field["confirmed_at"] is not None,
        picture=picture.name if picture else "",
        # a number that is shown masked is not shown in its picture either: the page's own view is recorded
        crop=_crop(box, picture) if box and picture and not SENSITIVE.search(name) else None,
        box=(box[0], box[1], box[2] - box[0], box[3] - box[1]) if box else None,
        size=(picture.width, picture.height) if picture else (1, 1),
    )


@dataclass(frozen=True, slots=True)
class Side:
    """One of the places that a finding compares; `crop` as in `FieldRow`."""

    file: str
    page: int
    address: str
    crop: tuple[float, float, float, float]
    size: tuple[int, int]


def sides_of(dossier: Mapping[str, Any], finding: Mapping[str, Any]) -> list[Side]:
    """The places of a finding as pieces of their pages; none where a number stands that is shown masked."""
    pictures = {(picture.file, picture.page): picture for picture in page_pictures(dossier)}
    hidden = {
        (field["file"], field["page"], tuple(field["box"] or ()))
        for paper in dossier["papers"]
        for name, field in paper["fields"].items()
        if SENSITIVE.search(name)
    }
    sides = []
    for place in finding["places"]:
        picture = pictures.get((place["file"], place["page"]))
        box = tuple(place["box"] or ())
        if picture and box and (place["file"], place["page"], box) not in hidden:
            crop = _crop(box, picture)
            sides.append(Side(place["file"], place["page"], picture.address, crop, (picture.width, picture.height)))
    return sides


def as_written(value: str) -> str:
    """A date as people in Viet Nam write it; anything else as it is."""
    found = ISO_DAY.fullmatch(value)
    return f"{found[3]}/{found[2]}/{found[1]}" if found else value


def _crop(box: tuple[float, ...], picture: Picture) -> tuple[float, float, float, float]:
    left, top = max(0.0, box[0] - MARGIN), max(0.0, box[1] - MARGIN)
    right, bottom = min(1.0, box[2] + MARGIN), min(1.0, box[3] + MARGIN)
    wide, high = picture.width, picture.height
    return round(left * wide), round(top * high), round((right - left) * wide), round((bottom - top) * high)
