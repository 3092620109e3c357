"""Facts with an ordinary answer, that holds until something in the dossier says otherwise.

Papers handed in are no interactive form; a child is born in a clinic and not abandoned; who submits is no agent.
"""

from collections.abc import Mapping
from types import MappingProxyType

from services.catalogue.facts import Fact

ORDINARY: Mapping[Fact, bool] = MappingProxyType(
    {
        Fact.ONLINE: False,
        Fact.BORN_AT_FACILITY: True,
        Fact.ABANDONED_CHILD: False,
        Fact.SURROGACY: False,
        Fact.AGENT_SUBMITS: False,
        Fact.DIVORCED_ABROAD: False,
        Fact.LAND_DATA_RETRIEVABLE: False,
    }
)
