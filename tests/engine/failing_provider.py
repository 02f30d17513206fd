"""The stand-in for AWS's provider in which one type cannot be created: `python failing_provider.py TYPE WHY ENGINE`."""

import sys
from typing import Any

from runtime.local.provider.__main__ import main
from runtime.local.resources.table import HANDLERS

if __name__ == "__main__":
    token, why = sys.argv.pop(1), sys.argv.pop(1)

    def refuse(*_: Any) -> None:
        """Fail as a handler does when AWS is in trouble."""
        raise RuntimeError(why)

    HANDLERS[token] = type("Refused", (HANDLERS[token],), {"create": refuse})
    sys.argv.insert(1, "aws")
    main()
