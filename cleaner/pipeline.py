"""The ordered stages: a document in, a page out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import PurePath
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from cleaner.deciding import decide
from cleaner.document import Block, Chances, Decisions, Document, Mark, Shape, main_roles
from cleaner.encoding.detect import decode
from cleaner.encoding.repair import join_lines, repair
from cleaner.errors import UsageError
from cleaner.evidence.lines.shape import shapes_of
from cleaner.evidence.text.asking import ask_about_text
from cleaner.evidence.witnesses import WITNESSES, check_witnesses
from cleaner.page import Encoding, LabelledBlocks, Outcome, Page, Repair
from cleaner.parsing.failures import NoPageError, failure_reason, failures
from cleaner.parsing.html_document import HtmlDocument
from cleaner.parsing.lines import parse_lines
from cleaner.parsing.sniff import is_html
from cleaner.reading.no_page import no_page_bytes
from cleaner.settings import Settings, SiteFile
from cleaner.stages.adverts import ADVERTS
from cleaner.stages.article import ARTICLE
from cleaner.stages.article.stated import stated_date
from cleaner.stages.comments import COMMENTS
from cleaner.stages.comments.grammar import UNNAMED, all_systems, opens_discussion
from cleaner.stages.comments.records import gather_comments, is_discussion, stated_count
from cleaner.stages.matching import Matcher
from cleaner.stages.navigation import NAVIGATION
from cleaner.stages.stage import Stage
from cleaner.timing import Clock
from cleaner.version import __version__

if TYPE_CHECKING:
    from cleaner.parsing.html import ParsedHtml

ENCODING = "encoding"
"""What comes before the stages: decoding, which is always done, and repair, which may be off."""

MODEL = "model"
"""The learned model, which is asked before the stages; without it rules alone decide."""

RULES = "rules"
"""All stages' rules asked of the lines, which is done once before the stages."""

WITNESS = "witness"
"""Other extractors, asked after the stages, which would take their marks for claims."""

STAGES: tuple[Stage, ...] = (NAVIGATION, ADVERTS, COMMENTS, ARTICLE)
"""What runs, in this order; a later stage may read the marks of an earlier one."""

_FEW_WORDS = 60  # of content above comments, which are no piece

BATCH = 32
"""Pages whose features are computed together by `clean_many`; more gain little."""


@dataclass(frozen=True, slots=True)
class Record:
    """One page to clean: its content, and what is known of it."""

    content: bytes | str
    url: str | None = None
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """A page that has been read and cut into blocks."""

    document: Document
    encoding: Encoding
    html: ParsedHtml | None
    markup: str = ""
    silence: str = ""  # why witnesses that were asked say nothing


def clean(
    source: bytes | str,
    *,
    url: str | None = None,
    media_type: str | None = None,
    settings: Settings | None = None,
) -> Page:
    """Label every line of a page.

    ``source`` is the page as bytes or as text, HTML or flattened; ``url``
    chooses site files; ``media_type`` is the Content-Type that came with it: it
    says whether it is HTML, and its charset counts for bytes. Never raises on
    content: bytes that are no page (a picture, an archive), and a page that a library
    cannot take, have the outcome ``failed`` and no blocks. Raises `UsageError` when an
    argument is of the wrong type, or a setting names what does not exist.

    >>> clean("").outcome
    Outcome(state='empty', reason='there is nothing in it but white space')
    """
    check_arguments(source, url=url, media_type=media_type)
    settings = checked_settings(settings)
    page, _ = _clean_batch([Record(source, url, media_type)], settings)[0]
    return page


def clean_many(
    records: Iterable[Record | bytes | str], *, settings: Settings | None = None
) -> Iterator[Page]:
    """Clean many pages in one process, in order: the same as each alone, and quicker.

    A record is content or a `Record`. Takes `BATCH` records at a time, and holds
    no more. Raises as `clean` does: on settings and on one page for many at once, on a
    wrong record when it comes to it.

    >>> [page.text for page in clean_many(["It rained all day in the valley.", b""])]
    ['It rained all day in the valley.', '']
    """
    timed = clean_timed(records, settings=settings)
    return (page for page, _ in timed)


