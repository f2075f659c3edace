"""Lines that look like furniture and are the piece's own text."""

from __future__ import annotations

import pytest

import cleaner
from cleaner import Role

RECIPE = """\
Home
Recipes
Plum cake from the old mill
By Ada Example
May 3, 2019
This cake needs little sugar, keeps for a week and tastes best on the second day, when the plums have soaked the crumb.
Ingredients
2 eggs
200 g flour
1 cup milk
Salt
12 plums
Method
Beat the eggs with the milk until they foam, then fold in the flour with a pinch of salt and let the dough rest.
Halve the plums, lay them on the dough and bake for forty minutes.
Serve warm.
© 2019 Sample Kitchen
"""

ADVERTISING = """\
Menu
How the advertisement learned to whisper
By Bo Sample
Advertising is older than printing, and for most of its life it shouted at whoever passed the stall.
The first sponsored page in the valley was bought by a baker, who paid the editor in bread.
Readers who were asked to subscribe now and pay later did neither, the archive of the paper shows.
"Buy now," said the posters of 1911, and nobody did, because the shop had burned down in the spring.
Donations kept the paper alive, and a newsletter, set by hand, was sent to whoever gave a coin.
Privacy policy
"""

VOTES = """\
Home
How strangers are scored
12 Comments
By Ada Example
Under every remark on the site stands a number, and below it the two numbers that make it up, for and against.
A remark that nobody has seen yet shows this line:
0 ( +0 / -0 )
A remark that people like shows a high number, and one that angers them a low one, as the editors intended.
She once saw -12 ( +1 / -13 ) under a remark of hers and did not write again for a year.
"""


def role_of(page: cleaner.Page, text: str) -> Role:
    return next(block.role for block in page.blocks if block.text == text)


def test_recipe_keeps_its_last_line() -> None:
    assert role_of(cleaner.clean(RECIPE), "Serve warm.") is Role.BODY


def test_recipe_keeps_its_short_lines() -> None:
    page = cleaner.clean(RECIPE)
    for line in ("2 eggs", "200 g flour", "1 cup milk", "Salt", "12 plums"):
        assert line in page.body.split("\n\n")
    assert role_of(page, "Ingredients") is Role.HEADING
    assert role_of(page, "Method") is Role.HEADING
    assert page.headline == "Plum cake from the old mill"
    assert page.author == "Ada Example"
    assert page.date_published == "2019-05-03"


def test_article_about_advertising_keeps_every_paragraph() -> None:
    page = cleaner.clean(ADVERTISING)
    assert page.headline == "How the advertisement learned to whisper"
    assert len(page.body.split("\n\n")) == 5
    assert Role.ADVERT not in page.roles


def test_subscribe_in_a_sentence_is_body() -> None:
    text = "Subscribe to this view or do not, the figures of the harbour office stand as they are."
    assert cleaner.clean(text).text == text


@pytest.mark.parametrize(
    "text", ["It rained all day.", "Nobody came to the opening of the bridge."]
)
def test_page_of_one_line_is_its_body(text: str) -> None:
    assert cleaner.clean(text).text == text


def test_one_line_paragraph_survives() -> None:
    page = cleaner.clean(ADVERTISING.replace("Donations kept", "He laughed.\nDonations kept"))
    assert role_of(page, "He laughed.") is Role.BODY


def test_quoted_vote_count_is_no_comment() -> None:
    page = cleaner.clean(VOTES)
    assert page.comments == ()
    assert "0 ( +0 / -0 )" in page.body.split("\n\n")
    assert page.comment_count_stated == 12
    assert "She once saw -12 ( +1 / -13 )" in page.text


def test_advert_between_paragraphs_goes_with_its_button() -> None:
    advert = "Shop the best of the valley!\nSample Post sends cheese to your door.\nBuy Now\n"
    page = cleaner.clean(ADVERTISING.replace("Readers who", advert + "Readers who"))
    assert page.roles[Role.ADVERT] == 3
    assert "cheese" not in page.body
    assert "Readers who" in page.body


def test_teasers_after_the_text_are_related() -> None:
    teasers = (
        "Related articles\nA bridge that nobody wanted\nNine ways to cook a leek\nWhat is a weir?\n"
    )
    page = cleaner.clean(ADVERTISING + teasers)
    assert page.roles[Role.RELATED] == 4


def test_pages_without_a_piece_say_so() -> None:
    page = cleaner.clean("Menu\nLog in\nPrivacy policy\n© 2020 Sample")
    assert page.text == page.body == page.headline == ""
    assert page.kind == "other"
    assert page.outcome.state == "empty"
    assert page.outcome.reason


def test_short_steps_of_a_recipe_are_body() -> None:
    steps = "Knead the dough.\nLet it rest for an hour.\nPeel the apples, slice them and lay them on the dough.\nBake.\n"
    page = cleaner.clean(RECIPE.replace("Serve warm.", steps))
    assert all(line in page.body for line in steps.splitlines())


def test_a_price_is_no_title() -> None:
    page = cleaner.clean(
        "£12 per hour\nRow boats to let\nOur boats are dry, our oars are straight, and our prices have been the same for years."
    )
    assert page.headline == "Row boats to let"
