"""What a user hears of a run: a bar on a terminal, what is not ok, the account at the end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.batch.outcomes import BAD, OK
from cleaner.cli.output import STDERR, conclude, is_for_machines, log, say
from cleaner.cli.pace import Pace

if TYPE_CHECKING:
    from cleaner.batch import Account, Progress, Result
    from cleaner.batch.inputs import InputList
    from cleaner.cli.bar import Bar

MOST_TOLD = 20
"""Documents of a run that are told of one by one; the report has them all."""

_LOG_SECONDS = 10.0
"""Between two objects of progress with ``--log json``."""


class RunMessages:
    """Tells of a run on stderr, for people or for machines."""

    def __init__(self, *, is_run: bool) -> None:
        self._is_json, self._is_run = is_for_machines(), is_run
        self._pace = Pace()
        self._earlier = 0, 0
        self._bar: Bar | None = None
        self._told = 0
        self._next_log = time.monotonic() + _LOG_SECONDS

    @property
    def bad(self) -> int:
        """How many documents failed."""
        return self._pace.failed

    def begin(self, inputs: int, size: int) -> None:
        """There are so many inputs, of so many bytes together."""
        self._pace.total = size
        if inputs > 1:
            self._draw()

    def started(self, inputs: InputList, account: Account, is_complete: bool) -> None:
        """A run begins, or goes on after what is in the account."""
        if is_complete:
            return
        if account.total:
            say(f"going on after {account.summary()}")
        self._earlier = account.total, account.bad
        self.begin(inputs.count, inputs.size)

    def watch(self, progress: Progress) -> None:
        """A document of a run is done."""
        self.tell(progress.result, progress.position, progress.start)

    def tell(self, result: Result, position: int, start: int = 0) -> None:
        """A document is done, and with it the inputs up to a position in bytes."""
        self._pace.count(is_bad=result.outcome in BAD, position=position, start=start)
        if result.outcome != OK:
            self._tell_of(result)
        if self._is_json:
            self._log_progress()
        elif self._pace.documents > 1 and (self._bar is None or self._bar.is_due):
            self._draw()

    def _tell_of(self, result: Result) -> None:
        if self._is_json:
            item = result.item
            log(
                "outcome",
                source=item.where,
                record=item.record,
                offset=item.offset,
                outcome=result.outcome,
                reason=result.reason,
            )
        elif not self._is_run or (self._told < MOST_TOLD and result.outcome != "skipped"):
            self._told += 1
            say(_in_words(result))
            if self._is_run and self._told == MOST_TOLD:
                say("what else is not ok is in the report")

    def _log_progress(self) -> None:
        if time.monotonic() >= self._next_log:
            self._next_log = time.monotonic() + _LOG_SECONDS
            log("progress", **self._pace.values())

    def _draw(self) -> None:
        """Say how it goes at the foot of the terminal, if there is one."""
        if not STDERR.isatty() or self._is_json:
            return
        if self._bar is None:
            from cleaner.cli.bar import Bar

            self._bar = Bar()
        self._bar.draw(self._pace.in_words(*self._earlier))

    @contextmanager
    def watching(self) -> Iterator[None]:
        """A bar while the command goes on; whatever ends it, the next line is a new one."""
        try:
            yield
            self._pace.position = max(self._pace.position, self._pace.total)
        finally:
            if self._bar is not None:
                self._bar.close(self._pace.in_words(*self._earlier))
            if self._is_json:
                self._conclude()

    def _conclude(self) -> None:
        values = self._pace.values()
        conclude(**{name: values[name] for name in ("documents", "failed", "seconds")})

    def end_printing(self) -> None:
        """The last line, when documents failed."""
        if not self._is_json and self.bad and self._pace.documents > 1:
            say(f"{self.bad} of {self._pace.documents} pages failed; see above")

    def end_run(self, account: Account, out: Path) -> None:
        """The last line: how many, and where to look."""
        from cleaner.batch import REPORT

        if self._is_json:
            conclude(report=str(out / REPORT), outcomes=account.outcomes)
        else:
            say(f"{account.summary()}; see {out / REPORT}")


def _in_words(result: Result) -> str:
    """One line on a document that is not ok; a failure's reason speaks for itself."""
    said = "" if result.outcome == "failed" else f"{result.outcome}: "
    return f"{result.item.place}: {said}{result.reason}"
