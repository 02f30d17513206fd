"""The public face: everything that a plugin imports."""

from algorithms.declaration import Algorithm, Resources
from algorithms.errors import UnsupportedInput
from algorithms.hookspecs import hookimpl
from algorithms.image import Image, Result
from algorithms.parameter import Parameter
from algorithms.progress import report_progress

__all__ = ["Algorithm", "Image", "Parameter", "Resources", "Result", "UnsupportedInput", "hookimpl", "report_progress"]
