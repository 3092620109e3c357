"""The administrator's pages under `/quan-tri`: each does what an endpoint of the API does, by the same function."""

from services.portal.admin import (
    accounts,
    audit,
    calendars,
    catalogue,
    catalogue_import,
    home,
    machine,
    models,
    tokens,
    units,
)

PAGES = (home, catalogue, catalogue_import, calendars, accounts, tokens, units, machine, models, audit)
