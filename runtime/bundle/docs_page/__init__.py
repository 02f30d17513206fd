"""The API described for people: one HTML page without scripts, made from the OpenAPI document."""

from runtime.bundle.docs_page.page import page

__all__ = ["page"]
