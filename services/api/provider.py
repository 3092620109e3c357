"""An account and a session for whom the identity provider names: it never makes an account, and changes roles only
where the settings map its groups."""

from datetime import datetime

from services.access.openid import Identity
from services.access.roles import Role
from services.dossier.errors import CannotProceed, Refused
from services.settings import Settings
from services.storage.accounts import Account, change_account, find_account, find_account_by_email
from services.storage.database import Connection
from services.storage.sessions import Factor, open_session
from services.wording import sentence

EMAIL_CLAIM = "email"


def account_of(connection: Connection, settings: Settings, identity: Identity) -> Account:
    """The account that a claim names.

    Raises:
        Refused: the claim is missing or names none that may sign in.
    """
    said = identity.claims.get(settings.oidc_claim)
    if not isinstance(said, str) or not said.strip():
        raise Refused(sentence("access.oidc_no_claim", claim=settings.oidc_claim))
    named = said.strip().lower()
    if settings.oidc_claim == EMAIL_CLAIM:
        # an address that nobody checked may be anybody's
        verified = identity.claims.get("email_verified") is True
        found = find_account_by_email(connection, named) if verified else None
    else:
        found = find_account(connection, named)
    if found is None or found.disabled_at is not None:
        raise Refused(sentence("access.oidc_unknown"))
    return found


def map_roles(settings: Settings, identity: Identity) -> list[Role] | None:
    """The roles that the provider's groups give; None where groups are not mapped.

    Raises:
        Refused: none of them gives a role.
        CannotProceed: the setting is written wrongly.
    """
    if not settings.oidc_roles:
        return None
    groups = identity.claims.get(settings.oidc_groups_claim)
    held = set(map(str, groups)) if isinstance(groups, list) else set()
    mapped = read_role_map(settings.oidc_roles)
    roles = sorted({role for group, role in mapped if group in held})
    if not roles:
        raise Refused(sentence("access.oidc_no_group"))
    return roles


def read_role_map(written: str) -> list[tuple[str, Role]]:
    """`mot-cua=one_stop, lanh-dao=head` as pairs.

    Raises:
        CannotProceed: a part is no pair, or names no role.
    """
    pairs = []
    for part in filter(None, (part.strip() for part in written.split(","))):
        group, _, role = part.rpartition("=")
        if not group or role not in set(Role):
            raise CannotProceed(sentence("access.oidc_bad_roles", part=part))
        pairs.append((group.strip(), Role(role)))
    return pairs


def enter(connection: Connection, settings: Settings, identity: Identity, at: datetime) -> tuple[Account, str, Factor]:
    """The account, the key of its new session, and what is known of its second factor.

    Raises:
        Refused, CannotProceed: it may not sign in; the sentence says why.
    """
    account = account_of(connection, settings, identity)
    roles = map_roles(settings, identity)
    with connection.transaction():
        if roles is not None and set(roles) != set(account.roles):
            change_account(connection, account.name, account.display, roles, account.units)
        factor = Factor.OWN
        if settings.oidc_trust_mfa and identity.by_more_than_a_password:
            factor = Factor.PROVIDER
        elif account.second_factor:
            factor = Factor.PENDING
        key, _ = open_session(connection, account.id, at, by_provider=True, factor=factor)
    return account, key, factor
