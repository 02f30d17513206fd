import { expect, it } from "vitest";
import type { Outline } from "../frame";
import { framesOn, paintBits, paintFractions, paintLabels, type Segmentation } from "./segments";

const plane: Outline = {
  rows: 2,
  columns: 3,
  geometry: { position: [0, 0, 5], orientation: [1, 0, 0, 0, 1, 0], spacing: [1, 0.5] },
};
const image = { series_instance_uid: "1.2", frame_of_reference: "1.9" };
const on = { position: [0, 0, 5], orientation: [1, 0, 0, 0, 1, 0], pixel_spacing: [1, 0.5] };
const seg: Segmentation = {
  rows: 2,
  columns: 3,
  frame_of_reference: "1.9",
  series_instance_uids: ["1.2"],
  frames: [
    { ...on, segment: 1, position: [0, 0, 4] },
    { ...on, segment: 1 },
    { ...on, segment: 2, position: [0.01, 0, 5] },
    { ...on, segment: 3, orientation: [0.9998, 0.02, 0, -0.02, 0.9998, 0] },
    { ...on, segment: 4, pixel_spacing: [0.5, 0.5] },
    { ...on, segment: 5, position: null },
  ],
};

it("frames of a segmentation are drawn only over the very pixels of a series that it names", () => {
  expect(framesOn(seg, plane, image)).toEqual([
    { frame: 1, segment: 1 },
    { frame: 2, segment: 2 },
  ]);
  expect(framesOn(seg, plane, { ...image, series_instance_uid: "1.3" })).toEqual([]);
  expect(framesOn(seg, plane, { ...image, frame_of_reference: "1.8" })).toEqual([]);
  expect(framesOn(seg, plane, { ...image, frame_of_reference: null })).toEqual([]);
  expect(framesOn({ ...seg, rows: 3 }, plane, image)).toEqual([]);
  expect(framesOn(seg, { ...plane, geometry: { ...plane.geometry, position: null } }, image)).toEqual([]);
});

it("bits lie where their origin says, and what lies beside the image is left out", () => {
  const out = new Uint32Array(6);
  // Rows of three: 110 and 011, from the row before the image's first, and its second column.
  paintBits({ rows: 2, columns: 3, origin: [0, 2], bytes: Uint8Array.of(0b110011) }, 0xff0c0b0a, plane, out);
  expect([...out]).toEqual([0, 0, 0xff0c0b0a, 0, 0, 0]);
});

it("fractions are as opaque as they are large", () => {
  const out = new Uint32Array(3);
  paintFractions([0, 100, 200], 200, 0x7f0000ff, out);
  expect([...out].map((pixel) => [pixel >>> 24, pixel & 0xffffff])).toEqual([
    [0, 0],
    [64, 255],
    [127, 255],
  ]);
});

it("labels of a label map have their colours, and what is not chosen or lies outside of a volume has none", () => {
  const out = new Uint32Array(4);
  paintLabels(Float32Array.of(0, 300, 7, Number.NaN), new Map([[300, 0x7f0000ff]]), out);
  expect([...out]).toEqual([0, 0x7f0000ff, 0, 0]);
  expect(framesOn({ ...seg, frames: [{ ...on, segment: null }] }, plane, image)).toEqual([{ frame: 0, segment: null }]);
});
