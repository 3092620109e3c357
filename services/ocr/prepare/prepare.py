"""The steps in their order, each only where a cheap measure of this page calls for it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from services.dossier.page import Mark
from services.ocr.engine import GrayImage
from services.ocr.prepare.background import find_paper, flatten, is_uneven
from services.ocr.prepare.colour_ink import find_coloured, lift_seals
from services.ocr.prepare.orientation import seems_sideways, turn_quarters
from services.ocr.prepare.page_quad import find_sheet, unwarp
from services.ocr.prepare.pictures import Mask, is_grey, to_grey
from services.ocr.prepare.place import Place, whole_page
from services.ocr.prepare.resolution import LONG_SIDE, excess_of, reduce
from services.ocr.prepare.skew import LEAST, ink_of, measure_skew, turn


class Step(StrEnum):
    """What was done to a page, as it is kept with it."""

    UNWARPED = "unwarped"
    REDUCED = "reduced"
    SEALS_LIFTED = "seals_lifted"
    FLATTENED = "flattened"
    TURNED = "turned"
    DESKEWED = "deskewed"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page ready to be read: how it lies on the page as it came, the steps taken, and its coloured marks (there)."""

    image: GrayImage
    place: Place
    steps: tuple[Step, ...] = ()
    marks: tuple[Mark, ...] = ()


Ask = Callable[[GrayImage], int]
"""How many quarter turns clockwise bring a page upright: 0 when it is, or when nobody knows."""


def prepare(picture: NDArray[np.uint8], ask: Ask | None = None) -> Prepared:
    """A page (grey or RGB) made ready; `ask` is asked only about a page whose lines seem to run from top to bottom."""
    page = clean(picture)
    ink = ink_of(page.image)
    quarters = ask(page.image) if ask and seems_sideways(ink) else 0
    return upright(page, quarters) if quarters else straighten(page, ink)


def clean(picture: NDArray[np.uint8]) -> Prepared:
    """A page as grey ink on white paper, not turned in any way but out of its photograph."""
    height, width = picture.shape[:2]
    page = Prepared(picture, whole_page(width, height))
    if picture.ndim == 2 or is_grey(picture):  # noqa: PLR2004 - planes
        return even_light(_reduced(replace(page, image=picture if picture.ndim == 2 else picture[:, :, 1])))  # noqa: PLR2004
    return even_light(_without_seals(_reduced(_unwarped(page))))


def upright(page: Prepared, quarters: int) -> Prepared:
    """A prepared page turned clockwise by quarters and set straight anew."""
    image, back = turn_quarters(page.image, quarters)
    place = page.place.then(back, image.shape[1], image.shape[0])
    return straighten(replace(page, image=image, place=place, steps=(*page.steps, Step.TURNED)), ink_of(image))


def straighten(page: Prepared, ink: Mask) -> Prepared:
    """The page deskewed where its ink lies askew."""
    angle = measure_skew(ink)
    if abs(angle) < LEAST:
        return page
    image, back = turn(page.image, angle)
    return replace(
        page,
        image=image,
        place=page.place.then(back, image.shape[1], image.shape[0]),
        steps=(*page.steps, Step.DESKEWED),
    )


def even_light(page: Prepared) -> Prepared:
    """The page on white paper where its own is dark or uneven."""
    paper = find_paper(page.image)
    if not is_uneven(paper):
        return page
    return replace(page, image=flatten(page.image, paper), steps=(*page.steps, Step.FLATTENED))


def _unwarped(page: Prepared) -> Prepared:
    quad = find_sheet(page.image)
    if quad is None:
        return page
    image, back = unwarp(page.image, quad, LONG_SIDE)
    return replace(
        page,
        image=image,
        place=page.place.then(back, image.shape[1], image.shape[0]),
        steps=(*page.steps, Step.UNWARPED),
    )


def _reduced(page: Prepared) -> Prepared:
    excess = excess_of(page.image.shape[1], page.image.shape[0])
    if excess <= 1:
        return page
    image, back = reduce(page.image, excess)
    return replace(
        page,
        image=image,
        place=page.place.then(back, image.shape[1], image.shape[0]),
        steps=(*page.steps, Step.REDUCED),
    )


def _without_seals(page: Prepared) -> Prepared:
    inks = find_coloured(page.image)
    grey = to_grey(page.image)
    marks = tuple(replace(ink.mark, box=page.place.box(ink.mark.box)) for ink in inks)
    if not any(ink.is_seal for ink in inks):
        return replace(page, image=grey, marks=marks)
    return replace(page, image=lift_seals(page.image, grey, inks), marks=marks, steps=(*page.steps, Step.SEALS_LIFTED))
