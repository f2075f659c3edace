"""The language that a page says it is in; the codes are in ``languages.toml``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from cleaner.tables import read_table


def stated_language(lang: str) -> str:
    """The code of the language in a ``lang`` attribute; empty where it names none.

    >>> stated_language("pt-BR"), stated_language("EN_us"), stated_language("deu")
    ('pt', 'en', 'de')
    >>> stated_language(""), stated_language("und"), stated_language("{{ lang }}")
    ('', '', '')
    """
    return _codes().get(re.split("[-_]", lang.strip().lower(), maxsplit=1)[0], "")


@cache
def _codes() -> dict[str, str]:
    """The code to write for each that a page may write."""
    table = read_table(Path(__file__).with_suffix(".toml"))
    others: dict[str, str] = table["others"]
    return {code: code for code in table["codes"]} | others
