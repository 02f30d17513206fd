"""A link of a document leads to the same thing on the site as in the repository."""

import pytest

from docs.site.links import page_of, rewritten, targets


@pytest.mark.parametrize(
    ("page", "link", "there"),
    [
        ("index.md", "docs/web.md", "web.md"),
        ("index.md", "docs/images/web.png", "images/web.png"),
        ("index.md", "CONTRIBUTING.md#release", "contributing.md#release"),
        ("index.md", "runtime", "source/runtime/index.md"),
        ("web.md", "../clients/web.py", "source/clients/web.py.md"),
        ("web.md", "../README.md", "index.md"),
        ("adr/0009-one-origin.md", "../../runtime/a.py", "../source/runtime/a.py.md"),
        ("adr/0009-one-origin.md", "../web.md", "../web.md"),
        ("bench.md", "floors.py", "source/bench/floors.py.md"),
        ("web.md", "../.ci/run.py", "source/ci/run.py.md"),
    ],
)
def test_a_link_leads_to_the_page_of_its_target(page: str, link: str, there: str) -> None:
    def is_folder(path: str) -> bool:
        return "." not in path

    assert rewritten(f"See [it]({link}).", page, is_folder) == f"See [it]({there})."


@pytest.mark.parametrize("text", ["[a](https://example.com/x)", "[a](#here)", "```bash\n[a](b.md)\n```\n"])
def test_other_addresses_and_code_stay(text: str) -> None:
    assert rewritten(text, "index.md", lambda _: False) == text
    assert list(targets(text, "README.md")) == []


def test_a_missing_document_is_a_missing_page() -> None:
    assert page_of("docs/absent.md", folder=False) == "absent.md"
    assert list(targets("[a](absent.md)", "docs/web.md")) == ["docs/absent.md"]
