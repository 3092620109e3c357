"""What axe-core finds wrong with a page: WCAG 2.2 A and AA, and what it calls best practice."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


def find_violations(page: Page) -> str:
    """A report of what is wrong; empty where nothing is."""
    found = Axe().run(page, options=RULES)
    return str(found.generate_report()) if found.response["violations"] else ""
