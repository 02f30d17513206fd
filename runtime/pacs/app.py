"""The PACS API as an ASGI application."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Lifespan

from runtime.contracts.headers import CALL_HEADERS
from runtime.pacs import openapi
from runtime.pacs.app_state import AppState, of
from runtime.pacs.auth.bearer import Bearer
from runtime.pacs.auth.issuer import Issuer
from runtime.pacs.auth.tokens import Tokens
from runtime.pacs.endpoints import drawings, forward, images, index, pixels, stack, tags, upload
from runtime.pacs.http.abandoned import Abandoned
from runtime.pacs.http.access_log import AccessLog
from runtime.pacs.http.calls import Calls
from runtime.pacs.http.problems import PacsProblem, fail
from runtime.pacs.operations import IMAGE, SERIES
from runtime.pacs.settings import Settings


class Api(Starlette):
    """A Starlette application that `Calls` answers: it and the access log leave no error to Starlette's own layers."""

    def __init__(self, addresses: Sequence[Route], middleware: Sequence[Middleware], lifespan: Lifespan[Any]) -> None:
        super().__init__(middleware=middleware, lifespan=lifespan)
        self._addresses = addresses

    def build_middleware_stack(self) -> ASGIApp:
        """Return what answers each call, from the outermost layer on."""
        app: ASGIApp = Calls(self._addresses, self.router)
        for layer, arguments, options in reversed(self.user_middleware):
            app = layer(app, *arguments, **options)
        return app


async def health(request: Request) -> Response:
    """GET /health: the server answers and can decode. It does not ask S3: a restart would not end S3's trouble."""
    state = of(request)
    if not (state.pool.startable and state.parsers.startable):
        raise PacsProblem("unavailable", "No decoding process can be started.")
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


async def describe(request: Request) -> Response:
    """GET /openapi.json."""
    settings = of(request).settings
    return JSONResponse(openapi.document(tokens=bool(settings.issuer), uploads=settings.uploads))


def routes(*, uploads: bool) -> list[Route]:
    """Return every address that the API answers; `uploads` says whether it takes images."""
    return [
        Route(IMAGE, images.image),  # first, as it is asked most often: addresses are compared one by one
        Route("/health", health),
        Route("/openapi.json", describe),
        Route("/studies", index.studies),
        *([Route("/studies", upload.upload, methods=["POST"])] if uploads else []),
        Route("/studies/{study_id}/series", index.series),
        Route(SERIES + "/images", index.images),
        Route(SERIES + "/stack", stack.stack),
        Route(SERIES + "/process/{algorithm}", forward.process_series, methods=["POST"]),
        Route(IMAGE + "/metadata", pixels.metadata),
        Route(IMAGE + "/pixels", pixels.pixels),
        Route(IMAGE + "/tags", tags.tags),
        Route(IMAGE + "/overlays", drawings.overlays),
        Route(IMAGE + "/segments", drawings.segments),
        Route(IMAGE + "/process/{algorithm}", forward.process, methods=["POST"]),
    ]


def _cors(settings: Settings) -> list[Middleware]:
    """Return what lets pages of other origins call; where there are none, as in a stack by default, it says nothing."""
    if not settings.origins:
        return []
    allowed = Middleware(
        CORSMiddleware,
        allow_origins=list(settings.origins),
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=[*CALL_HEADERS, "If-None-Match", "If-Range", "Range"],
        expose_headers=["Content-Range", "ETag", "Location", "Retry-After", "WWW-Authenticate"],
        max_age=600,
    )
    return [allowed]


def create_app(settings: Settings, s3: Any) -> Starlette:
    """Return the application. Raises ValueError for an invalid key pattern, or an issuer that is not https."""
    state = AppState(settings, s3)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        state.start()
        try:
            yield
        finally:
            await state.close()

    addresses = routes(uploads=settings.uploads)
    log = Middleware(AccessLog, {route.endpoint: route.path for route in addresses}, fail)
    # Within the other two: a page must be able to read a refusal, and a browser's preflight request has no token.
    guard: list[Middleware] = []
    if settings.issuer:
        guard = [Middleware(Bearer, Tokens(Issuer(settings.issuer, state.http), settings.audiences))]
    app = Api(addresses, [*_cors(settings), log, Middleware(Abandoned), *guard], lifespan)
    app.state.shared = state
    return app
