import pytest

from runtime.handlers.callback.target import parse

ALLOWED = ("hooks.example.org", "hooks.example.org:8443", "127.0.0.1:9001", "localhost")


def test_an_allowed_host_over_https() -> None:
    target = parse("https://Hooks.Example.org/ended?a=1", ALLOWED)
    assert target == (True, "hooks.example.org", 443, "hooks.example.org", "/ended?a=1")
    assert parse("https://hooks.example.org:8443", ALLOWED).path == "/"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://hooks.example.org/", "must begin with https://"),
        ("ftp://hooks.example.org/", "must begin with https://"),
        ("https://evil.example.org/", "evil.example.org, to which this stack sends no callbacks"),
        ("https://hooks.example.org:22/", "hooks.example.org:22, to which"),
        ("https://hooks.example.org.evil.example/", "to which"),
        ("https://hooks.example.org@evil.example/", "neither a user"),
        ("https://hooks.example.org/#a", "neither a user"),
        ("https://hooks.example.org\\@evil.example/", "neither a user"),
        ("https://hooks.example.org/a b", "without spaces"),
        ("https://hooks.example.org/\r\nX: y", "without spaces"),
        ("https://hooks.example.org:99999/", "is no address"),
        ("https://[::1", "is no address"),
        ("https:///path", "no host"),
        ("https://hooks.example.org/" + "a" * 2048, "at most 2048"),
    ],
)
def test_what_is_refused(url: str, says: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        parse(url, ALLOWED)
    assert says in str(refused.value)


def test_without_hosts_nothing_is_called_back() -> None:
    with pytest.raises(ValueError, match="callbackHosts names no host"):
        parse("https://hooks.example.org/", ())


def test_plain_http_to_this_machine_except_on_lambda(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not parse("http://127.0.0.1:9001/", ALLOWED).secure
    monkeypatch.setenv("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001")
    with pytest.raises(ValueError, match="https://"):
        parse("http://127.0.0.1:9001/", ALLOWED)
    with pytest.raises(ValueError, match="names this machine"):
        parse("https://localhost/", ALLOWED)
