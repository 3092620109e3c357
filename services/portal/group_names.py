"""How people call the groups that figures are split into."""

from collections.abc import Sequence

from fastapi import Request

from services.api.database import Resources
from services.dossier.status import Channel
from services.portal.home import in_force
from services.portal.render import page_language
from services.portal.unit_names import names_of
from services.storage.accounts import displays_of
from services.storage.on_time import GroupBy
from services.wording import sentence

CHANNELS = {Channel.DIRECT: "counter", Channel.ONLINE: "online", Channel.POST: "post"}


def names_of_groups(request: Request, resources: Resources, by: GroupBy, groups: Sequence[str]) -> dict[str, str]:
    """The names of units, procedures, channels or officers by what figures call them; others are called what they are.

    `groups`: the officers that are asked for, by account; their figures were counted for whoever asks.
    """
    if by is GroupBy.UNIT:
        return names_of(request).names
    if by is GroupBy.PROCEDURE:
        return {procedure.code: procedure.name_vi for procedure in in_force(resources)}
    if by is GroupBy.CHANNEL:
        language = page_language(request)
        return {str(int(one)): sentence(f"portal.channel_{name}").say(language) for one, name in CHANNELS.items()}
    if by is GroupBy.OFFICER:
        with resources.trusted.connection() as connection:
            return displays_of(connection, groups)
    return {}
