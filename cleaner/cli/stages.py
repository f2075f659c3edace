"""``cleaner stages``: what runs, in what order, with which rules."""

from __future__ import annotations

from collections.abc import Iterator

import click

from cleaner.cli.options import settings_options
from cleaner.cli.output import write_out
from cleaner.cli.single import read_single
from cleaner.cli.terminal import printable
from cleaner.document import Role
from cleaner.errors import SourceError, UsageError
from cleaner.evidence.witnesses import WITNESSES
from cleaner.evidence.witnesses.weights import load_weights
from cleaner.parsing.failures import failure_reason, failures
from cleaner.pipeline import clean
from cleaner.pipeline.stage_times import time_stages
from cleaner.pipeline.stages import ENCODING, MODEL, STAGES, WITNESS
from cleaner.settings import Settings
from cleaner.stages.rules import Rule
from cleaner.stages.stage import Stage


@click.command()
@click.option(
    "--time",
    "source",
    metavar="SOURCE",
    help="Clean one page, and again to show the CPU time that it takes once all is loaded.",
)
@click.option("--url", metavar="URL", help="Where the page of --time comes from.")
@settings_options
def stages(*, source: str | None, url: str | None, settings: Settings) -> None:
    """List the stages in the order they run, each with its rules.

    For each rule: its role, its weight in log-odds, how it finds its lines,
    and why. What the settings switch off is shown as off.
    """
    if url is not None and source is None:
        raise UsageError("--url belongs to a page; name it with --time")
    lines = list_stages(settings) if source is None else _times(source, url, settings)
    write_out("".join(printable(line) + "\n" for line in lines))


def list_stages(settings: Settings) -> Iterator[str]:
    """The lines of ``cleaner stages``."""
    what = "name the charset, decode, repair each line, cut into blocks"
    yield f"{ENCODING}{_off(ENCODING, settings)}: {what}"
    what = "ask the learned models what each block is; rules say how far they count beside them"
    yield f"{MODEL}{_off(MODEL, settings)}: {what}"
    for number, stage in enumerate(STAGES, 1):
        yield ""
        yield f"{number}. {stage.name}{_off(stage.name, settings)}: {stage.about}"
        yield from (_rule_line(rule, stage, settings) for rule in stage.rules(settings))
    yield from _witness_lines(settings)
    yield ""
    yield "deciding: add up the marks of each block; the likeliest role wins"


def _witness_lines(settings: Settings) -> Iterator[str]:
    """The witnesses that the settings ask, with what they count; nothing without one."""
    asked = [witness for name, witness in WITNESSES.items() if name in settings.witnesses]
    if asked:
        yield ""
        yield f"{WITNESS}{_off(WITNESS, settings)}: ask other extractors what they keep of the page"
    for witness in asked:
        name = f"{WITNESS}/{witness.name}"
        weights = load_weights(witness.name)
        how = f"[{weights.dropped:+.1f} if dropped]{_off(name, settings)}"
        yield f"   {name:<34} {Role.BODY:<12} {weights.kept:+5.1f}  {how:<24} {witness.about}"


def _rule_line(rule: Rule, stage: Stage, settings: Settings) -> str:
    off = _off(rule.name, settings) or _off(stage.name, settings)
    how = f"[{_how(rule)}]{off}"
    return f"   {rule.name:<34} {rule.role:<12} {rule.weight:+5.1f}  {how:<24} {rule.why}"


def _how(rule: Rule) -> str:
    """How a rule finds its lines: by phrases and patterns, or in the stage's code."""
    counts = ((len(rule.phrases), "phrase"), (len(rule.patterns), "pattern"))
    parts = [f"{count} {what}{'s' * (count > 1)}" for count, what in counts if count]
    return ", ".join(parts) or "structural"


def _off(name: str, settings: Settings) -> str:
    return " (off)" if name in settings.without else ""


def _times(source: str, url: str | None, settings: Settings) -> Iterator[str]:
    """CPU milliseconds per stage for one page, and their sum.

    What the page needs is loaded before: the first time takes ten times as long.
    """
    total = 0.0
    found = read_single(source)
    url = url or found.url
    clean(found.content, url=url, settings=settings)
    try:
        for name, seconds in time_stages(found.content, settings, url=url):
            total += seconds
            yield f"{name:<12} {seconds * 1000:9.2f} ms"
    except failures() as error:
        raise SourceError(f"{found.where}: failed: {failure_reason(error)}") from error
    yield f"{'total':<12} {total * 1000:9.2f} ms"
