"""The public face of the plugin seam: everything that a plugin imports."""

from algorithms.declaration import Algorithm, Resources
from algorithms.hookspecs import hookimpl
from algorithms.image import Image, Result
from algorithms.parameters import Parameter
from algorithms.progress import report_progress

__all__ = ["Algorithm", "Image", "Parameter", "Resources", "Result", "hookimpl", "report_progress"]
