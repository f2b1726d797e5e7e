"""Settings: from the command line, the environment, files, presets and the defaults.

`keys` is the table of all keys, `files` finds and reads files, `layers` lays their values over
each other; what comes out is a `Config`.
"""

from appeal_lint.config.model import (
    Config,
    IgnoredFinding,
    LanguageToolSettings,
    Origin,
    Override,
    RuleSetting,
)

__all__ = [
    "Config",
    "IgnoredFinding",
    "LanguageToolSettings",
    "Origin",
    "Override",
    "RuleSetting",
]
