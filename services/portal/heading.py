"""What stands at the head of every page for whoever is signed in, and how units are called."""

from functools import cache

from services.access.roles import Permit, Principal
from services.access.units import load_shipped_units


def staff_pages(principal: Principal | None) -> list[tuple[str, str]]:
    """The pages in the head of every page for whoever is signed in: address and sentence."""
    if principal is None or principal.way not in {"session", "local"}:
        return []
    pages = [
        (Permit.READ, "/can-bo", "nav_desk"), (Permit.LEAD, "/lanh-dao", "nav_leader"),
        (Permit.CONFIRM, "/tap-su", "nav_practice"), (Permit.AUDIT, "/quan-tri", "nav_admin"),
    ]  # fmt: skip
    return [(address, name) for permit, address, name in pages if principal.may(permit)] + [("/tai-khoan", "account")]


@cache
def _units() -> dict[str, str]:
    return {unit.id: unit.name for unit in load_shipped_units()}


def unit_name(unit: str) -> str:
    """A unit as people call it; its id where the province added it itself."""
    return _units().get(unit, unit)
