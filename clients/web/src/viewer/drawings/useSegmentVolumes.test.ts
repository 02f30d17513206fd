import { expect, it } from "vitest";
import type { Frame, Stack } from "../../imaging/frame";
import { cutOf } from "../../imaging/volume/cut";
import { reslice } from "../../imaging/volume/reslice";
import type { Segmentation } from "./useDrawings";
import { segmentVolume } from "./useSegmentVolumes";

const [rows, columns, count] = [2, 3, 4];
const geometry = (z: number) => ({ position: [0, 0, z], orientation: [1, 0, 0, 0, 1, 0], spacing: [1, 1] });
const stack = {
  id: "stack",
  study: "s",
  count,
  outline: (index: number) => ({ rows, columns, geometry: geometry(index) }),
  described: () => ({ overlays: 0, series_instance_uid: "1.2", frame_of_reference: "1.9" }),
} as unknown as Stack;
const frame = (segment: number | null, z: number) => {
  const { position, orientation, spacing } = geometry(z);
  return { segment, position, orientation, pixel_spacing: spacing };
};
const seg = (most: number, frames: ReturnType<typeof frame>[]) =>
  ({
    series: "seg",
    description: {},
    segments: { rows, columns, most, frame_of_reference: "1.9", series_instance_uids: ["1.2"], segments: [], frames },
  }) as unknown as Segmentation;
/** Frame n has the value n + 1 everywhere. */
const pacs = {
  frame: async (_study: string, _series: string, _image: unknown, n: number) =>
    ({ values: new Uint16Array(rows * columns).fill(n + 1) }) as unknown as Frame,
};

it("each frame of a segment lies on its plane of the volume, and planes without one are empty", async () => {
  const volume = await segmentVolume(pacs, stack, seg(255, [frame(7, 2), frame(8, 1), frame(7, 0)]), 7);
  expect(volume.planes.map((plane) => plane[0])).toEqual([3, 0, 1, 0]);
  const coronal = reslice(volume, cutOf(volume, "coronal"), 1);
  // From the head down: the last plane first.
  expect([...coronal]).toEqual([0, 0, 0, 1, 1, 1, 0, 0, 0, 3, 3, 3]);
});

it("a label map keeps numbers beyond 255; planes that are no volume, or too large, say which", async () => {
  const { planes } = await segmentVolume(pacs, stack, seg(65535, [frame(null, 3)]), null);
  expect(planes[3]).toBeInstanceOf(Uint16Array);
  const single = { ...stack, count: 1 } as Stack;
  await expect(segmentVolume(pacs, single, seg(1, []), 1)).rejects.toMatchObject({ fault: "single" });
});
