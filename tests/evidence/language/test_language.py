"""What language a page is in, as its words or its markup say."""

from __future__ import annotations

import random

import pytest

import cleaner
from cleaner.evidence.language.function_words import language_of, languages_of
from cleaner.evidence.language.stated import stated_language
from cleaner.evidence.lines.arrays import gather_lines

PARAGRAPHS = {
    "en": "The council said on Monday that it would build a second bridge across the river, although "
    "nobody had asked for it. The first one carries forty carts a day, and it could carry more.",
    "de": "Der Rat der Stadt hat am Montag beschlossen, eine zweite Brücke über den Fluss zu bauen, "
    "obwohl niemand danach gefragt hatte. Die erste trägt vierzig Karren am Tag und kann mehr.",
    "fr": "Le conseil a décidé lundi de construire un deuxième pont sur la rivière, bien que personne "
    "ne l'ait demandé. Le premier porte quarante charrettes par jour et pourrait en porter plus.",
    "es": "El consejo decidió el lunes construir un segundo puente sobre el río, aunque nadie lo "
    "había pedido. El primero lleva cuarenta carros al día y podría llevar más, según su guarda.",
    "it": "Il consiglio ha deciso lunedì di costruire un secondo ponte sul fiume, anche se nessuno lo "
    "aveva chiesto. Il primo porta quaranta carri al giorno e potrebbe portarne di più.",
    "pl": "Rada zdecydowała w poniedziałek, że zbuduje drugi most przez rzekę, choć nikt o to nie "
    "prosił. Pierwszy jest używany przez czterdzieści wozów dziennie i może ich mieć więcej.",
    "ru": "Совет решил в понедельник, что построит второй мост через реку, хотя никто об этом не "
    "просил. По первому за день проходит сорок телег, и он мог бы пропустить больше, как говорят.",
    "ar": "قال المجلس يوم الاثنين إنه سوف يبني جسرا ثانيا على النهر، على الرغم من أن أحدا لم يطلب "
    "ذلك. ويمر على الجسر الأول أربعون عربة في اليوم، وهو الذي كان قد بني بعد الحرب.",
    "nl": "De raad heeft maandag besloten dat er een tweede brug over de rivier komt, hoewel niemand "
    "daar om had gevraagd. De eerste is niet meer zo nieuw, maar wordt nog door veel karren gebruikt.",
}  # fmt: skip
HTML = '<!doctype html><html lang="{lang}"><body><p>{text}</p></body></html>'


def nonsense(seed: int) -> str:
    """Some words of random letters."""
    draw = random.Random(seed)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ("".join(draw.choices(letters, k=draw.randint(2, 9))) for _ in range(seed % 60 + 3))
    return " ".join(words) + "."


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_a_paragraph_is_in_its_language(language: str) -> None:
    assert language_of([PARAGRAPHS[language]]) == language
    assert cleaner.clean(PARAGRAPHS[language]).language == language


def test_nonsense_is_in_no_language() -> None:
    pages = [[nonsense(seed)] for seed in range(400)]
    named = [each for each in languages_of(gather_lines(pages)) if each]
    assert len(named) <= 4


@pytest.mark.parametrize(
    "text",
    [
        "Bahnhof gesperrt wegen Bauarbeiten.",
        "Home",
        "12 30 4 500 6 70",
        "橋は月曜日に開通すると町議会が発表した。工事には二年かかり、費用は予定の倍になったという。",
        "สะพานข้ามแม่น้ำจะเปิดในวันจันทร์หลังจากก่อสร้างมาสองปี",
    ],
)
def test_what_has_few_words_of_a_language_is_in_none(text: str) -> None:
    assert language_of([text]) == ""
    assert cleaner.clean(text).language == ""


def test_a_word_that_comes_again_and_again_names_no_language() -> None:
    assert language_of(["und " * 50]) == ""


@pytest.mark.parametrize(
    ("lang", "language"),
    [
        ("ja", "ja"), ("en-GB", "en"), ("zh_TW", "zh"), ("PT-br", "pt"), (" de ", "de"), ("deu", "de"),
        ("iw", "he"), ("fil", "fil"), ("", ""), ("und", ""), ("english", ""), ("jp", ""), ("{{lang}}", ""),
    ],
)  # fmt: skip
def test_languages_as_markup_states_them(lang: str, language: str) -> None:
    assert stated_language(lang) == language
    page = cleaner.clean(HTML.format(lang=lang, text=PARAGRAPHS["de"]))
    assert page.language == (language or "de")
