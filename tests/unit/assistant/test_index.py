"""The index survives packing, and phrases hidden in training are not looked at."""

import numpy as np

from services.assistant.features import SIGNALS, gather_features
from services.assistant.index import load_index, pack_index, unpack_index
from services.assistant.question import read_question
from services.assistant.words import load_phrases


def test_the_index_survives_packing() -> None:
    index = load_index()
    again = unpack_index(pack_index(index))
    assert again.codes == index.codes
    assert again.made_from == index.made_from
    terms = ["khai", "sinh"]
    assert np.allclose(again.sparse["names"].match(terms), index.sparse["names"].match(terms), rtol=1e-2)


def test_a_hidden_phrase_does_not_speak_for_its_procedure() -> None:
    index, phrases = load_index(), load_phrases()
    at = next(
        at for at, phrase in enumerate(phrases) if phrase.text == "nhận lại cha ruột" or "cha ruột" in phrase.text
    )
    question = read_question(phrases[at].text)
    row = int(index.owners[at])
    seen, unseen = (gather_features(question, None, index, hidden) for hidden in ((), (at,)))
    column = SIGNALS.index("phrase")
    value = {name: one.values[list(one.rows).index(row), column] for name, one in (("seen", seen), ("unseen", unseen))}
    assert value["seen"] > 0.9
    assert value["unseen"] < value["seen"]


def test_without_vectors_their_signals_are_silent() -> None:
    features = gather_features(read_question("đăng ký khai sinh"), None, load_index())
    assert not features.values[:, SIGNALS.index("name_vector")].any()
    assert len(features.rows) == len(set(features.rows.tolist()))
