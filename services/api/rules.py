"""What every endpoint asks for: one row an endpoint; one without a row answers nobody (held by a test)."""

from dataclasses import dataclass
from enum import StrEnum

from services.access.roles import Permit


class Sight(StrEnum):
    """What the database shows to an endpoint: what is the asker's own, or everything.

    `published`: everything for those who have no units of their own, since only sums are told; `whole`: everything,
    for a door that must write or check before it knows whose.
    """

    OWN = "own"
    PUBLISHED = "published"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Rule:
    """One endpoint: what it asks for (None: the permit of the action in its address) and what it sees.

    `of_unit`: the unit in its address must be the asker's own; `of_province`: only for those who act for all of it.
    """

    permit: Permit | None
    sight: Sight = Sight.OWN
    of_unit: bool = False
    of_province: bool = False


Rules = dict[tuple[str, str], Rule]

P = Permit

RULES: Rules = {
    ("GET", "/healthz"): Rule(P.PUBLIC),
    ("GET", "/readyz"): Rule(P.PUBLIC),
    ("GET", "/docs"): Rule(P.PUBLIC),
    ("GET", "/docs/oauth2-redirect"): Rule(P.PUBLIC),
    ("GET", "/metrics"): Rule(P.METRICS, Sight.WHOLE),
    ("GET", "/v1/procedures"): Rule(P.PUBLIC),
    ("GET", "/v1/procedures/{code}"): Rule(P.PUBLIC),
    ("GET", "/v1/catalogue"): Rule(P.CATALOGUE),
    ("GET", "/v1/catalogue/{code}"): Rule(P.CATALOGUE),
    ("GET", "/v1/catalogue/{code}/differences"): Rule(P.CATALOGUE),
    ("POST", "/v1/catalogue/{code}/versions/preview"): Rule(P.CATALOGUE, of_province=True),
    ("POST", "/v1/catalogue/{code}/versions"): Rule(P.CATALOGUE, of_province=True),
    ("POST", "/v1/catalogue/{code}/end"): Rule(P.CATALOGUE, of_province=True),
    ("POST", "/v1/catalogue/imports"): Rule(P.CATALOGUE, of_province=True),
    ("POST", "/v1/catalogue/imports/{digest}"): Rule(P.CATALOGUE, of_province=True),
    ("GET", "/v1/units"): Rule(P.PUBLIC),
    ("POST", "/v1/units"): Rule(P.UNITS),
    ("PUT", "/v1/units/{unit}"): Rule(P.UNITS, of_unit=True),
    ("POST", "/v1/units/{unit}/close"): Rule(P.UNITS, of_unit=True),
    ("POST", "/v1/units/{unit}/open"): Rule(P.UNITS, of_unit=True),
    ("POST", "/v1/units/{unit}/move-dossiers"): Rule(P.UNITS, of_unit=True),
    ("POST", "/v1/units/{unit}/move-dossiers/preview"): Rule(P.UNITS, of_unit=True),
    ("POST", "/v1/units/{unit}/move-accounts"): Rule(P.ACCOUNTS, of_unit=True),
    ("GET", "/v1/units/{unit}/calendar"): Rule(P.PUBLIC),
    ("POST", "/v1/units/{unit}/calendar"): Rule(P.CALENDAR, of_unit=True),
    ("POST", "/v1/units/{unit}/calendar/preview"): Rule(P.CALENDAR, of_unit=True),
    ("POST", "/v1/dossiers"): Rule(P.HAND_IN, Sight.WHOLE),
    ("OPTIONS", "/v1/uploads"): Rule(P.PUBLIC),
    ("POST", "/v1/uploads"): Rule(P.HAND_IN),
    # whoever knows the id, which cannot be guessed, sends that one file
    ("HEAD", "/v1/uploads/{upload}"): Rule(P.HAND_IN),
    ("PATCH", "/v1/uploads/{upload}"): Rule(P.HAND_IN),
    ("DELETE", "/v1/uploads/{upload}"): Rule(P.HAND_IN),
    ("GET", "/v1/uploads/{upload}/thumbnail.webp"): Rule(P.HAND_IN),
    # it looks the unit up that the portal names, and refuses another's by itself
    ("POST", "/v1/national/dossiers"): Rule(P.SYNCHRONISE, Sight.WHOLE),
    ("POST", "/v1/pre-check"): Rule(P.HAND_IN),
    ("GET", "/v1/dossiers"): Rule(P.READ),
    ("GET", "/v1/dossiers/{code}"): Rule(P.FOLLOW),
    ("GET", "/v1/dossiers/{code}/events"): Rule(P.FOLLOW),
    ("GET", "/v1/dossiers/{code}/history"): Rule(P.READ),
    ("POST", "/v1/dossiers/{code}/documents"): Rule(P.FOLLOW),
    ("POST", "/v1/dossiers/{code}/actions/{action}"): Rule(None),
    ("POST", "/v1/dossiers/{code}/actions/{action}/preview"): Rule(None),
    ("PUT", "/v1/dossiers/{code}/papers/{paper}/fields/{name}"): Rule(P.CONFIRM),
    ("PUT", "/v1/dossiers/{code}/papers"): Rule(P.CONFIRM),
    ("PUT", "/v1/dossiers/{code}/procedure"): Rule(P.CONFIRM),
    ("GET", "/v1/dossiers/{code}/documents/{number}/pages/{page}.webp"): Rule(P.READ),
    ("GET", "/v1/dossiers/{code}/documents/{number}/pages/{page}/thumbnail.webp"): Rule(P.READ),
    ("GET", "/v1/dossiers/{code}/documents/{number}/searchable.pdf"): Rule(P.READ),
    ("GET", "/v1/dossiers/{code}/documents/{number}/original"): Rule(P.READ),
    ("GET", "/v1/dossiers/{code}/forms/{form}.{kind}"): Rule(P.READ),
    ("POST", "/v1/dossiers/{code}/forms/{form}/sign-off"): Rule(P.READ),
    ("GET", "/v1/units/{unit}/register.{kind}"): Rule(P.READ, of_unit=True),
    ("POST", "/v1/dossiers/{code}/feedback"): Rule(P.FOLLOW),
    ("GET", "/v1/feedback"): Rule(P.READ),
    ("POST", "/v1/feedback/{entry}/read"): Rule(P.READ),
    ("GET", "/v1/practice"): Rule(P.LEAD),
    ("GET", "/v1/practice/{account}"): Rule(P.LEAD),
    ("GET", "/v1/satisfaction"): Rule(P.READ),
    ("POST", "/v1/dossiers/{code}/reveal"): Rule(P.REVEAL),
    ("POST", "/v1/dossiers/{code}/replay"): Rule(P.REPLAY),
    ("GET", "/v1/on-time"): Rule(P.FIGURES, Sight.PUBLISHED),
    ("GET", "/v1/forecast"): Rule(P.LEAD),
    ("GET", "/v1/index-766"): Rule(P.LEAD),
    ("GET", "/v1/index-766/rows"): Rule(P.LEAD),
    ("GET", "/v1/index-766/export.{kind}"): Rule(P.LEAD),
    ("GET", "/v1/index-766/sets"): Rule(P.PUBLIC),
    ("GET", "/v1/runs"): Rule(P.RUNS),
    ("POST", "/v1/runs/{run_id}/replay"): Rule(P.REPLAY),
    ("POST", "/v1/assistant/messages"): Rule(P.PUBLIC),
    ("POST", "/v1/assistant/messages/{turn}/rating"): Rule(P.PUBLIC),
    ("GET", "/v1/assistant/tickets/{code}"): Rule(P.PUBLIC),
    ("GET", "/v1/assistant/figures"): Rule(P.PUBLIC),
    # they refuse by themselves what the channel did not sign
    ("GET", "/v1/assistant/channels/{channel}"): Rule(P.PUBLIC),
    ("POST", "/v1/assistant/channels/{channel}"): Rule(P.PUBLIC),
    ("GET", "/v1/assistant/work-list"): Rule(P.ASSIST),
    ("GET", "/v1/assistant/sample"): Rule(P.ASSIST),
    ("POST", "/v1/assistant/tickets/{code}/answer"): Rule(P.ASSIST),
    ("GET", "/v1/assistant/knowledge"): Rule(P.ASSIST),
    ("POST", "/v1/assistant/knowledge"): Rule(P.ASSIST),
    ("POST", "/v1/assistant/knowledge/{entry}/approval"): Rule(P.ASSIST),
    ("DELETE", "/v1/assistant/knowledge/{entry}"): Rule(P.ASSIST),
    ("PUT", "/v1/assistant/turns/{turn}/judgement"): Rule(P.ASSIST),
    ("POST", "/v1/session"): Rule(P.PUBLIC),
    ("GET", "/v1/session"): Rule(P.SIGNED_IN),
    ("DELETE", "/v1/session"): Rule(P.SIGNED_IN),
    ("POST", "/v1/session/password"): Rule(P.SIGNED_IN),
    ("POST", "/v1/session/second-factor"): Rule(P.SIGNED_IN),
    ("POST", "/v1/session/second-factor/confirm"): Rule(P.SIGNED_IN),
    ("GET", "/v1/audit"): Rule(P.AUDIT),
    ("POST", "/v1/audit/verify"): Rule(P.AUDIT),
    ("GET", "/v1/audit/export.{kind}"): Rule(P.AUDIT),
    ("GET", "/v1/machine"): Rule(P.RUNS),
    ("GET", "/v1/models/kinds"): Rule(P.MODELS),
    ("GET", "/v1/models/kinds/{number}"): Rule(P.MODELS),
    ("POST", "/v1/models/kinds/use"): Rule(P.MODELS, of_province=True),
    ("POST", "/v1/models/kinds/roll-back"): Rule(P.MODELS, of_province=True),
    ("GET", "/v1/accounts"): Rule(P.ACCOUNTS),
    ("POST", "/v1/accounts"): Rule(P.ACCOUNTS),
    ("GET", "/v1/accounts/{name}"): Rule(P.ACCOUNTS),
    ("PUT", "/v1/accounts/{name}"): Rule(P.ACCOUNTS),
    ("POST", "/v1/accounts/{name}/unlock"): Rule(P.ACCOUNTS),
    ("POST", "/v1/accounts/{name}/reset-second-factor"): Rule(P.ACCOUNTS),
    ("POST", "/v1/accounts/{name}/disable"): Rule(P.ACCOUNTS),
    ("POST", "/v1/accounts/{name}/enable"): Rule(P.ACCOUNTS),
    ("POST", "/v1/accounts/{name}/reset"): Rule(P.ACCOUNTS),
    ("GET", "/v1/tokens"): Rule(P.TOKENS),
    ("POST", "/v1/tokens"): Rule(P.TOKENS),
    ("DELETE", "/v1/tokens/{token_id}"): Rule(P.TOKENS),
    ("GET", "/v1/webhooks"): Rule(P.WEBHOOKS),
    ("POST", "/v1/webhooks"): Rule(P.WEBHOOKS),
    ("GET", "/v1/webhooks/{webhook_id}"): Rule(P.WEBHOOKS),
    ("POST", "/v1/webhooks/{webhook_id}/rotate"): Rule(P.WEBHOOKS),
    ("POST", "/v1/webhooks/{webhook_id}/shut"): Rule(P.WEBHOOKS),
    ("POST", "/v1/webhooks/{webhook_id}/open"): Rule(P.WEBHOOKS),
    ("POST", "/v1/webhooks/{webhook_id}/test"): Rule(P.WEBHOOKS),
    ("GET", "/v1/webhooks/{webhook_id}/deliveries"): Rule(P.WEBHOOKS),
    ("GET", "/v1/messages"): Rule(P.RUNS),
    ("POST", "/v1/messages/{message_id}/retry"): Rule(P.REPLAY),
    ("GET", "/v1/dossiers/{code}/messages"): Rule(P.READ),
    ("PUT", "/v1/dossiers/{code}/contact"): Rule(P.FOLLOW),
    ("PUT", "/v1/assistant/tickets/{code}/contact"): Rule(P.PUBLIC),
}
