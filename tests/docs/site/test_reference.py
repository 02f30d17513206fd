"""The reference is made of what it describes, and has all of it."""

import re

import click

import imaging.testing
from clients.cli.main import main
from clients.web.documents import pacs, processing
from docs.site.reference import reference


def test_each_public_name_of_the_package_has_its_entry() -> None:
    assert re.findall(r"^::: imaging\.(\w+)$", reference()["reference/python.md"], re.M) == imaging.__all__
    tests = re.findall(r"^::: imaging\.testing\.(\w+)$", reference()["reference/python.md"], re.M)
    assert tests == imaging.testing.__all__


def test_the_command_is_the_one_that_is_installed() -> None:
    assert ":module: clients.cli.main\n    :command: main" in reference()["reference/command.md"]
    assert main.list_commands(click.Context(main))


def test_each_path_of_both_apis_has_its_heading() -> None:
    pages = reference()
    for page, document in (("processing-api", processing()), ("pacs-api", pacs())):
        text = pages[f"reference/{page}.md"]
        headings = re.sub("<[^>]*>", "", " ".join(re.findall(r"^###.*$", text, re.M)))
        assert [path for path in document["paths"] if path not in headings] == []
