"""The ordered stages: a document in, a page out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from time import process_time

from cleaner.deciding import decide
from cleaner.document import BODY_ROLES, Decision, Document, Mark
from cleaner.encoding.detect import decode
from cleaner.encoding.repair import join_lines, repair
from cleaner.errors import UsageError
from cleaner.page import Encoding, LabelledBlock, Outcome, Page
from cleaner.parsing.lines import parse_lines
from cleaner.settings import Settings
from cleaner.stages.adverts import ADVERTS
from cleaner.stages.article import ARTICLE
from cleaner.stages.comments import COMMENTS
from cleaner.stages.comments.records import gather_comments, is_discussion, stated_count
from cleaner.stages.navigation import NAVIGATION
from cleaner.stages.stage import Stage
from cleaner.version import __version__

ENCODING = "encoding"
"""What comes before the stages: decoding, which is always done, and repair, which may be off."""

STAGES: tuple[Stage, ...] = (NAVIGATION, ADVERTS, COMMENTS, ARTICLE)
"""What runs, in this order; a later stage may read the marks of an earlier one."""


def clean(
    source: bytes | str,
    *,
    url: str | None = None,
    media_type: str | None = None,
    settings: Settings | None = None,
) -> Page:
    """Label every line of a page.

    ``source`` is the page as bytes or as text; ``url`` chooses site files;
    ``media_type`` is the Content-Type that came with bytes, whose charset then
    counts. Never raises on content. Raises `UsageError` when ``source`` is
    neither bytes nor str, or a setting names what does not exist.

    >>> clean("").outcome
    Outcome(state='empty', reason='there is nothing in it but white space')
    """
    check_arguments(source, url=url, media_type=media_type, settings=settings)
    settings = settings or Settings()
    check_settings(settings)
    document, encoding = read_document(
        source, url=url, media_type=media_type, is_repaired=ENCODING not in settings.without
    )
    for stage in stages_of(settings):
        document = document.with_marks(stage_marks(stage, document, settings))
    return _page(document, encoding, settings)


def read_document(
    source: bytes | str,
    *,
    url: str | None = None,
    media_type: str | None = None,
    is_repaired: bool = True,
) -> tuple[Document, Encoding]:
    """Decode, repair (unless told not to) and cut into blocks; no marks yet."""
    if isinstance(source, bytes):
        text, encoding = decode(source, media_type=media_type)
    else:
        text, encoding = source, Encoding("", "caller")
    text, repairs = repair(text) if is_repaired else (join_lines(text), ())
    encoding = Encoding(encoding.charset, encoding.named_by, encoding.replaced, repairs)
    return Document(text, parse_lines(text), url or ""), encoding


def stages_of(settings: Settings) -> tuple[Stage, ...]:
    """The stages that these settings leave on."""
    return tuple(stage for stage in STAGES if stage.name not in settings.without)


def stage_marks(stage: Stage, document: Document, settings: Settings) -> list[Mark]:
    """What a stage says of a document, less the rules that are switched off."""
    marks = stage.run(document, settings)
    return [mark for mark in marks if f"{mark.stage}/{mark.rule}" not in settings.without]


def time_stages(source: bytes | str, settings: Settings) -> Iterable[tuple[str, float]]:
    """CPU seconds of decoding, repair and parsing, of each stage and of deciding, for one page."""
    begin = process_time()
    document, _ = read_document(source, is_repaired=ENCODING not in settings.without)
    yield ENCODING, process_time() - begin
    for stage in stages_of(settings):
        begin = process_time()
        document = document.with_marks(stage_marks(stage, document, settings))
        yield stage.name, process_time() - begin
    begin = process_time()
    decide(document)
    yield "deciding", process_time() - begin


def check_arguments(source: object, *, url: object, media_type: object, settings: object) -> None:
    """Raise `UsageError` when an argument is of the wrong type."""
    if not isinstance(source, bytes | str):
        raise UsageError(f"cleaner.clean takes bytes or str, not {type(source).__name__}")
    for name, value, kind in (
        ("url", url, str),
        ("media_type", media_type, str),
        ("settings", settings, Settings),
    ):
        if value is not None and not isinstance(value, kind):
            raise UsageError(f"{name} is {kind.__name__} or None, not {type(value).__name__}")


def check_settings(settings: Settings) -> None:
    """Raise `UsageError` when a setting names a stage or rule that does not exist."""
    known = {ENCODING, *(stage.name for stage in STAGES)}
    known |= {rule.name for stage in STAGES for rule in stage.rules(settings)}
    for name in settings.without:
        if name not in known:
            raise UsageError(f"no stage or rule {name!r}; 'cleaner stages' lists them")


def _page(document: Document, encoding: Encoding, settings: Settings) -> Page:
    decisions = decide(document)
    page = Page(
        blocks=tuple(map(LabelledBlock, document.blocks, decisions, document.marks_by_block)),
        comments=gather_comments(document, decisions),
        kind=_kind(decisions),
        encoding=encoding,
        outcome=Outcome("ok"),
        url=document.url,
        comment_count_stated=stated_count(decisions),
        settings_digest=settings.digest,
        version=__version__,
    )
    return replace(page, outcome=_outcome(page))


def _kind(decisions: tuple[Decision, ...]) -> str:
    """``thread`` when the page is a discussion, ``article`` when it has a body, else ``other``."""
    if is_discussion(decisions):
        return "thread"
    has_body = any(decision.role in BODY_ROLES for decision in decisions)
    return "article" if has_body else "other"


def _outcome(page: Page) -> Outcome:
    if not page.blocks:
        return Outcome("empty", "there is nothing in it but white space")
    if not page.text:
        return Outcome("empty", "no line of it was found to be the text of a piece")
    return Outcome("ok")
