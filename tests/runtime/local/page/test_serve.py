"""The page's server: files, configuration, addresses of the page's own, and what no browser may do."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from runtime.contracts.documents.docs_style import STYLE_SOURCE
from runtime.local.page import build
from runtime.local.page.application import System
from runtime.local.page.serve import WebServer

SYSTEM = System("http://127.0.0.1:4001/dev", "http://127.0.0.1:4002", "http://127.0.0.1:4003/bucket")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[httpx.Client]:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / ".vite").mkdir()
    (folder / "index.html").write_text("<title>page</title>")
    (folder / "assets/index-abc.js").write_text("1")
    (folder / ".vite/manifest.json").write_text("{}")
    (tmp_path / "secret").write_text("not served")
    with (
        WebServer(folder, SYSTEM, {"UPLOADS": True}) as server,
        httpx.Client(base_url=server.address, trust_env=False) as client,
    ):
        yield client


def test_the_page_is_told_the_prefixes_of_the_apis_and_what_people_may(site: httpx.Client) -> None:
    assert site.get("/config.json").json() == {"API_BASE": "/api", "PACS_API_BASE": "/pacs", "UPLOADS": True}


@pytest.mark.parametrize("path", ["/", "/studies/1/series/2/images/3", "/jobs/x", "/.vite/manifest.json"])
def test_every_address_of_the_page_is_the_page(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.text == "<title>page</title>"
    assert answer.headers["cache-control"] == "no-cache"


def test_files_with_a_hash_in_their_name_are_kept_and_absent_ones_are_not_the_page(site: httpx.Client) -> None:
    assert "immutable" in site.get("/assets/index-abc.js").headers["cache-control"]
    assert site.get("/assets/index-old.js").status_code == 404


def test_nothing_outside_the_folder_is_served(site: httpx.Client) -> None:
    for path in ("/../secret", "/%2e%2e/secret", "/assets/..%2f..%2fsecret"):
        assert "not served" not in site.get(path).text


def test_the_policy_names_the_outputs_alone_and_lets_no_inline_script_run(site: httpx.Client) -> None:
    for path in ("/", "/config.json", "/assets/index-abc.js", "/assets/none.js"):
        policy = site.get(path).headers["content-security-policy"]
        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        assert rules["default-src"] == "'none'"
        assert rules["script-src"] == "'self'"
        assert rules["style-src"] == f"'self' {STYLE_SOURCE}"
        assert rules["connect-src"] == "'self' http://127.0.0.1:4003"
        assert rules["img-src"] == "'self' data: http://127.0.0.1:4003"
        assert rules["frame-ancestors"] == "'none'"


def test_the_policy_allows_calls_to_the_issuer_if_people_sign_in(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("")
    access = {"AUTH": "jwt", "OIDC": {"issuer": "http://127.0.0.1:4004/realm", "client_id": "page"}}
    with WebServer(tmp_path, SYSTEM, access) as server:
        policy = httpx.get(server.address, trust_env=False).headers["content-security-policy"]
    assert "http://127.0.0.1:4004" in policy.split("connect-src")[1].split(";")[0].split()


def test_without_node_one_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "package.json").write_text("{}")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(build.PageUnavailable, match=r"^The web page needs Node [0-9.]+ or later to be built[^\n]*$"):
        build.built(tmp_path)


def test_a_page_that_is_built_needs_no_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist/index.html").write_text("<title>page</title>")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert build.built(tmp_path) == tmp_path / "dist"


def test_an_installation_without_the_sources_says_so(tmp_path: Path) -> None:
    with pytest.raises(build.PageUnavailable, match="use a checkout to build it"):
        build.built(tmp_path)
