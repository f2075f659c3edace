"""What a user hears of a run: a bar on a terminal, what is not ok, the account at the end."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.batch.outcomes import BAD, OK
from cleaner.cli.output import say

if TYPE_CHECKING:
    from cleaner.batch import Account, Progress, Result
    from cleaner.batch.inputs import InputList

MOST_TOLD = 20
"""Documents of a run that are told of one by one; the report has them all."""

_BAR = "{percentage:3.0f}%, {remaining} left, {rate_fmt}{postfix}"
"""What a run shows on a terminal; it must fit into a line."""

_LOG_SECONDS = 10.0
"""Between two objects of progress with ``--log json``."""


class Teller:
    """Tells of a run on stderr, for people or for machines."""

    def __init__(self, *, is_json: bool, is_run: bool) -> None:
        self._is_json, self._is_run = is_json, is_run
        self.bad = 0
        self.total = 0
        self._told = 0
        self._bar: Any = None
        self._inputs = (0, 0)
        self._input, self._consumed = -1, 0
        self._begin = time.monotonic()
        self._last_log = self._begin

    def note(self, message: str) -> None:
        """Say something that is no outcome."""
        if self._is_json:
            self._log("note", message=message)
        else:
            say(message)

    def tell(self, result: Result) -> None:
        """Tell of a document, when there is something to tell."""
        self.total += 1
        self.bad += result.outcome in BAD
        if self._bar is not None and not self._is_run:
            self._bar.update()
        if result.outcome == OK:
            return
        if self._is_json:
            self._tell_machine(result)
        elif not self._is_run or (self._told < MOST_TOLD and result.outcome != "skipped"):
            self._told += 1
            say(_in_words(result))
            if self._is_run and self._told == MOST_TOLD:
                say("what else is not ok is in the report")

    def _tell_machine(self, result: Result) -> None:
        item = result.item
        self._log(
            "outcome",
            source=item.where,
            record=item.record,
            offset=item.offset,
            outcome=result.outcome,
            reason=result.reason,
        )

    def started(self, inputs: InputList, account: Account, is_complete: bool) -> None:
        """A run begins, or goes on after what is in the account."""
        self._inputs = inputs.count, inputs.size
        if account.total and not is_complete:
            self.note(f"going on after {account.summary()}")
        if self._bar is not None:
            self._bar.reset(total=max(1, inputs.size))
            self._bar.disable = inputs.count < 2

    def watch(self, progress: Progress) -> None:
        """A document of a run is done."""
        self.tell(progress.result)
        self._move_bar(progress)
        now = time.monotonic()
        if self._is_json and now - self._last_log > _LOG_SECONDS:
            self._last_log = now
            self._log("progress", documents=self.total, seconds=round(now - self._begin, 1))

    def _move_bar(self, progress: Progress) -> None:
        if self._bar is None:
            return
        item = progress.result.item
        if progress.input != self._input:
            self._input, self._consumed = progress.input, 0
        forward = max(0, item.consumed - self._consumed)
        self._consumed += forward
        seconds = max(time.monotonic() - self._begin, 1e-9)
        self._bar.set_postfix_str(
            f"{self.total / seconds:.0f} documents/s, {self.bad} failed, "
            f"{progress.input + 1}/{self._inputs[0]} inputs",
            refresh=progress.input + 1 == self._inputs[0] and not forward,
        )
        self._bar.update(forward)

    @contextmanager
    def bar(self, total: int) -> Iterator[None]:
        """A bar on stderr while pages are printed, if that is a terminal and there are several."""
        if total > 1:
            with self._with_bar(total=total, unit=" pages"):
                yield
        else:
            yield

    @contextmanager
    def watching(self) -> Iterator[None]:
        """A bar on stderr while a run goes on: bytes of all inputs, time left, failures."""
        with self._with_bar(total=1, unit="B", unit_scale=True, bar_format=_BAR):
            yield

    @contextmanager
    def _with_bar(self, **options: Any) -> Iterator[None]:
        if self._is_json or not sys.stderr.isatty():
            yield
            return
        from tqdm import tqdm

        with tqdm(dynamic_ncols=True, **options) as self._bar:
            yield
            self._bar.refresh()

    def end_printing(self) -> None:
        """The last line, when documents failed."""
        if self._is_json:
            self._log("end", documents=self.total, bad=self.bad)
        elif self.bad and self.total > 1:
            say(f"{self.bad} of {self.total} pages failed; see above")

    def end_run(self, account: Account, out: Path) -> None:
        """The last line: how many, and where to look."""
        from cleaner.batch import REPORT

        if self._is_json:
            self._log("end", report=str(out / REPORT), outcomes=account.outcomes)
        else:
            say(f"{account.summary()}; see {out / REPORT}")

    def _log(self, event: str, **values: Any) -> None:
        click.echo(json.dumps({"event": event, **values}), err=True)


def _in_words(result: Result) -> str:
    """One line on a document that is not ok; a failure's reason speaks for itself."""
    said = "" if result.outcome == "failed" else f"{result.outcome}: "
    return f"{result.item.place}: {said}{result.reason}"
