"""Every kind and field has a name in both languages."""

import pytest

from services.dossier.kinds import FIELDS_OF, PaperKind
from services.dossier.naming import name_field, name_kind
from services.wording import Language


@pytest.mark.parametrize("kind", list(PaperKind))
def test_every_kind_and_its_fields_have_names(kind: PaperKind) -> None:
    for language in Language:
        assert name_kind(kind).say(language)
        names = [name_field(name).say(language) for name in FIELDS_OF.get(kind, ())]
        assert len(set(names)) == len(names), "two fields of one paper must not be called the same"


def test_a_party_owns_its_field() -> None:
    assert name_field("transferor_spouse_name").say(Language.EN) == "full name of the transferor's spouse"
    assert name_field("father_date_of_birth").say() == "ngày sinh của cha"


def test_an_unknown_field_is_an_error() -> None:
    with pytest.raises(KeyError):
        name_field("favourite_colour")
