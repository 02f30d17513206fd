"""The distribution that `imaging new` writes."""

from runtime.authoring.scaffold.write import DIMENSIONS, RETURNS, write

__all__ = ["DIMENSIONS", "RETURNS", "write"]
