"""`python -m runtime.worker`: serves one algorithm until SIGTERM."""

import sys

if __name__ == "__main__":
    from runtime.worker.main import main

    sys.exit(main())
