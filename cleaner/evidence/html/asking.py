"""Ask the models about one page of HTML; apart, for flattened text needs none of it."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

import numpy as np

from cleaner.document import Chances
from cleaner.evidence.html.features import html_features
from cleaner.evidence.html.model import html_model_rows, html_page_of, load_html_model
from cleaner.evidence.kind.chances import KINDS
from cleaner.evidence.kind.html_chances import html_kind_chances, html_page_features
from cleaner.evidence.language.stated import stated_language
from cleaner.evidence.learned.explaining import explain_block
from cleaner.evidence.stated.page_facts import page_facts
from cleaner.parsing.html import ParsedHtml

_SURE_ARTICLE = 0.6
"""Chance of being an article from which its own target is asked; from 0.5 to 0.8 all figures
stay within 0.001."""


def ask_about_html(page: ParsedHtml, *, folder: Path | None = None) -> Chances:
    """What the HTML model says of a page's blocks."""
    model, names, table = load_html_model(folder)
    asked = html_page_of(page, names, table)
    # Made anew for explanations, which few pages are asked for: kept, it would take 2 KB a block.
    later = cache(partial(html_features, html_page_of(page, names, table)))
    found = model.outputs(html_model_rows(asked))
    main, roles, words = found["main"].reshape(-1), found["roles"], asked.words
    facts = page_facts(page.head, page.tree)
    kinds = html_kind_chances(html_page_features(main, roles, words, facts), folder)[0]
    if kinds[0] >= _SURE_ARTICLE:
        main = found["article"].reshape(-1)
    return Chances(
        model=model.kind,
        main=main,
        roles=roles,
        words=words,
        kind=KINDS[int(np.argmax(kinds))],
        language=stated_language(page.head.lang) or asked.language,
        explain=lambda block, role: explain_block(model, later().rows, len(main), block, role),
        parents=page.tree.parent[page.tree.element],
    )
