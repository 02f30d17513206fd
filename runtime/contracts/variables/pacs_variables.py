"""The names of the environment variables of the PACS API's tasks: the program sets them, the server reads them."""

from typing import Final

CORS_ORIGINS: Final = "CORS_ORIGINS"
JWT_AUDIENCES: Final = "JWT_AUDIENCES"
JWT_ISSUER: Final = "JWT_ISSUER"
MEMORY_MIB: Final = "MEMORY_MIB"
PACS_BUCKET: Final = "PACS_BUCKET"
PACS_KEY_PATTERN: Final = "PACS_KEY_PATTERN"
PATIENT_COLUMNS: Final = "PATIENT_COLUMNS"
PORT: Final = "PORT"
PROCESSING_API_BASE: Final = "PROCESSING_API_BASE"
UPLOADS: Final = "UPLOADS"
