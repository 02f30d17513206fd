"""What describes the API for programs and people: the OpenAPI document, the catalogue and the style of its page."""
