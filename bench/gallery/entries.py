"""What the gallery shows: the algorithms, their parameters, and the part of the image that is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

# `part` is the middle at full size, `whole` a plane at half size, `coronal` a slice across all planes.
View = Literal["part", "whole", "coronal"]
# What a further input is: the sample turned and shifted, a smooth deformation of it, or the objects in it.
Second = Literal["turned", "bent", "objects"]


@dataclass(frozen=True)
class Entry:
    """One algorithm as the gallery shows it.

    Parameters
    ----------
    name : the algorithm's.
    parameters : those that are not the defaults.
    view : what is shown of image and result.
    inputs : the further inputs.
    """

    name: str
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])
    view: View = "part"
    inputs: Mapping[str, Second] = field(default_factory=dict[str, Second])


ENTRIES = (
    Entry("gaussian", {"sigma": 2.0}),
    Entry("median", {"radius": 2.0}),
    Entry("curvature_flow", {"iterations": 30}),
    Entry("bilateral"),
    Entry("non_local_means", {"strength": 1.5}),
    Entry("window", {"centre": 350.0, "width": 300.0}),
    Entry("clahe", view="whole"),
    Entry("unsharp_mask", {"amount": 2.0}),
    Entry("n4_bias_field", view="whole"),
    Entry("resample_isotropic", view="coronal"),
    Entry("crop_to_body", {"margin": 0.0}, view="whole"),
    Entry("sobel_edges", view="whole"),
    Entry("vesselness", {"vessels": "dark"}, view="whole"),
    Entry("otsu", view="whole"),
    Entry("threshold", {"lower": 300.0, "upper": 500.0, "keep": "largest", "holes": "fill"}, view="whole"),
    Entry("watershed_split", {"lower": 500.0, "distance": 15.0}, view="whole"),
    Entry("body_mask", view="whole"),
    Entry("register_rigid", view="whole", inputs={"moving": "turned"}),
    Entry("register_deformable", view="whole", inputs={"moving": "bent"}),
    Entry("subtract", view="whole", inputs={"other": "turned"}),
    Entry("compare", inputs={"other": "turned"}),
    Entry("region_properties", inputs={"labels": "objects"}),
    Entry("histogram_statistics", {"lower": 100.0}),
    Entry("snr"),
)
