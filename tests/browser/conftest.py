"""The pages served on a port, and headless Chromium of the system to look at them."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from services.catalogue.shipped import load_shipped
from services.portal.app import create_portal
from services.settings import Settings
from services.storage.database import Connection
from services.storage.procedures import add_missing
from tests.builders.serving import served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium on this machine: scripts/setup.sh test installs it")
    with sync_playwright() as playwright:
        # as root, as in a container, Chromium has no sandbox of its own
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def site(settings: Settings, connection: Connection) -> Iterator[str]:
    """The address of the portal over this test's database."""
    add_missing(connection, load_shipped())
    with served(create_portal(settings)) as address:
        yield address


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A phone's page in Vietnamese; an error of a script or one that the policy refuses fails the test."""
    context = browser.new_context(base_url=site, viewport={"width": 360, "height": 740})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    # an answer of 403 or 404, or one lost on purpose, is noted in the console too; a refused script is another thing
    assert not [fault for fault in faults if not fault.startswith("Failed to load resource")]


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Page]:
    """A browser that runs no script: what every form must work in."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    yield context.new_page()
    context.close()
