import { expect, it } from "vitest";
import type { MetaImage } from "../../imaging/files/metaimage";
import type { Stack } from "../../imaging/frame";
import type { PlaneGeometry } from "../../imaging/space/geometry";
import { nearestPlane, reachOf, resultPlanes, sourcePlanes } from "./planes";

const stackOf = (geometries: PlaneGeometry[]) =>
  ({
    count: geometries.length,
    outline: (index: number) => ({ rows: 4, columns: 6, geometry: geometries[index] }),
  }) as unknown as Stack;
const sagittal = (x: number): PlaneGeometry => ({
  position: [x, -50, 40],
  orientation: [0, 1, 0, 0, 0, -1],
  spacing: [1, 0.5],
});
const unplaced: PlaneGeometry = { position: null, orientation: null, spacing: [0.3, 0.2] };
const file = {
  rows: 4,
  columns: 6,
  planes: 2,
  spacing: [3, 0.3, 0.2],
  origin: [1, 2, 3],
  axes: [
    [0, 1, 0],
    [0, 0, -1],
    [-1, 0, 0],
  ],
} as unknown as MetaImage;

it("a plane reaches half the way to its neighbours, whatever their order and distances", () => {
  const planes = sourcePlanes(stackOf([0, -2, -2, -6].map(sagittal)), null);
  // Rows along y and columns along -z: the normal is -x.
  expect(reachOf(planes, 0)).toEqual([1, 1]);
  expect(reachOf(planes, 1)).toEqual([1, 2]);
  expect(nearestPlane(planes, [-4.5, 0, 0])).toBe(3);
  expect(reachOf(sourcePlanes(stackOf([sagittal(0)]), null), 0)).toEqual([0.25, 0.25]);
});

it("planes without a position lie where the result's file says, a single one at the origin", () => {
  const second = { position: [-2, 2, 3], orientation: [0, 1, 0, 0, 0, -1], spacing: [0.3, 0.2] };
  expect(sourcePlanes(stackOf([unplaced, unplaced]), file).at(1)).toEqual(second);
  expect(sourcePlanes(stackOf([unplaced, unplaced]), null).at(1)).toBeNull();
  expect(sourcePlanes(stackOf([unplaced]), null).at(0)?.position).toEqual([0, 0, 0]);
});

it("a result of other pixels than its source's lies where its file says", () => {
  const source = stackOf([sagittal(0), sagittal(-2)]);
  expect(resultPlanes(source, file).at(1)?.position).toEqual([-2, -50, 40]);
  expect(resultPlanes(source, { ...file, rows: 8 }).at(1)?.position).toEqual([-2, 2, 3]);
});
