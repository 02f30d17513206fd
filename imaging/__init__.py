"""The public face: everything that a plugin imports."""

from algorithms.declaration import Algorithm, Resources
from algorithms.errors import UnsupportedInput
from algorithms.hookspecs import hookimpl
from algorithms.image import Image, Result
from algorithms.parameter import Parameter
from algorithms.ports.annotations import Input, Output
from algorithms.ports.labels import Labels
from algorithms.ports.places import Boxes, Points
from algorithms.ports.records import File, Quantity, Table
from algorithms.ports.transform import Transform
from algorithms.progress import report_progress
from algorithms.translation import Translation
from algorithms.weights import Weights

__all__ = [
    "Algorithm",
    "Boxes",
    "File",
    "Image",
    "Input",
    "Labels",
    "Output",
    "Parameter",
    "Points",
    "Quantity",
    "Resources",
    "Result",
    "Table",
    "Transform",
    "Translation",
    "UnsupportedInput",
    "Weights",
    "hookimpl",
    "report_progress",
]
