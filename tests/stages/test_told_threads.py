"""Threads that the page itself tells: by buttons to answer, by a count, by numbers of posts."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.document import Role

PIECES = {
    "ru": (
        "Мост, который никому не нужен\n3 мая 2019\n",
        "Городской совет решил в понедельник построить второй мост, хотя об этом никто не просил.\n",
    ),
    "ar": (
        "الجسر الذي لا يريده أحد\n3 مايو 2019\n",
        "قرر مجلس المدينة يوم الاثنين بناء جسر ثان فوق النهر، مع أن أحدا لم يطلب ذلك.\n",
    ),
    "cs": (
        "Most, který nikdo nechtěl\n3. května 2019\n",
        "Městská rada v pondělí rozhodla postavit přes řeku druhý most, ačkoli o něj nikdo nežádal.\n",
    ),
}

COMMENTS = {
    "ru": [
        (
            "Марфа К.",
            "18.05.2019 в 11:20",
            "Я насчитала только тридцать телег, и то в воскресенье.",
        ),
        (
            "bober",
            "18.05.2019 в 12:05",
            "В воскресенье никто и не ездит, считайте в понедельник.",
        ),
        ("Захар", "19.05.2019 в 08:14", "Стройте, раз уж решили, пригодится внукам."),
    ],
    "ar": [
        ("أبو ربيع", "منذ 3 أيام", "لم أعد سوى ثلاثين عربة في يوم الأحد الأخير من الشهر."),
        ("سلمى", "منذ يومين", "لا أحد يعبر النهر يوم الأحد، أعيدوا العد يوم الاثنين."),
        ("قارئ من الوادي", "منذ 5 ساعات", "ابنوا الجسر وسنجد له فائدة في آخر الأمر."),
    ],
    "cs": [
        (
            "hvozdík",
            "před 5 hodinami",
            "Napočítal jsem jen třicet vozů, a to byla poslední neděle.",
        ),
        ("Lída od vody", "před 4 hodinami", "V neděli nikdo nejezdí, počítejte radši v pondělí."),
        ("Zdeněk B.", "před 2 hodinami", "Postavte ho, však ono se pro něj využití najde."),
    ],
}

REPLY = {"ru": "Ответить", "ar": "رد", "cs": "Odpovědět"}
COUNT = {"ru": "Комментарии 3", "ar": "3 تعليقات", "cs": "Komentáře (3)"}


def page_of(language: str, count: str, button: str, joint: str = "\n") -> str:
    head, prose = PIECES[language]
    comments = "".join(
        f"{author}{joint}{time}\n{text}\n{button}" for author, time, text in COMMENTS[language]
    )
    return f"{head}{prose * 4}{count}{comments}"


@pytest.mark.parametrize("language", PIECES)
@pytest.mark.parametrize("is_counted", [True, False])
@pytest.mark.parametrize("joint", ["\n", ""])
def test_what_the_page_tells_is_a_thread_in_any_language(
    language: str, is_counted: bool, joint: str
) -> None:
    count = f"{COUNT[language]}\n" if is_counted else ""
    button = "" if is_counted else f"{REPLY[language]}\n"
    if joint == "" and language == "ar":
        joint = " "  # no letter tells there where the name ends
    page = cleaner.clean(page_of(language, count, button, joint))
    records = [(each.author, each.date_text, each.text) for each in page.comments]
    assert records == [(a, t, text) for a, t, text in COMMENTS[language]]
    assert PIECES[language][1].strip() in page.body


WORDS = {"ru": "Голоса у реки", "ar": "أصوات الوادي", "cs": "Ozvěny od řeky"}
"""Headings that no list of words knows."""


@pytest.mark.parametrize("language", PIECES)
@pytest.mark.parametrize("heading", ["{words} (3)", "3 {words}"])
def test_a_heading_of_any_words_that_counts_to_the_number_tells_a_thread(
    language: str, heading: str
) -> None:
    page = cleaner.clean(page_of(language, heading.format(words=WORDS[language]) + "\n", ""))
    assert [each.text for each in page.comments] == [text for *_, text in COMMENTS[language]]


def test_pieces_under_a_heading_that_counts_them_are_no_thread() -> None:
    titles = ["Мост и люди", "Телеги на мосту", "Сторож у реки"]
    teasers = "".join(f"{title}\n{day}.05.2019\n" for day, title in enumerate(titles, start=3))
    head, prose = PIECES["ru"]
    page = cleaner.clean(f"{head}{prose * 4}Ещё 3 материала\n{teasers}")
    assert page.comments == ()
    assert PIECES["ru"][1].strip() in page.body


def test_numbers_of_posts_tell_a_thread() -> None:
    posts = "".join(
        f"{author}\nOdpowiedź #{number} dnia: {number + 13} maja 2019\n{text}\n"
        for number, (author, _, text) in enumerate(COMMENTS["cs"], start=1)
    )
    head, prose = PIECES["cs"]
    page = cleaner.clean(f"{head}{prose * 4}{posts}")
    assert [each.text for each in page.comments] == [text for *_, text in COMMENTS["cs"]]


def test_teasers_with_dates_and_more_to_read_are_no_thread() -> None:
    teasers = "".join(
        f"{title}\n{day} мая 2019\nКороткий рассказ о том, что случилось у реки в этот день.\nЧитать далее\n"
        for day, title in enumerate(["Мост", "Телеги", "Сторож", "Вода", "Баржа"], start=3)
    )
    assert cleaner.clean(f"Новости долины\n{teasers}").comments == ()


def test_entries_numbered_without_times_are_no_thread() -> None:
    rules = "".join(
        f"#{n} Bring a lamp\nThe path along the weir is dark by five.\n" for n in range(1, 8)
    )
    assert cleaner.clean(f"Seven rules for the towpath\n{rules}").comments == ()


REVIEWS = "".join(
    f"<div class='entry' itemprop='review' itemscope itemtype='https://schema.org/Review'>"
    f"<b itemprop='author'>{author}</b> <time datetime='2024-10-0{day}'>2024-10-0{day}</time>"
    f"<p itemprop='reviewBody'>{text}</p></div>"
    for day, (author, _, text) in enumerate(COMMENTS["cs"], start=1)
)


def test_what_is_marked_up_as_reviews_is_what_customers_wrote() -> None:
    prose = f"<p>{PIECES['cs'][1]}</p>" * 5
    page = cleaner.clean(f"<!doctype html><title>Most</title><h1>Most</h1>{prose}{REVIEWS}")
    assert [each.text for each in page.comments] == [text for *_, text in COMMENTS["cs"]]


JAPANESE = [
    ("さくら", "2024/05/03 10:12", "日曜日に数えたら荷車は三十台しかありませんでした。"),
    ("川沿いの猫", "2024/05/03 11:40", "日曜日は誰も渡らないので月曜日に数え直してください。"),
    ("とうふ職人", "2024/05/04 08:05", "決まったのなら早く作ってほしいです。"),
]


@pytest.mark.parametrize("name", ["comment", "sc-1x2y"])
def test_writing_without_spaces_is_text_in_the_markup(name: str) -> None:
    items = "".join(
        f"<div class='{name}'><span>{author}</span> <span>{time}</span><p>{text}</p>"
        "<button>返信</button></div>"
        for author, time, text in JAPANESE
    )
    prose = "<p>町議会は月曜日に、誰も求めていない二本目の橋を川に架けることを決めました。</p>" * 5
    page = cleaner.clean(f"<!doctype html><title>橋</title><h1>誰も望まない橋</h1>{prose}{items}")
    assert [each.text for each in page.comments] == [text for *_, text in JAPANESE]
    assert not any(block.role is Role.BODY and "荷車" in block.text for block in page.blocks)


BAR = {"ru": "{} | Ответить | Нравится (4)", "ar": "{} | رد | إعجاب (4)", "cs": "{} | Odpovědět"}
HEADING = {"ru": "Комментарии", "ar": "التعليقات", "cs": "Komentáře"}


@pytest.mark.parametrize("language", COMMENTS)
def test_times_and_buttons_may_stand_under_the_texts(language: str) -> None:
    head, prose = PIECES[language]
    thread = "".join(
        f"{author}\n{text}\n{BAR[language].format(time)}\n"
        for author, time, text in COMMENTS[language]
    )
    page = cleaner.clean(f"{head}{prose * 6}{HEADING[language]}\n{thread}© 2019")
    found = [(each.author, each.date_text, each.text) for each in page.comments]
    assert found == COMMENTS[language]


@pytest.mark.parametrize("language", COMMENTS)
def test_heads_and_texts_may_stand_side_by_side_in_one_box(language: str) -> None:
    head, prose = (part.strip().split("\n") for part in PIECES[language])
    pairs = "".join(
        f"<dt>{author} {time}</dt><dd>{text} <a href='#'>{REPLY[language]}</a></dd>"
        for author, time, text in COMMENTS[language]
    )
    piece = f"<h1>{head[0]}</h1>" + f"<p>{prose[0]}</p>" * 6
    page = cleaner.clean(
        f"<!doctype html><title>Reed</title>{piece}<h3>{COUNT[language]}</h3><dl>{pairs}</dl>"
    )
    assert [each.author for each in page.comments] == [each[0] for each in COMMENTS[language]]


def test_a_count_that_is_exact_needs_no_names() -> None:
    head, prose = PIECES["cs"]
    glued = ["hvozdíkPoutník114 příspěvků", "Lída od vodyNováček3 příspěvky", "ZBMistr9 příspěvků"]
    thread = "".join(
        f"{name}\n{text}\n4. 10. 2009 v 21.0{number}\n{comment}\n"
        for number, (name, text, (_, _, comment)) in enumerate(
            zip(glued, ["", "", ""], COMMENTS["cs"], strict=True)
        )
    )
    page = cleaner.clean(f"{head}{prose * 6}3 odpovědi\n{thread}")
    assert [comment[2] in page.comments[at].text for at, comment in enumerate(COMMENTS["cs"])]


def test_dated_teasers_under_a_heading_for_comments_are_none() -> None:
    teasers = "".join(
        f"Council approves plan number {number} for the bridge\nAda Example\n{number} May 2019\n"
        for number in range(3, 9)
    )
    prose = "The council decided on Monday to build a second bridge, which nobody had asked for.\n"
    page = cleaner.clean(
        f"Home\nThe bridge that nobody wanted\n2 May 2019\n{prose * 8}Comments\n{teasers}© 2019"
    )
    assert not page.comments
