"""What axe-core finds wrong with a page: WCAG 2.2 A and AA, and what it calls best practice."""

from collections.abc import Mapping
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


COLOUR = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""Rules that look at colours: all that a change from day to night can break."""


def find_violations(page: Page, rules: Mapping[str, Any] = RULES) -> str:
    """A report of what is wrong; empty where nothing is."""
    found = Axe().run(page, options=dict(rules))
    return str(found.generate_report()) if found.response["violations"] else ""


def find_dark_violations(page: Page) -> str:
    """What is wrong with the colours of the same page at night."""
    page.emulate_media(color_scheme="dark")
    return find_violations(page, COLOUR)
