"""Settings: frozen, read from TOML at the edge, with a digest that names them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from cleaner.errors import UsageError
from cleaner.tables import parse_table

FILE_KEYS = ("without", "witnesses", "sites")
"""What a settings file may say."""


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A site or comment-system file: its name, for messages, and its TOML text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may be told.

    ``without`` switches off stages (``adverts``) or single rules
    (``adverts/shop-pitch``). ``sites`` are the user's own site and
    comment-system files, looked at before those of the package. ``models`` is a
    folder of models other than the package's, as ``scripts/train.py`` writes it.
    ``witnesses`` are other extractors to ask about each page (``trafilatura``).
    Lists become tuples, and a string for ``models`` a path. Raises `UsageError` on what is
    neither, as a string where names belong.

    >>> Settings().digest == Settings(without=("adverts",)).digest
    False
    >>> Settings(without=["adverts"]).without
    ('adverts',)
    """

    without: tuple[str, ...] = ()
    sites: tuple[SiteFile, ...] = ()
    models: Path | None = None
    witnesses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Take lists and strings for what they stand for."""
        for name in ("without", "witnesses"):
            object.__setattr__(self, name, _tuple_of_names(name, getattr(self, name)))
        object.__setattr__(self, "sites", _tuple_of_sites(self.sites))
        object.__setattr__(self, "models", _path_of_models(self.models))

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that differ whenever a setting does."""
        return _digest(self)


def _tuple_of_names(name: str, value: object) -> tuple[str, ...]:
    if isinstance(value, str):  # its letters are no names
        raise UsageError(f"{name} is a tuple of names, not a string; give ({value!r},)")
    if not isinstance(value, Collection) or not all(isinstance(each, str) for each in value):
        raise UsageError(f"{name} is a tuple of names, not {value!r}")
    return tuple(value)


def _tuple_of_sites(value: object) -> tuple[SiteFile, ...]:
    if isinstance(value, str | Path):
        raise UsageError(f"sites are SiteFiles; give read_sites({str(value)!r})")
    if not isinstance(value, Collection) or not all(isinstance(each, SiteFile) for each in value):
        raise UsageError(f"sites are SiteFiles, not {value!r}; give read_sites of their folder")
    return tuple(value)


def _path_of_models(value: object) -> Path | None:
    if value is not None and not isinstance(value, str | Path):
        raise UsageError(f"models is the path of a folder or None, not {value!r}")
    return None if value is None else Path(value)


@lru_cache(maxsize=8)
def _digest(settings: Settings) -> str:
    values = {
        "without": sorted(settings.without),
        "sites": [[site.name, site.text] for site in settings.sites],
        "models": str(settings.models or ""),
        "witnesses": sorted(set(settings.witnesses)),
    }
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]


def read_settings(path: Path | str) -> Settings:
    """Settings from a TOML file: the lists ``without`` and ``witnesses``, the folder ``sites``.

    A relative folder is taken from the file's own. Raises `UsageError` when the
    file cannot be read or has a key that is not a setting.
    """
    path = Path(path)
    try:
        values = parse_table(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(
            f"settings file {path}: {error.strerror or error}; check the path"
        ) from error
    except ValueError as error:  # no TOML, or not UTF-8
        raise UsageError(f"settings file {path}: {error}") from error
    for name in values:
        if name not in FILE_KEYS:
            raise UsageError(
                f"settings file {path}: no setting {name!r}; there are {', '.join(FILE_KEYS)}"
            )
    settings = Settings(
        without=_names(values, "without", path, "stage or rule names"),
        witnesses=_names(values, "witnesses", path, "names of witnesses"),
    )
    if "sites" in values:
        folder = values["sites"]
        if not isinstance(folder, str) or not folder:
            raise UsageError(f"settings file {path}: 'sites' must name a folder")
        settings = replace(settings, sites=read_sites(path.parent / folder))
    return settings


def read_sites(folder: Path | str) -> tuple[SiteFile, ...]:
    """The ``*.toml`` files of a folder, by name. Raises `UsageError` when it holds none."""
    folder = Path(folder)
    if not folder.is_dir():
        raise UsageError(f"sites folder {folder}: there is no such folder")
    try:
        paths = sorted(folder.glob("*.toml"))
        sites = tuple(SiteFile(path.name, path.read_text("utf-8")) for path in paths)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"sites folder {folder}: {error}") from error
    if not sites:
        raise UsageError(
            f"sites folder {folder}: no .toml file in it; see 'Add a site' in the README"
        )
    return sites


def _names(values: dict[str, Any], key: str, path: Path, what: str) -> tuple[str, ...]:
    value = values.get(key, [])
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise UsageError(f"settings file {path}: {key!r} must be a list of {what}")
    return tuple(value)
