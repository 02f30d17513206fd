import { expect, it } from "vitest";
import { distance } from "../imaging/geometry";
import { type Pacs, type SeriesStack, toStack } from "./pacs";

/** An ultrasound clip of three frames, with one area in mm, as the PACS API tells of it. */
const found = (more: object) =>
  ({
    modality: "US",
    order: [0, 1, 2].map((frame) => [0, frame]),
    images: [
      {
        image_id: "clip",
        rows: 240,
        columns: 320,
        type: "rgb8",
        frame_times: [40],
        regions: [{ left: 0, top: 0, right: 99, bottom: 99, spacing: [0.5, 0.5] }],
        planes: Array.from({ length: 3 }, () => ({
          pixel_spacing: [1, 1],
          spacing_known: true,
          spacing_meaning: "calibrated",
          position: null,
          orientation: null,
        })),
        ...more,
      },
    ],
  }) as unknown as SeriesStack;
const stack = (more = {}) => toStack({} as Pacs, "s", found(more), "t");
const length = (more = {}) => {
  const geometry = stack(more).outline?.(0)?.geometry;
  return geometry && [distance(geometry, { column: 0, row: 0 }, { column: 30, row: 40 }), geometry.meaning];
};

it("a stack has the areas of its images, and otherwise the spacing with what it means", () => {
  expect(length()).toEqual([{ length: 25, unit: "mm" }, "calibrated"]);
  expect(length({ regions: [] })).toEqual([{ length: 50, unit: "mm" }, "calibrated"]);
});

it("a stack says how long each plane is shown: all alike, each by itself, or nothing", () => {
  const times = (frame_times: number[] | null) => [0, 1, 2].map((at) => stack({ frame_times }).pace?.(at));
  expect(times([40])).toEqual([40, 40, 40]);
  expect(times([10, 20, 30])).toEqual([10, 20, 30]);
  expect(times(null)).toEqual([null, null, null]);
});
