"""The files of a new distribution, with the names of what is filled in between @."""

from typing import Final

MODULE: Final = '''"""@SUMMARY@"""

@MATH@@DATACLASS@from typing import Annotated@ANY@

from imaging import @IMPORTS@


@BEFORE@def @MODULE@(
    image: Image,
    @PARAMETER@,
) -> @ANNOTATION@:
    """@SUMMARY@

    Parameters
    ----------
    image : Image
        @PIXELS@
    @PARAMETER_NAME@ : @PARAMETER_TYPE@
        @PARAMETER_TEXT@.

    Returns
    -------
    @RETURNED@
        @RETURNS@

    Raises
    ------
    UnsupportedInput
        If the image is in colour.
    """
    import numpy as np  # inside: whoever reads the declaration does without

    if image.is_colour:
        raise UnsupportedInput("@NAME@ takes images of one channel; this one is in colour.")@BODY@@AFTER@

@hookimpl
def register_algorithms() -> Algorithm:
    return Algorithm(
        name="@NAME@",
        summary="@SUMMARY@",
        run=@MODULE@,
        scopes=@SCOPES@,
        # `imaging try` and `imaging profile` print what to declare here
        resources=Resources(vcpu=1, memory_mib=2048, timeout=300, typical_seconds=0.5),
    )
'''
TEST: Final = '''"""Run with `pytest` in this folder; it also runs the rules of `imaging check`."""

import numpy as np
from @MODULE@ import @MODULE@

from imaging.testing import image_from, run_like_a_worker

@TEST@

def test_a_worker_computes_it() -> None:
    volume = np.random.default_rng(0).integers(0, 1000, (4, 20, 30))
    outcome = run_like_a_worker(@MODULE@, image_from(volume, spacing=(3, 1, 1), dtype="int16"))
    assert outcome.status == "succeeded", outcome.message
'''
PROJECT: Final = """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "@DISTRIBUTION@"
version = "0.1.0"
description = "@SUMMARY@"
readme = "README.md"
requires-python = ">=3.11"
# Everything that the function imports, but numpy, pydantic, pydicom and boto3, which every container image has.
dependencies = ["imaging-services"]

# The one line that makes an installed package a service.
[project.entry-points."imaging.algorithms"]
@NAME@ = "@MODULE@"

[dependency-groups]
dev = ["imaging-services[dicom,cli]", "pytest>=9"]

[tool.hatch.build.targets.wheel]
only-include = ["src/@MODULE@.py"]
sources = ["src"]

[tool.pytest.ini_options]
testpaths = ["tests"]
pythonpath = ["src"]
addopts = "-p imaging.pytest_plugin"
imaging_algorithms = ["src/@MODULE@.py"]
"""
README: Final = """# @NAME@

@SUMMARY@

```console
imaging try src/@MODULE@.py FILE_OR_FOLDER --save out
pytest
pip install -e .
imaging up
```
"""
