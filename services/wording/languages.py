"""The languages of the product."""

from enum import StrEnum


class Language(StrEnum):
    """The languages every sentence exists in; Vietnamese comes first."""

    VI = "vi"
    EN = "en"
