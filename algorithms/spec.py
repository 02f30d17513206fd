"""Deprecated: an alias of `imaging` for plugins written before 0.1.0; the next release removes it."""

import warnings

from imaging import (
    Algorithm,
    Image,
    Parameter,
    Resources,
    Result,
    UnsupportedInput,
    hookimpl,
    report_progress,
)

__all__ = ["Algorithm", "Image", "Parameter", "Resources", "Result", "UnsupportedInput", "hookimpl", "report_progress"]

warnings.warn("algorithms.spec is deprecated: import from imaging", DeprecationWarning, stacklevel=2)
