# pyright: reportMissingImports=false
# (it is checked beside the package that the test generates)
"""Submits a job to each algorithm through the generated package: submit.py ADDRESS STUDY SERIES."""

import sys
import time

from image_processing import AuthenticatedClient, Client, models, types
from image_processing.api.default import (
    job,
    process_gaussian,
    process_processing_1,
    process_registration,
    process_tissue_segmentation,
    process_vessel_filter,
    provision,
    unprovision,
)

ENDED = ("succeeded", "partial", "failed", "cancelled", "timed_out")

address, study, series = sys.argv[1:]
made = provision.sync(client=Client(base_url=address))
assert isinstance(made, models.Provisioned)
client = AuthenticatedClient(base_url=address, token=made.client_token, auth_header_name="X-Client-Token", prefix="")
pacs = models.InputReference(study_id=study, series_id=series, scope=models.InputReferenceScope.SERIES)
callback = models.Callback(client_id=made.client_id)

gaussian = models.ProcessRequestGaussian(
    pacs=pacs,
    callback=callback,
    parameters=models.ProcessRequestGaussianParameters(
        sigma=2.0, planes=models.ProcessRequestGaussianParametersPlanes.SEPARATELY
    ),
)
sharpened = models.ProcessRequestProcessing1(
    pacs=pacs, callback=callback, parameters=models.ProcessRequestProcessing1Parameters(radius=1.5, amount=0.5)
)
registration = models.ProcessRequestRegistration(
    pacs=pacs,
    callback=callback,
    inputs=models.ProcessRequestRegistrationInputs(moving=models.ArchiveInput(study_id=study, series_id=series)),
    parameters=models.ProcessRequestRegistrationParameters(samples=0.02, iterations=2),
)
tissue = models.ProcessRequestTissueSegmentation(pacs=pacs, callback=callback)
vessels = models.ProcessRequestVesselFilter(
    pacs=pacs,
    callback=callback,
    parameters=models.ProcessRequestVesselFilterParameters(
        radius=1.0, vessels=models.ProcessRequestVesselFilterParametersVessels.DARK
    ),
)
accepted = {
    "gaussian": process_gaussian.sync(client=client, body=gaussian),
    "processing_1": process_processing_1.sync(client=client, body=sharpened),
    "registration": process_registration.sync(client=client, body=registration),
    "tissue_segmentation": process_tissue_segmentation.sync(client=client, body=tissue),
    "vessel_filter": process_vessel_filter.sync(client=client, body=vessels),
}
for name, answer in accepted.items():
    assert isinstance(answer, models.Accepted), answer
    while True:
        view = job.sync(answer.job_id, client=client)
        assert isinstance(view, models.JobView), view
        if view.state in ENDED:
            break
        time.sleep(0.3)
    assert isinstance(view.result, models.SignedResult), view
    outputs = view.result.outputs
    found = "with outputs" if not isinstance(outputs, types.Unset) and outputs else "without"
    sys.stdout.write(f"{name} {view.state} {found}\n")
unprovision.sync_detailed(client=client)


def refused_by_the_checker() -> None:
    """Each line has a wrong type; the test has a comment without an error reported, too."""
    models.ProcessRequestVesselFilterParameters(radius="wide")  # pyright: ignore[reportArgumentType]
    models.ProcessRequestVesselFilterParameters(vessels="grey")  # pyright: ignore[reportArgumentType]
    models.ProcessRequestRegistrationParameters(iterations=2.5)  # pyright: ignore[reportArgumentType]
    models.ProcessRequestGaussianParameters(radius=2.0)  # pyright: ignore[reportCallIssue]
    models.ProcessRequestRegistration(pacs=pacs, callback=callback)  # pyright: ignore[reportCallIssue]
