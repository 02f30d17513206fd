"""Areas of ultrasound images."""

from typing import Any

from pydicom.dataset import Dataset

from runtime.dicom.geometry.planes.regions import REGIONS_MOST, Region, regions


def area(x: int = 3, y: int = 3, **attributes: Any) -> Dataset:
    item = Dataset()
    item.RegionLocationMinX0, item.RegionLocationMinY0 = 10, 20
    item.RegionLocationMaxX1, item.RegionLocationMaxY1 = 109, 219
    item.PhysicalUnitsXDirection, item.PhysicalUnitsYDirection = x, y
    item.PhysicalDeltaX, item.PhysicalDeltaY = 0.05, -0.02
    for keyword, value in attributes.items():
        setattr(item, keyword, value)
    return item


def image(*areas: Dataset) -> Dataset:
    dataset = Dataset()
    dataset.Rows, dataset.Columns = 300, 200
    dataset.SequenceOfUltrasoundRegions = list(areas)
    return dataset


def test_an_area_in_centimetres_has_millimetres_between_rows_and_columns() -> None:
    assert regions(image(area())) == [Region(10, 20, 109, 219, (0.2, 0.5))]
    assert regions(Dataset()) == []


def test_an_area_of_anything_else_has_a_place_and_no_lengths() -> None:
    over_time, flat, endless = area(x=4), area(PhysicalDeltaX=0.0), area(PhysicalDeltaX=1e308)
    assert [found.spacing for found in regions(image(over_time, flat, endless))] == [None, None, None]


def test_an_area_says_whether_another_hides_it_where_they_overlap() -> None:
    # RegionFlags, bit 0: 1 is low priority, 0 high (PS3.3 C.8.5.5.1.3); others are of other things
    stated = [area(RegionFlags=flags) for flags in (0, 1, 2, 3)]
    assert [found.low_priority for found in regions(image(*stated, area()))] == [False, True, False, True, False]


def test_an_area_beyond_the_image_tells_nothing_of_its_pixels() -> None:
    beyond = area(RegionLocationMaxX1=201)
    assert [found.spacing for found in regions(image(area(RegionLocationMaxX1=200), beyond))] == [(0.2, 0.5), None]


def test_what_has_no_place_is_left_out_and_the_number_is_bounded() -> None:
    assert regions(image(area(RegionLocationMaxX1=5), area()))[0].left == 10
    assert len(regions(image(*[area()] * (REGIONS_MOST + 5)))) == REGIONS_MOST


def test_a_damaged_area_costs_no_other_and_no_image() -> None:
    dataset = Dataset()
    for stated in ("a text", 7, [1, 2]):
        dataset.add_new("SequenceOfUltrasoundRegions", "LO" if isinstance(stated, str) else "IS", stated)
        assert regions(dataset) == []
