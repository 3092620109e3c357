"""Roles, what each may do, and whoever asks: one table for the whole product.

One account is one person and may hold several roles. Kinds of work stay apart (QCVN 12:2026/BCA): who administers
accounts and calendars reads no dossier, who handles a dossier does not decide it unless he also holds that role.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.dossier.commands import Action


class Role(StrEnum):
    """Who somebody is; nobody in particular is a citizen."""

    CITIZEN = "citizen"
    ONE_STOP = "one_stop"
    HANDLER = "handler"
    HEAD = "head"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"
    INTEGRATOR = "integrator"


class Permit(StrEnum):
    """What may be done; every endpoint asks for one."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    HAND_IN = "hand_in"
    HAND_IN_COUNTER = "hand_in_counter"
    FOLLOW = "follow"
    FIGURES = "figures"
    READ = "read"
    RECEIVE = "receive"
    HANDLE = "handle"
    DECIDE = "decide"
    WITHDRAW = "withdraw"
    SYNCHRONISE = "synchronise"
    REVEAL = "reveal"
    CONFIRM = "confirm"
    ASSIST = "assist"
    LEAD = "lead"
    RUNS = "runs"
    REPLAY = "replay"
    CALENDAR = "calendar"
    UNITS = "units"
    CATALOGUE = "catalogue"
    MODELS = "models"
    ACCOUNTS = "accounts"
    TOKENS = "tokens"
    WEBHOOKS = "webhooks"
    AUDIT = "audit"
    METRICS = "metrics"


P = Permit
_EVERYBODY = frozenset({P.PUBLIC, P.HAND_IN, P.FIGURES})
_STAFF = _EVERYBODY | {P.SIGNED_IN}

GRANTS: Mapping[Role, frozenset[Permit]] = {
    # FOLLOW and WITHDRAW are for the one dossier whose receipt is shown
    Role.CITIZEN: _EVERYBODY | {P.FOLLOW, P.WITHDRAW},
    Role.ONE_STOP: _STAFF | {P.HAND_IN_COUNTER, P.FOLLOW, P.READ, P.RECEIVE, P.WITHDRAW, P.REVEAL, P.CONFIRM, P.ASSIST},
    Role.HANDLER: _STAFF | {P.FOLLOW, P.READ, P.HANDLE, P.REVEAL, P.CONFIRM},
    Role.HEAD: _STAFF | {P.FOLLOW, P.READ, P.HANDLE, P.DECIDE, P.REVEAL, P.CONFIRM, P.ASSIST, P.LEAD, P.RUNS, P.REPLAY},
    Role.LEADER: _STAFF | {P.FOLLOW, P.READ, P.LEAD, P.RUNS, P.AUDIT},
    Role.ADMINISTRATOR: _STAFF
    | {
        P.RUNS,
        P.REPLAY,
        P.CALENDAR,
        P.UNITS,
        P.CATALOGUE,
        P.MODELS,
        P.ACCOUNTS,
        P.TOKENS,
        P.WEBHOOKS,
        P.AUDIT,
        P.METRICS,
    },
    Role.INTEGRATOR: _STAFF | {P.HAND_IN_COUNTER, P.FOLLOW, P.READ, P.SYNCHRONISE, P.WEBHOOKS, P.METRICS},
}

ACTION_PERMITS: Mapping[Action, Permit] = {
    Action.SUBMIT: P.SYNCHRONISE,
    Action.RECEIVE: P.RECEIVE,
    Action.CHOOSE_TIME_CASE: P.RECEIVE,
    Action.REFUSE_RECEPTION: P.RECEIVE,
    Action.HAND_OVER: P.HANDLE,
    Action.REQUEST_SUPPLEMENT: P.HANDLE,
    Action.COMPLETE_SUPPLEMENT: P.RECEIVE,
    Action.REQUEST_PAYMENT: P.HANDLE,
    Action.RECORD_PAYMENT: P.RECEIVE,
    Action.PAUSE: P.HANDLE,
    Action.RESUME: P.HANDLE,
    Action.EXTEND: P.DECIDE,
    Action.WITHDRAW: P.WITHDRAW,
    Action.STOP: P.DECIDE,
    Action.REFUSE: P.DECIDE,
    Action.SIGN_RESULT: P.DECIDE,
    Action.ANNOUNCE_RESULT: P.RECEIVE,
    Action.SEND_RESULT: P.RECEIVE,
    Action.RETURN_RESULT: P.RECEIVE,
    Action.NOTE_SYNCHRONISED: P.SYNCHRONISE,
    Action.NOTE_SYNCHRONISATION_FAILED: P.SYNCHRONISE,
}
BOTH_DESKS: frozenset[Action] = frozenset({Action.HAND_OVER, Action.REQUEST_SUPPLEMENT, Action.REQUEST_PAYMENT})
"""What the counter does as well as the handler."""


def permits_of(roles: Iterable[Role]) -> frozenset[Permit]:
    """What somebody with these roles may do."""
    return frozenset().union(*(GRANTS[role] for role in roles))


def lets_do(permits: frozenset[Permit], action: Action) -> bool:
    """Whether somebody with these permits may act so: the one rule of the API and of what pages offer."""
    return ACTION_PERMITS[action] in permits or (action in BOTH_DESKS and Permit.RECEIVE in permits)


def staff_for(action: Action) -> tuple[Role, ...]:
    """The roles of officers that may act so, in the order of the table."""
    return tuple(role for role, permits in GRANTS.items() if role in OFFICERS and lets_do(permits, action))


OFFICERS: frozenset[Role] = frozenset({Role.ONE_STOP, Role.HANDLER, Role.HEAD, Role.LEADER})
"""Who works on dossiers by hand."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Whoever asks.

    `units` are those he acts for with all below them, None for the whole province; `dossier` the one code that a
    citizen's receipt opens; `way` how he is known: nobody, receipt, session, token or local.
    """

    name: str
    roles: frozenset[Role]
    permits: frozenset[Permit]
    units: frozenset[str] | None = frozenset()
    dossier: str = ""
    way: str = "nobody"

    def may(self, permit: Permit) -> bool:
        """Whether he may do this somewhere."""
        return permit in self.permits

    def may_do(self, action: Action) -> bool:
        """Whether he may act so on a dossier of his."""
        return lets_do(self.permits, action)

    def covers(self, unit: str) -> bool:
        """Whether a unit is among his."""
        return self.units is None or unit in self.units


NOBODY = Principal("", frozenset({Role.CITIZEN}), GRANTS[Role.CITIZEN] - {P.FOLLOW, P.WITHDRAW})
"""Somebody on the street."""

LOCAL = Principal("local", frozenset(Role), frozenset(Permit), None, way="local")
"""Whoever sits at a machine that runs open, for development on 127.0.0.1."""


def holder_of(code: str) -> Principal:
    """The citizen whose receipt opens a dossier."""
    return Principal("citizen", frozenset({Role.CITIZEN}), GRANTS[Role.CITIZEN], frozenset(), code, "receipt")