def clean_timed(
    records: Iterable[Record | bytes | str], *, settings: Settings | None = None
) -> Iterator[tuple[Page, float]]:
    """`clean_many`, with the seconds that each page took.

    What is done for several pages at once is divided among them by their size.
    """
    settings = checked_settings(settings)
    return _clean_timed(checked_records(records), settings)


def _clean_timed(records: Iterable[Record], settings: Settings) -> Iterator[tuple[Page, float]]:
    check_witnesses(settings.witnesses)  # a thread may have been given what another asked for
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        if len(batch) == BATCH:
            yield from _clean_batch(batch, settings)
            batch = []
    if batch:
        yield from _clean_batch(batch, settings)


def checked_settings(settings: Settings | None) -> Settings:
    """The settings, or those that change nothing. Raises `UsageError` as `clean` does."""
    if settings is None:
        return Settings()
    if not isinstance(settings, Settings):
        raise UsageError(f"settings is Settings or None, not {type(settings).__name__}")
    check_settings(settings)
    return settings


def checked_records(records: Iterable[Record | bytes | str]) -> Iterator[Record]:
    """Each as a `Record`.

    Raises `UsageError` at once on what is no iterable of pages, and on one of the wrong type,
    with its number from 0, when it comes to it.
    """
    if isinstance(records, str | bytes | Record):
        raise UsageError("records is an iterable of pages, not one page; give [page]")
    try:
        return _checked_records(iter(records))
    except TypeError:
        kind = type(records).__name__
        raise UsageError(f"records is an iterable of pages, not {kind}") from None


def _checked_records(records: Iterator[Record | bytes | str]) -> Iterator[Record]:
    for number, each in enumerate(records):
        record = each if isinstance(each, Record) else Record(each)
        try:
            check_arguments(record.content, url=record.url, media_type=record.media_type)
        except UsageError as error:
            raise UsageError(f"record {number}: {error}") from None
        yield record


def _clean_batch(records: Sequence[Record], settings: Settings) -> list[tuple[Page, float]]:
    """Page and seconds of each record; where one is too much for a library, it alone has failed.

    It is found by halves, so that the others stay together as far as they can.
    """
    begin = perf_counter()
    try:
        return _clean_together(records, settings)
    except failures() as error:
        reason = failure_reason(error)
    # Here and not above, where the error still holds the memory of all that it went through.
    if len(records) == 1:
        return [(_failed_page(records[0], reason, settings), perf_counter() - begin)]
    middle = len(records) // 2
    return _clean_batch(records[:middle], settings) + _clean_batch(records[middle:], settings)


def _clean_together(records: Sequence[Record], settings: Settings) -> list[tuple[Page, float]]:
    clock = Clock(len(records))
    read = list(clock.each(_read(record, settings) for record in records))
    of_texts = _chances_of_texts(read, settings)
    shapes = _shapes(read)
    chances = list(clock.each(_chances(read, of_texts, settings)))
    pages = list(clock.each(_finished(read, _matched(read, chances, shapes, settings), settings)))
    sizes = [len(page.document.text) for page in read]
    return list(zip(pages, clock.seconds(sizes), strict=True))


def _finished(
    pages: Sequence[_Read], documents: Iterable[Document], settings: Settings
) -> Iterator[Page]:
    """Each page after all stages, decided."""
    for page, document in zip(pages, documents, strict=True):
        for stage in stages_of(settings):
            document = document.with_marks(stage_marks(stage, document, settings))
        if settings.witnesses:
            document, page = _with_witnesses(document, page, settings)
        yield _page(document, page, settings)


