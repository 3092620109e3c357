"""The parts of deploy/ and docs/ that are made from code are what the code says today."""

from services.settings import Settings
from tests.agreement.tree import read
from tests.agreement.written import FLOW, SETTINGS_EXAMPLE, flow_page, settings_example


def test_the_settings_example_lists_every_setting_with_its_default() -> None:
    assert read(SETTINGS_EXAMPLE) == settings_example(), "run `make agree`"


def test_every_setting_says_what_it_is() -> None:
    silent = [name for name, info in Settings.model_fields.items() if not info.description]
    assert not silent


def test_the_flow_page_shows_the_road() -> None:
    assert read(FLOW) == flow_page(), "run `make agree`"
