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
    succession,
    tokens,
    units,
    webhooks,
)

PAGES = (
    home,
    catalogue,
    catalogue_import,
    units,
    succession,
    calendars,
    accounts,
    tokens,
    webhooks,
    machine,
    models,
    audit,
)