def _read(record: Record, settings: Settings) -> _Read:
    """Decode, repair (unless told not to) and cut into blocks; no marks yet."""
    if isinstance(record.content, bytes):
        _check_is_page(record.content, record.media_type)
    is_repaired = ENCODING not in settings.without
    text, encoding = _decoded(record)
    html, markup = None, ""
    if is_html(text, record.media_type):
        markup = text
        html, repairs = _read_html(text, is_repaired=is_repaired)
        text, blocks = html.text, html.blocks
    else:
        text, repairs = repair(text) if is_repaired else (join_lines(text), ())
        blocks = parse_lines(text)
    encoding = replace(encoding, repairs=repairs)
    return _Read(_document(text, blocks, record.url or "", html), encoding, html, markup)


def _check_is_page(content: bytes, media_type: str | None) -> None:
    """Raise `NoPageError` on what would only be noise as text."""
    if other := no_page_bytes(content, media_type):
        raise NoPageError(f"{other} is no page; decompress it, or take its text out, first")


def _read_html(markup: str, *, is_repaired: bool) -> tuple[ParsedHtml, tuple[Repair, ...]]:
    from cleaner.parsing.html import parse_html  # flattened text needs no parser: 20 ms to import
    from cleaner.parsing.repaired import repair_html

    page = parse_html(markup)
    return repair_html(page) if is_repaired else (page, ())


def _document(text: str, blocks: tuple[Block, ...], url: str, html: ParsedHtml | None) -> Document:
    if html is None:
        return Document(text, blocks, url)
    return HtmlDocument(text, blocks, url, tree=html.tree, head=html.head)


def _decoded(record: Record) -> tuple[str, Encoding]:
    if isinstance(record.content, bytes):
        return decode(record.content, media_type=record.media_type)
    return record.content, Encoding("", "caller")


def _with_witnesses(document: Document, read: _Read, settings: Settings) -> tuple[Document, _Read]:
    """The document with the marks of the witnesses, and why others of them say nothing."""
    from cleaner.evidence.witnesses import ask_witnesses  # they are off by default

    off = set(settings.without)
    names = [name for name in settings.witnesses if not off & {WITNESS, f"{WITNESS}/{name}"}]
    chances = _with_kind(document).chances
    is_thread = chances is not None and chances.kind == "thread"
    said = ask_witnesses(names, read.html, read.markup, is_thread=is_thread)
    silence = "; ".join(each.silence for each in said if each.silence)
    marks = [mark for each in said for mark in each.marks]
    return document.with_marks(marks), replace(read, silence=silence)


def read_document(
    source: bytes | str, *, url: str | None = None, media_type: str | None = None
) -> tuple[Document, Encoding]:
    """A page's text and blocks, decoded and repaired, without marks.

    Raises one of `failures` when the page is too much for a library.
    """
    page = _read(Record(source, url, media_type), Settings())
    return page.document, page.encoding


def _chances(
    pages: Sequence[_Read], of_texts: Sequence[Chances], settings: Settings
) -> Iterator[Chances | None]:
    """What the models say of each page, where that of the flattened ones is known."""
    if MODEL in settings.without:
        yield from [None] * len(pages)
        return
    known = iter(of_texts)
    for page in pages:
        yield next(known) if page.html is None else _chances_of_html(page.html, settings)


def _chances_of_texts(pages: Sequence[_Read], settings: Settings) -> list[Chances]:
    """What the model says of all flattened pages, asked at once."""
    texts = [(page.document.text, page.document.blocks) for page in pages if page.html is None]
    if MODEL in settings.without or not texts:
        return []
    return list(ask_about_text(texts, folder=settings.models))


def _chances_of_html(page: ParsedHtml, settings: Settings) -> Chances:
    from cleaner.evidence.html.asking import ask_about_html  # 30 ms to import

    return ask_about_html(page, folder=settings.models)


def stages_of(settings: Settings) -> tuple[Stage, ...]:
    """The stages that these settings leave on."""
    return tuple(stage for stage in STAGES if stage.name not in settings.without)


