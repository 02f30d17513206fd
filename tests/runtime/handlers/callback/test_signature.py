import pytest

from runtime.handlers.callback import signature


def test_the_example_of_standard_webhooks() -> None:
    # the test vector of the reference libraries, github.com/standard-webhooks/standard-webhooks
    headers = signature.headers(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-timestamp"] == "1614265330"


@pytest.mark.parametrize("secret", ["", "secret", "whsec_", "whsec_???", "whsec_c2hvcnQ="])
def test_a_secret_of_another_form(secret: str) -> None:
    with pytest.raises(ValueError, match="24 to 64 random bytes"):
        signature.key(secret)
