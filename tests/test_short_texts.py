"""Texts of a few lines, the piece alone: what a reader copies and pastes."""

from __future__ import annotations

import pytest

import cleaner

_POEM = """The Mill at Low Water
The wheel stood still the whole of May,
the sluice was choked with weed,
and down the race the children came
to fish for eels with beads.
Turn, wheel, turn, the rain will come again.
In June the baker sold his horse,
in July sold his cart,
and by the pond the miller sat
with stones upon his heart.
Turn, wheel, turn, the rain will come again.
Then one grey night it broke, it poured,
the race ran brown and wide,
and all the town came out to hear
the great wheel groan and ride.
Turn, wheel, turn, the rain will come again."""

_LIST = """Packing for the hut
2 wool blankets
head torch, spare batteries
map 1:25 000
matches in a tin
1 kg oats
tea
sugar
tin opener
first-aid kit
the key (ask Tormod)"""

_LETTER = """Dear Mr Oduya,
the boiler in flat 4 has been cold since Tuesday, and nobody has come.
Please send somebody this week; the youngest has a cough.
Yours sincerely
M. Trevanion
PS: The key is with Mrs Pell in flat 2."""

_MENU = """Home
About us
Contact
Log in
Privacy policy"""


@pytest.mark.parametrize("text", [_POEM, _LIST, _LETTER], ids=["poem", "list", "letter"])
def test_a_piece_alone_is_kept_whole(text: str) -> None:
    assert cleaner.clean(text).text.split() == text.split()


def test_a_menu_alone_is_no_piece() -> None:
    page = cleaner.clean(_MENU)
    assert page.text == ""
    assert page.outcome.state == "empty"
