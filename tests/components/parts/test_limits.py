"""Arguments that contradict each other, or that AWS would refuse, are named before the first resource."""

import pytest

from components.container_image import ContainerImageArgs
from components.network import NetworkArgs
from components.parts.pacs_exposure import PacsExposure


def test_an_existing_network_is_named_whole() -> None:
    message = "vpc_id and both public_subnet_ids and private_subnet_ids"
    with pytest.raises(ValueError, match=message):
        NetworkArgs(vpc_id="vpc-1")
    with pytest.raises(ValueError, match=message):
        NetworkArgs(public_subnet_ids=["subnet-1"], private_subnet_ids=["subnet-2"])


def test_an_image_is_built_or_taken() -> None:
    with pytest.raises(ValueError, match="exactly one of context and prebuilt"):
        ContainerImageArgs()
    with pytest.raises(ValueError, match="exactly one of context and prebuilt"):
        ContainerImageArgs(context="a", tag="b", prebuilt="c")
    with pytest.raises(ValueError, match="context and tag"):
        ContainerImageArgs(context="a")


def test_images_go_over_plain_http_only_if_that_is_said() -> None:
    with pytest.raises(ValueError, match="certificate_arn, or set allow_http"):
        PacsExposure()
    assert PacsExposure(allow_http=True).certificate_arn == ""


def test_a_domain_and_its_certificate_are_given_together() -> None:
    with pytest.raises(ValueError, match="domain and certificate_arn"):
        PacsExposure(domain="pacs.example.org")


def test_cloudfront_reaches_an_internal_load_balancer_alone() -> None:
    with pytest.raises(ValueError, match="site needs internal"):
        PacsExposure(site=True, internal=False)
