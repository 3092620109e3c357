"""Who asks for what: the procedure of a dossier, the facts of each of its papers, what is left out and what clashes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from samples import facts_civil as civil
from samples import facts_more as more
from samples.cast import Cast, make_cast
from samples.clash import Clash, make_clash
from samples.facts_civil import Facts
from samples.procedures import PROCEDURES, Wanted

TELLERS: dict[str, Callable[..., Facts]] = {
    "birth_registration_declaration": civil.birth_declaration,
    "medical_birth_certificate": civil.birth_notice,
    "birth_certificate": civil.birth_certificate,
    "marriage_registration_declaration": civil.marriage_declaration,
    "marriage_certificate": civil.marriage_certificate,
    "death_notice": civil.death_notice,
    "death_registration_declaration": civil.death_declaration,
    "marital_status_certificate": civil.marital_certificate,
    "marital_status_declaration": civil.marital_declaration,
    "civil_status_change_declaration": civil.status_change,
    "residence_confirmation": civil.residence,
    "citizen_id_front": civil.card_front,
    "citizen_id_back": civil.card_back,
    "land_use_certificate": more.land_certificate,
    "land_change_application": more.land_change,
    "land_transfer_contract": more.land_contract,
    "building_permit_application": more.building_application,
    "construction_drawing": more.drawing,
    "household_business_application": more.business,
    "social_assistance_declaration": more.social,
    "disability_certificate": more.disability,
    "criminal_record_request": more.criminal_record,
    "diploma": more.diploma,
    "power_of_attorney": more.attorney,
    "decision": more.decision,
    "official_letter": more.letter,
    "fee_receipt": more.receipt,
    "free_form_petition": more.petition,
    "handwritten_letter": more.private_letter,
    "other": more.another,
}
EXTRAS = (
    Wanted("fee_receipt", "husband"),
    Wanted("official_letter", "husband"),
    Wanted("handwritten_letter", "husband"),
    Wanted("power_of_attorney", "husband"),
    Wanted("residence_confirmation", "husband"),
    Wanted("decision", "husband"),
    Wanted("diploma", "husband"),
    Wanted("other", "husband"),
)


@dataclass(frozen=True)
class Told:
    """A paper before it is drawn; `stray` when it is somebody else's."""

    kind: str
    facts: Facts
    stray: bool = False


@dataclass(frozen=True)
class Story:
    """A dossier before it is drawn: procedure code, papers handed in, kinds left out, what was made to clash."""

    procedure: str
    papers: tuple[Told, ...]
    missing: tuple[str, ...]
    words: str = ""
    clash: Clash | None = None


def tell_story(rng: Random, number: int) -> Story:
    """The story of dossier `number`: procedures take turns; about one in five lacks a paper, one in six has a clash,
    one in twelve a stray."""
    code = tuple(PROCEDURES)[number % len(PROCEDURES)]
    plan, cast = PROCEDURES[code], make_cast(rng)
    wanted = [paper for paper in plan.papers if rng.random() < paper.chance]
    needed = [paper.kind for paper in wanted if paper.needed]
    left_out = rng.choice(needed) if needed and rng.random() < 0.22 else ""
    papers = [tell_paper(rng, cast, paper) for paper in wanted if paper.kind != left_out]
    if rng.random() < 0.16:
        papers.append(tell_paper(rng, cast, rng.choice(EXTRAS)))
    clash = make_clash(rng, [paper.facts for paper in papers]) if rng.random() < 0.17 else None
    if clash:
        papers[clash.paper] = replace(papers[clash.paper], facts=clash.facts)
    if len(papers) > 1 and not clash and rng.random() < 0.09:
        papers.append(stray_paper(rng))
    words = rng.choice(plan.words) if rng.random() < 0.5 or plan.needs_words else ""
    return Story(code, tuple(papers), (left_out,) if left_out else (), words, clash)


def tell_paper(rng: Random, cast: Cast, wanted: Wanted) -> Told:
    """The facts of one paper of the cast."""
    who = getattr(cast, wanted.who)
    extra = {"sort": wanted.sort} if wanted.sort else {}
    return Told(wanted.kind, TELLERS[wanted.kind](rng, cast, who, **extra))


def stray_paper(rng: Random) -> Told:
    """A paper of a person who has nothing to do with the dossier."""
    cast = make_cast(rng)
    kind = rng.choice(("citizen_id_front", "birth_certificate", "marital_status_certificate", "residence_confirmation"))
    return Told(kind, TELLERS[kind](rng, cast, cast.other), stray=True)


def tell_single(rng: Random, kind: str) -> Facts:
    """The facts of one paper of a kind, of a cast of its own: what a classifier is trained on."""
    cast = make_cast(rng)
    who = {
        "birth_registration_declaration": cast.child,
        "medical_birth_certificate": cast.child,
        "death_notice": cast.grandfather,
        "death_registration_declaration": cast.grandfather,
    }.get(kind) or rng.choice((cast.husband, cast.wife, cast.grandmother))
    sorts = {
        "land_change_application": tuple(more.CHANGES),
        "household_business_application": ("", "", "change"),
        "other": ABOUTS,
        "social_assistance_declaration": ("", "", "pension"),
    }.get(kind, ("",))
    sort = rng.choice(sorts)
    return TELLERS[kind](rng, cast, who, **({"sort": sort} if sort else {}))


ABOUTS = (
    "",
    "",
    "",
    "",
    "permanent",
    "recognition",
    "guardianship",
    "extract_copy",
    "parcel_split",
    "mortgage",
    "closing",
    "border_pass",
)