def stage_marks(stage: Stage, document: Document, settings: Settings) -> list[Mark]:
    """What a stage says of a document, less the rules that are switched off."""
    marks = [mark for mark in stage.run(document, settings) if mark.weight]
    if not settings.without:
        return marks
    off = set(settings.without)
    return [mark for mark in marks if f"{mark.stage}/{mark.rule}" not in off]


def _shapes(pages: Sequence[_Read]) -> list[Shape]:
    """The shapes of the lines of all pages, one page after the other."""
    return shapes_of([block.text for page in pages for block in page.document.blocks])


def _matched(
    pages: Sequence[_Read],
    chances: Sequence[Chances | None],
    shapes: Iterable[Shape],
    settings: Settings,
) -> Iterator[Document]:
    """The documents with what the models say, their lines' shapes, and the rules for them."""
    matcher = _matcher(settings.sites)
    rest = iter(shapes)
    for page, said in zip(pages, chances, strict=True):
        texts = [block.text for block in page.document.blocks]
        own = tuple(islice(rest, len(texts)))
        yield replace(page.document, chances=said, matches=matcher.find(texts), shapes=own)


@lru_cache(maxsize=8)
def _matcher(sites: tuple[SiteFile, ...]) -> Matcher:
    """What asks the rules of all stages of a page's lines."""
    settings, systems = Settings(sites=sites), all_systems(sites)
    inner = {rule for system in systems for rule in system.inner_rules}
    rules = (rule for stage in STAGES for rule in stage.rules(settings) if rule not in inner)
    return Matcher(rules, ((system.item_names, system.inner_rules) for system in systems))


def time_stages(
    source: bytes | str, settings: Settings, *, url: str | None = None
) -> Iterable[tuple[str, float]]:
    """CPU seconds of reading, model, rules, each stage, witnesses if any, and deciding.

    What is imported and loaded for the first time counts, too. Raises as `read_document` does.
    """
    begin = process_time()
    page = _read(Record(source, url), settings)
    yield ENCODING, process_time() - begin
    begin = process_time()
    chances = list(_chances([page], _chances_of_texts([page], settings), settings))
    yield MODEL, process_time() - begin
    begin = process_time()
    document = next(_matched([page], chances, _shapes([page]), settings))
    yield RULES, process_time() - begin
    for stage in stages_of(settings):
        begin = process_time()
        document = document.with_marks(stage_marks(stage, document, settings))
        yield stage.name, process_time() - begin
    if settings.witnesses:
        begin = process_time()
        document, page = _with_witnesses(document, page, settings)
        yield WITNESS, process_time() - begin
    begin = process_time()
    _page(document, page, settings)
    yield "deciding", process_time() - begin


def check_arguments(source: object, *, url: object, media_type: object) -> None:
    """Raise `UsageError` when an argument is of the wrong type."""
    if not isinstance(source, bytes | str):
        hint = "; give its read_bytes()" if isinstance(source, PurePath) else ""
        raise UsageError(f"a page is bytes or str, not {type(source).__name__}{hint}")
    for name, value in (("url", url), ("media_type", media_type)):
        if value is not None and not isinstance(value, str):
            raise UsageError(f"{name} is str or None, not {type(value).__name__}")


def check_settings(settings: Settings) -> None:
    """Raise `UsageError` when a setting names a stage, rule or witness that cannot be had."""
    check_witnesses(settings.witnesses)
    if not settings.without and not settings.sites:
        return  # the package's own rules need no check for every page
    known = {ENCODING, MODEL, WITNESS, *(stage.name for stage in STAGES)}
    known |= {f"{WITNESS}/{name}" for name in WITNESSES}
    known |= {rule.name for stage in STAGES for rule in stage.rules(settings)}
    for name in settings.without:
        if name not in known:
            raise UsageError(f"no stage or rule {name!r}; 'cleaner stages' lists them")


