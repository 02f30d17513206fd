"""Names of environment variables and of the handlers' modules: the program sets them, the runtime reads them."""
