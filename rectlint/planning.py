"""Which settings and rules hold for each file of a run.

In: what the command line sets.  Out: for each file its `Settings` and the index of its `Plan`; folders and files with
the same answer share it, so that a thousand files cost one look at one configuration.
"""

from __future__ import annotations

import os
from pathlib import Path

from rectlint.config import PROFILE_FOLDER, Overrides, Settings, settings_of
from rectlint.files import Filter
from rectlint.readers.options import ReadOptions
from rectlint.ruleset import Rule, builtin_directory
from rectlint.runner import Plan
from rectlint.selection import active_rules, codes_by_word, load_configured_rules

CACHE_FOLDER = ".rectlint_cache"


class Planner:
    """Looks settings up by folder, and keeps every plan it gave."""

    def __init__(self, overrides: Overrides, *, use_cache: bool = False) -> None:
        """``use_cache`` is what holds where neither the command line nor a configuration says anything."""
        self.overrides = overrides
        self.use_cache = use_cache
        self.plans: list[Plan] = []
        self._by_folder: dict[Path, Settings] = {}
        self._by_file: dict[Path | None, Settings] = {}
        self._rules: dict[Path | None, tuple[Rule, ...]] = {}
        self._plan_of: dict[tuple[Path | None, tuple[str, ...]], int] = {}
        self._profiles = builtin_directory() / PROFILE_FOLDER

    def settings_for(self, folder: Path) -> Settings:
        """The settings that hold in a folder."""
        if folder not in self._by_folder:
            settings = settings_of(folder, self.overrides, profiles=self._profiles)
            if settings.file is not None:
                settings = self._by_file.setdefault(settings.file, settings)
            self._by_folder[folder] = settings
        return self._by_folder[folder]

    def filter_for(self, folder: Path) -> Filter:
        """Which files a walk takes in a folder."""
        return self.settings_for(folder).filter()

    def rules_for(self, settings: Settings) -> tuple[Rule, ...]:
        """All rules as ``settings`` configures them, active or not."""
        if settings.file not in self._rules:
            self._rules[settings.file] = load_configured_rules(settings)
        return self._rules[settings.file]

    def all_rules(self) -> tuple[Rule, ...]:
        """Every rule that any plan may run, once."""
        rules = {rule.code: rule for rules in self._rules.values() for rule in rules}
        return tuple(rules[code] for code in sorted(rules))

    def plan_for(self, path: str) -> int:
        """The index in `plans` of what to do with a file."""
        settings = self.settings_for(Path(path).parent)
        active = active_rules(self.rules_for(settings), settings, path)
        key = (settings.file, tuple(rule.code for rule in active))
        if key not in self._plan_of:
            self._plan_of[key] = len(self.plans)
            self.plans.append(self._plan(active, settings))
        return self._plan_of[key]

    def _plan(self, active: tuple[Rule, ...], settings: Settings) -> Plan:
        words = codes_by_word(self.rules_for(settings))
        wanted = self.use_cache if settings.origin("cache") == "default" else settings.cache
        reading = ReadOptions(revisions=settings.tracked_changes)
        if not wanted:
            return Plan(active, settings.fail_on, words, reading=reading)
        from rectlint.cache import Conversions, stamp_of

        folder = cache_folder(settings)
        reading = reading._replace(keep=Conversions(folder))
        return Plan(active, settings.fail_on, words, folder, stamp_of(active, settings.rules_dirs), reading)


def cache_folder(settings: Settings) -> Path:
    """Where the cache of these settings is: as configured, else by the environment, else beside the configuration."""
    if settings.cache_dir is not None:
        return settings.cache_dir
    named = os.environ.get("RECTLINT_CACHE_DIR")
    return Path(named) if named else settings.root / CACHE_FOLDER
