"""The function of a new distribution, by what it returns: short, right for every image, and to be replaced."""

from dataclasses import dataclass
from typing import Final, NamedTuple

BY_PLANE: Final = """
    planes = []
    for plane in image.pixels:
        planes.append(_smooth(plane.astype(float), strength))
        report_progress(len(planes) / len(image.pixels))
    values = np.stack(planes)
"""
AT_ONCE: Final = """
    values = _smooth(image.pixels.astype(float), strength)
"""
SMOOTH: Final = '''

def _smooth(values: Any, strength: float) -> Any:
    """Draw each value towards the mean of its direct neighbours."""
    import numpy as np

    around = np.pad(values, 1, mode="edge")
    inner = (slice(1, -1),) * values.ndim
    sides = [np.roll(around, step, axis)[inner] for axis in range(values.ndim) for step in (-1, 1)]
    return values + strength * (sum(sides) / len(sides) - values)
'''


class Parameter(NamedTuple):
    """The parameter of a function, as its annotation and its docstring have it."""

    name: str
    type: str
    text: str
    bounds: str
    default: str

    def declared(self) -> str:
        """Return the argument with its annotation and its default."""
        return f'{self.name}: Annotated[{self.type}, Parameter("{self.text}", {self.bounds})] = {self.default}'


@dataclass(frozen=True, slots=True)
class Function:
    """The parts of a function that differ by what it returns, and a test of its values.

    `returned` is the type of what it returns, `annotation` says so with its meaning; `before` and `after` stand around
    the function, and `imports` are the names of `imaging` that these parts use.
    """

    summary: str
    parameter: Parameter
    returned: str
    returns: str
    body: str
    test: str
    annotation: str = ""
    imports: tuple[str, ...] = ()
    before: str = ""
    after: str = ""


IMAGE: Final = Function(
    summary="Draws each value towards the mean of its neighbours.",
    parameter=Parameter("strength", "float", "how strongly values are drawn to the mean", "ge=0, le=1", "0.5"),
    returned="Image",
    returns="The smoothed image: same shape, type and unit.",
    body="""@SMOOTH@
    whole = image.pixels.dtype.kind in "iu"
    return image.with_values(np.rint(values) if whole else values)
""",
    after=SMOOTH,
    test="""
def test_strength_0_leaves_the_image_as_it_is() -> None:
    image = image_from(np.arange(60).reshape(3, 4, 5), dtype="int16")
    assert np.array_equal(@MODULE@(image, strength=0).pixels, image.pixels)
""",
)
MAP: Final = Function(
    summary="Shows where values lie between the smallest and the largest, from 0 to 1.",
    parameter=Parameter("gamma", "float", "exponent: below 1 dark values are raised", "ge=0.1, le=10", "1.0"),
    returned="Image",
    annotation='Annotated[Image, Output("place between the smallest and the largest value", window=(0.5, 0.99))]',
    imports=("Output",),
    returns="A map from 0 to 1, single precision.",
    body="""
    values = image.pixels.astype(np.float32)
    low, high = np.nanmin(values), np.nanmax(values)
    return image.with_map(((values - low) / ((high - low) or 1)) ** gamma)
""",
    test="""
def test_the_map_goes_from_0_to_1() -> None:
    values = @MODULE@(image_from(np.arange(60).reshape(3, 4, 5), dtype="int16")).pixels
    assert (values.min(), values.max(), values.dtype.name) == (0, 1, "float32")
""",
)
LABELS: Final = Function(
    summary="Divides an image into three classes by its values.",
    parameter=Parameter("width", "float", "width of the middle class, as a fraction of the range", "ge=0, le=1", "0.4"),
    returned="Labels",
    annotation='Annotated[Labels, Output("classes by value", names=NAMES)]',
    imports=("Labels", "Output"),
    before='NAMES = {1: "dark", 2: "middle", 3: "bright"}\n\n\n',
    returns="Labels of `NAMES`, 0 where there is no value.",
    body="""
    values = image.pixels.astype(float)
    low, high = np.nanmin(values), np.nanmax(values)
    place = (values - low) / ((high - low) or 1)
    labels = 1 + (place >= (1 - width) / 2) + (place > (1 + width) / 2)
    return Labels.of(image, np.where(np.isnan(place), 0, labels))
""",
    test="""
def test_the_brightest_have_the_last_label() -> None:
    labels = @MODULE@(image_from(np.arange(60).reshape(3, 4, 5), dtype="int16")).pixels
    assert labels.dtype.name == "uint8"
    assert [int(labels.flat[index]) for index in (0, 30, 59)] == [1, 2, 3]
""",
)
MEASUREMENTS: Final = Function(
    summary="Measures the mean value, and the volume of what is bright.",
    parameter=Parameter("level", "float", "what is bright, as a fraction of the range", "ge=0, le=1", "0.5"),
    returned="Measured",
    imports=("Output", "Quantity"),
    before="""@dataclass(frozen=True)
class Measured:
    mean: Annotated[Quantity, Output("mean value, in the unit of the image")]
    bright: Annotated[Quantity, Output("volume of what is bright", unit="ml")]


""",
    returns="The mean and the volume.",
    body="""
    values = image.pixels.astype(float)
    low, high = np.nanmin(values), np.nanmax(values)
    bright = np.count_nonzero(values >= low + level * (high - low))
    voxel_ml = math.prod(image.spacing) / 1000
    return Measured(Quantity(float(np.nanmean(values)), image.unit), Quantity(bright * voxel_ml))
""",
    test="""
def test_the_volume_is_in_ml() -> None:
    image = image_from(np.full((10, 10, 10), 7), spacing=(2, 1, 1), dtype="int16")
    measured = @MODULE@(image)
    assert (measured.mean.value, measured.bright.value) == (7, 2)
""",
)
FUNCTIONS: Final = {"image": IMAGE, "labels": LABELS, "map": MAP, "measurements": MEASUREMENTS}
