"""The algorithms for which there is a choice of libraries, and the candidates; a file for each kind."""

from collections.abc import Mapping
from typing import Final

from bench.algorithms.case import Case
from bench.algorithms.cases import contrast, geometry, pairs, registrations, segmentation, smoothing

CASES: Final[Mapping[str, Case]] = {
    **smoothing.CASES,
    **contrast.CASES,
    **geometry.CASES,
    **segmentation.CASES,
    **pairs.CASES,
    **registrations.CASES,
}