def _page(document: Document, read: _Read, settings: Settings) -> Page:
    document = _with_kind(document)
    decisions = decide(document)
    ok = Outcome("ok")
    page = Page(
        blocks=LabelledBlocks(document.blocks, decisions, document.marks_by_block),
        comments=gather_comments(document, decisions),
        kind=_kind(document, decisions),
        encoding=read.encoding,
        outcome=ok,
        url=document.url,
        comment_count_stated=stated_count(document, decisions),
        settings_digest=settings.digest,
        version=__version__,
        language=document.chances.language if document.chances else "",
        date_stated=stated_date(document, decisions),
        preformatted=_preformatted(document),
        markup=read.markup,
        chances=document.chances,
    )
    outcome = _outcome(page, read)
    return page if outcome == ok else replace(page, outcome=outcome)


def _preformatted(document: Document) -> frozenset[int]:
    return document.tree.preformatted if isinstance(document, HtmlDocument) else frozenset()


def _failed_page(record: Record, reason: str, settings: Settings) -> Page:
    """A page without blocks; of HTML it holds the markup, if that can be decoded at all."""
    markup, encoding = "", Encoding("", "fallback")
    with suppress(*failures()):
        text, encoding = _decoded(record)
        markup = text if is_html(text, record.media_type) else ""
    return bare_page(record, Outcome("failed", reason), settings, encoding, markup)


def bare_page(
    record: Record,
    outcome: Outcome,
    settings: Settings,
    encoding: Encoding | None = None,
    markup: str = "",
) -> Page:
    """A page without blocks, for a record of which nothing came but its outcome."""
    return Page(
        blocks=LabelledBlocks((), decide(Document("", ())), {}),
        comments=(),
        kind="other",
        encoding=encoding or Encoding("", ""),
        outcome=outcome,
        url=record.url or "",
        comment_count_stated=None,
        settings_digest=settings.digest,
        version=__version__,
        markup=markup,
    )


def _with_kind(document: Document) -> Document:
    """The document, where a thread was found with the kind that this makes of the page."""
    if document.chances is None:
        return document
    kind = _kind_by_threads(document, document.chances)
    if kind == document.chances.kind:
        return document
    return replace(document, chances=replace(document.chances, kind=kind))


def _kind_by_threads(document: Document, chances: Chances) -> str:
    """The kind of the page, once its threads are known.

    Under a system for discussions the page is the thread. Under one for comments it
    is what stands above them, whatever they outweigh, unless nothing does and the
    model takes the comments themselves for content.
    """
    rules = {mark.rule for mark in document.marks if mark.stage == COMMENTS.name}
    if any(map(opens_discussion, rules)):
        return "thread"
    comments = {
        mark.block
        for mark in document.marks
        if mark.part and mark.part.item is not None and not mark.rule.startswith(UNNAMED)
    }
    if comments and _are_content(chances, sorted(comments)):
        return "thread"
    return "article" if comments and chances.kind == "thread" else chances.kind


def _are_content(chances: Chances, comments: Sequence[int]) -> bool:
    """Whether comments are what their page is for: the model finds content in them, not above."""
    likely = chances.likely_words
    inside, above = float(likely[comments].sum()), float(likely[: comments[0]].sum())
    return above < _FEW_WORDS and inside > 0.5 * float(chances.words[comments].sum())


def _kind(document: Document, decisions: Decisions) -> str:
    """The model's kind; ``thread`` when a system says so; without a model what the body says."""
    if is_discussion(document, decisions):
        return "thread"
    kind = document.chances.kind if document.chances else ""
    if main_roles(kind).isdisjoint(decisions.roles):
        return "other"
    return kind or "article"


def _outcome(page: Page, read: _Read) -> Outcome:
    if not page.blocks:
        scripts = read.html.tally.get("script", 0) if read.html else 0
        if scripts:
            return Outcome(
                "empty", f"no visible text; {scripts} characters of scripts would draw it"
            )
        return Outcome("empty", "there is nothing in it but white space")
    if not page.text:
        return Outcome("empty", "no line of it was found to be the text of a piece")
    reasons = (read.html.cut if read.html else "", read.silence)
    return Outcome("ok", "; ".join(filter(None, reasons)))
