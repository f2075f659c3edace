from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from cleaner.errors import UsageError
from cleaner.evidence.html.model import load_html_model
from cleaner.evidence.learned.loading import MODELS, PAGE_BLOCK, load_ngrams
from cleaner.evidence.learned.sequence_model import load_sequence_model
from cleaner.evidence.lines.arrays import gather_lines
from cleaner.evidence.text.model import model_features, predict_text

shipped = pytest.mark.skipif(not (MODELS / "text").is_dir(), reason="the text model is not built")

PAGE = [
    "Home",
    "News",
    "Bridge opens on Monday",
    "By Jane Doe",
    "The bridge across the river will open on Monday, the council said, after two years of work.",
    "It cost more than the town had planned, and the council does not want to say how much more.",
    "Related stories",
    "© 2024 Sample Press. All rights reserved.",
]


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no text model in .*train\.py"):
        load_sequence_model("text", tmp_path)


def test_a_missing_table_of_ngrams_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no n-grams in .*train\.py"):
        load_ngrams(tmp_path)


@shipped
def test_a_model_is_loaded_once() -> None:
    assert load_sequence_model("text") is load_sequence_model("text")
    assert load_html_model()[2] is load_ngrams(None)


@shipped
def test_a_model_is_plain_data() -> None:
    names = {path.suffix for path in (MODELS / "text").iterdir()}
    assert names <= {".onnx", ".npy", ".json"}
    json.loads((MODELS / "text" / "model.json").read_text(encoding="utf-8"))


@shipped
def test_the_text_model_tells_paragraphs_from_menus() -> None:
    ((main, roles),) = predict_text([PAGE])
    assert (main[4:6] > 0.5).all()
    assert (main[[0, 1, 7]] < 0.5).all()
    assert np.allclose(roles.sum(axis=1), 1, atol=1e-5)


@shipped
@pytest.mark.parametrize("size", [2, 16, 64])
def test_predictions_do_not_hang_on_the_batch(size: int) -> None:
    pages = [PAGE[start % 7 :] * (1 + start % 5) for start in range(64)]
    alone = [next(iter(predict_text([page]))) for page in pages]
    at = 0
    for start in range(0, len(pages), size):
        for main, roles in predict_text(pages[start : start + size]):
            assert np.array_equal(main, alone[at][0])
            assert np.array_equal(roles, alone[at][1])
            at += 1


@shipped
def test_other_features_than_the_models_own_are_refused() -> None:
    with pytest.raises(UsageError, match="features"):
        load_sequence_model("text").outputs([np.zeros((1, 3), np.float32)])


@shipped
def test_a_page_without_lines_has_no_chances() -> None:
    main, roles = next(iter(predict_text([[]])))
    assert main.shape == (0,)
    assert roles.shape == (0, 17)


@shipped
def test_what_a_line_is_hangs_on_its_neighbours() -> None:
    line = "Silver bridge"
    menu = ["Home", "News", "Sport", line, "Weather", "Contact", "About us"]
    ((_, in_menu), (_, in_page)) = predict_text([menu, [*PAGE[:2], line, *PAGE[3:]]])
    assert np.abs(in_menu[3] - in_page[2]).max() > 0.2


@shipped
def test_a_long_page_is_computed_in_parts_that_fit() -> None:
    page = PAGE * (PAGE_BLOCK // 4)
    ((main, _),) = predict_text([page])
    model = load_sequence_model("text")
    own = model.rows.run(model_features(gather_lines([page])))["own"]
    whole = model.around.run(own[:, None])["main"][:, 0, 0]
    assert len(main) > PAGE_BLOCK
    assert np.abs(main - whole).max() < 0.02


@shipped
def test_reasons_name_features_that_spoke_for_a_role() -> None:
    model = load_sequence_model("text")
    rows = model_features(gather_lines([PAGE]))
    reasons = model.reasons(rows, 4, None)
    assert reasons
    assert all(name in model.columns.names and part > 0 for name, part in reasons)
    assert [part for _, part in reasons] == sorted((part for _, part in reasons), reverse=True)
