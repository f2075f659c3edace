"""Clean sources one after the other; one that fails does not end the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cleaner.errors import SourceError
from cleaner.page import Page
from cleaner.pipeline import check_settings, clean
from cleaner.reading.sources import Missed, Source
from cleaner.settings import Settings

Render = Callable[[Page, str], str]
"""From a page and its source's name to what is written."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one source: a page with its output, an error, or both.

    A page whose outcome is ``failed`` comes with the error that says so.
    """

    source: Source | Missed
    page: Page | None = None
    output: str = ""
    error: SourceError | None = None


def clean_sources(
    sources: Iterable[Source | Missed],
    *,
    settings: Settings | None = None,
    url: str | None = None,
    render: Render | None = None,
) -> Iterator[Result]:
    """A result for every source, in their order; ``output`` is empty without ``render``.

    A source that cannot be read, a page that failed, and one on which the program
    itself fails give a result with an error that names it. What was passed over on purpose
    gives none. Raises `UsageError` on settings that name what does not exist.
    """
    settings = settings or Settings()
    check_settings(settings)
    for source in sources:
        if isinstance(source, Source):
            yield _clean_one(source, settings, url, render)
        elif source.failed:
            yield Result(source, error=SourceError(str(source)))


def _clean_one(
    source: Source, settings: Settings, url: str | None, render: Render | None
) -> Result:
    try:
        page = clean(source.read(), url=url, settings=settings)
        output = render(page, source.name) if render else ""
        return Result(source, page, output, _failure(source, page))
    except SourceError as error:
        return Result(source, error=error)
    except Exception as error:  # a defect of the program must not end the run
        return Result(source, error=_unexpected(source, error))


def _failure(source: Source, page: Page) -> SourceError | None:
    if page.outcome.state != "failed":
        return None
    return SourceError(f"{source.where}: failed: {page.outcome.reason}")


def _unexpected(source: Source, error: Exception) -> SourceError:
    failure = SourceError(
        f"{source.where}: failed inside the program ({type(error).__name__}: {error}); "
        "please report it with this file"
    )
    failure.__cause__ = error
    return failure
