"""Which words of a question a candidate explains."""

import numpy as np

from services.assistant.explained import ASKED, EXPLAINED, explain
from services.assistant.features import BY_VECTOR, COMPARED, SIGNALS, directions, gather_features, leave_vectors_out
from services.assistant.index import load_index
from services.assistant.question import read_question
from services.assistant.ranker import directions_of_marks, read_marks

MARRIAGE, BIRTH = "1.000894", "1.001193"


def _rows(*codes: str) -> np.ndarray:
    return np.array([load_index().codes.index(code) for code in codes], np.int32)


def test_a_word_of_its_name_is_explained_and_a_word_of_another_is_left_over() -> None:
    found = explain(("dang", "ky", "ket", "hon"), _rows(MARRIAGE, BIRTH), load_index())
    words, left = EXPLAINED.index("words"), EXPLAINED.index("heaviest_left")
    assert found.rows[0, words] == 1
    assert found.rows[0, left] == 0
    assert found.rows[1, left] > 0 or found.rows[1, words] == 1
    assert found.rows[0, EXPLAINED.index("behind_best")] == 0


def test_a_word_nobody_holds_is_counted_and_explains_nothing() -> None:
    plain, more = (
        explain(words, _rows(MARRIAGE), load_index()) for words in (("ket", "hon"), ("ket", "hon", "xyzzyq"))
    )
    assert np.array_equal(plain.rows[:, 0], more.rows[:, 0])
    assert plain.asked[ASKED.index("unknown")] == 0
    assert more.asked[ASKED.index("unknown")] == 1


def test_a_hidden_phrase_explains_nothing() -> None:
    index = load_index()
    sparse, names = index.sparse["phrases"], index.sparse["names"]
    # a word that a single phrase holds, and no name
    term, place = next(
        (term, place)
        for term, place in sparse.terms.items()
        if " " not in term and term not in names.terms and sparse.starts[place + 1] - sparse.starts[place] == 1
    )
    at = int(sparse.documents[sparse.starts[place]])
    owner = index.owners[[at]]
    seen, unseen = (explain((term,), owner, index, hidden) for hidden in ((), (at,)))
    assert (seen.rows[0, 0], unseen.rows[0, 0]) == (1, 0)
    assert (seen.asked[0], unseen.asked[0]) == (0, 1)


def test_without_vectors_the_candidates_are_those_of_a_machine_without_an_embedder() -> None:
    question, index = read_question("làm giấy khai sinh cho con mới sinh"), load_index()
    vector = index.phrase_vectors[0]
    left = leave_vectors_out(gather_features(question, vector, index))
    plain = gather_features(question, None, index)
    assert left.rows.tolist() == plain.rows.tolist()
    assert not left.values[:, [SIGNALS.index(name) for name in BY_VECTOR]].any()
    assert np.allclose(left.values, plain.values, atol=1e-5)


def test_every_mark_and_every_feature_has_a_direction() -> None:
    features = gather_features(read_question("đăng ký kết hôn"), None, load_index())
    scores = features.values[:, 0]
    marks = read_marks(scores, np.argsort(-scores).astype(np.int32), features.values)
    assert len(marks) == len(directions_of_marks())
    assert len(directions(features.values.shape[1])) == features.values.shape[1]
    assert 3 * len(SIGNALS) == COMPARED
