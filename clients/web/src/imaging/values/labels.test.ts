import { expect, it } from "vitest";
import type { Frame, Outline, Stack } from "../frame";
import { frameOf } from "../frame.fixture";
import { labelFigures, layered, RAISED, voxelSize } from "./labels";
import { paintMask } from "./paint";

const plane = (values: number[], more: Partial<Frame> = {}) =>
  frameOf(Uint8Array.from(values), 3, values.length / 3, { mask: true, ...more });

it("each label has its voxels and the plane that shows most of it", () => {
  const values = Uint8Array.of(0, 1, 1, 0, /* */ 2, 1, 0, 0, /* */ 2, 2, 2, 1);
  expect(labelFigures(values, 4)).toEqual([
    { label: 1, voxels: 4, plane: 0 },
    { label: 2, voxels: 4, plane: 2 },
  ]);
  expect(labelFigures(new Uint8Array(4), 2)).toEqual([]);
});

it("a voxel's volume is by the distance of the planes' places; a plane has an area; nothing is guessed", () => {
  const at = (z: number, more = {}): Outline => ({
    rows: 3,
    columns: 3,
    geometry: { spacing: [0.5, 2], position: [0, 0, z], orientation: [1, 0, 0, 0, 1, 0], ...more },
  });
  const stack = (...planes: Outline[]) => ({ count: planes.length, outline: (n: number) => planes[n] ?? null });
  expect(voxelSize(stack(at(0), at(-3), at(-6)))).toEqual({ size: 0.003, unit: "ml" });
  expect(voxelSize(stack(at(0)))).toEqual({ size: 1, unit: "mm²" });
  expect(voxelSize(stack(at(0), at(3), at(7)))).toBeNull();
  expect(voxelSize(stack(at(0, { meaning: "detector" })))).toBeNull();
  expect(voxelSize(stack(at(0, { spacing: null }), at(3, { spacing: null })))).toBeNull();
  expect(voxelSize({ count: 2 })).toBeNull();
});

it("labels of several results are told apart; a later one is seen over an earlier one", async () => {
  const stack = (...values: number[]) =>
    ({ id: String(values), count: 1, load: () => Promise.resolve(plane(values)) }) as unknown as Stack;
  const [one, two] = [stack(1, 1, 0), stack(0, 1, 2)];
  const both = layered([
    { stack: one, title: "a" },
    { stack: two, title: "b", looks: new Map([[2, { name: "liver", colour: "#c81e1e" }]]) },
  ]);
  const frame = await both.load(0);
  expect([...frame.values]).toEqual([1, RAISED + 1, RAISED + 2]);
  expect(frame.labels?.get(RAISED + 2)).toEqual({ name: "b: liver", colour: "#c81e1e" });
  expect(frame.labels?.get(RAISED + 1)?.name).toBe("b: 1");
  expect(layered([{ stack: one, title: "a" }])).toBe(one);
});

it("hidden labels are not painted, and an outline is the edge of each label", () => {
  const square = plane([1, 1, 1, 2, 1, 1, 1, 2, 1, 1, 1, 2]);
  const painted = (drawing: { hidden: readonly number[]; outline: boolean }) => {
    const out = new Uint32Array(12);
    paintMask(square, 1, out, drawing);
    return [...out].map((pixel) => (pixel ? 1 : 0)).join("");
  };
  expect(painted({ hidden: [2], outline: false })).toBe("111011101110");
  expect(painted({ hidden: [], outline: true })).toBe("111110111111");
  expect(painted({ hidden: [1], outline: true })).toBe("000100010001");
});
