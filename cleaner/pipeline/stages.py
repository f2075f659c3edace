"""The ordered stages, what runs beside them, and which of it settings switch off."""

from __future__ import annotations

from cleaner.document import Document, Mark
from cleaner.errors import UsageError
from cleaner.evidence.witnesses import WITNESSES, check_witnesses
from cleaner.settings import Settings
from cleaner.stages.adverts import ADVERTS
from cleaner.stages.article import ARTICLE
from cleaner.stages.comments import COMMENTS
from cleaner.stages.navigation import NAVIGATION
from cleaner.stages.stage import Stage

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


def checked_settings(settings: Settings | None) -> Settings:
    """The settings, or those that change nothing. Raises `UsageError` as `clean` does."""
    if settings is None:
        return Settings()
    if not isinstance(settings, Settings):
        raise UsageError(f"settings is Settings or None, not {type(settings).__name__}")
    check_settings(settings)
    return settings


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
