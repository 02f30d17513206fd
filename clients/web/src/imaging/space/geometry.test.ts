import { expect, it } from "vitest";
import { directionLetters, distance, height, type PlaneGeometry, physicalPosition, scaleBar } from "./geometry";
import { FIT, fitZoom, imageSize, placement, toImage, toScreen, zoomAt } from "./view";

const sagittal: PlaneGeometry = {
  spacing: [2, 0.5],
  position: [10, -20, 30],
  orientation: [0, 1, 0, 0, 0, -1],
};

it("a pixel's position follows spacing and direction cosines", () => {
  expect(physicalPosition(sagittal, { column: 0, row: 0 })).toEqual([10, -20, 30]);
  expect(physicalPosition(sagittal, { column: 4, row: 3 })).toEqual([10, -18, 24]);
  expect(physicalPosition({ ...sagittal, position: null }, { column: 4, row: 3 })).toBeNull();
});

it("distance weighs rows and columns by their own spacing", () => {
  expect(distance(sagittal, { column: 0, row: 0 }, { column: 6, row: 2 })).toEqual({ length: 5, unit: "mm" });
  expect(distance({ ...sagittal, spacing: null }, { column: 0, row: 0 }, { column: 3, row: 4 })).toEqual({
    length: 5,
    unit: "px",
  });
});

it("a plane's height is its position along the normal", () => {
  const axial: PlaneGeometry = { spacing: [1, 1], position: [5, 6, -42], orientation: [1, 0, 0, 0, 1, 0] };
  expect(height(axial)).toBe(-42);
  expect(height(sagittal)).toBe(-10);
});

it("the scale bar is the longest round length that fits", () => {
  expect(scaleBar(0.5, 120)).toEqual({ mm: 50, pixels: 100 });
  expect(scaleBar(0.01, 120).mm).toBe(1);
  expect(scaleBar(0.09, 120).mm).toBe(10);
});

it("directions are named as in the clinic", () => {
  expect(directionLetters([1, 0, 0])).toBe("L");
  expect(directionLetters([0, -0.7, 0.71])).toBe("HA");
});

it("zooming keeps the point under the pointer, and the screen maps to the image and back", () => {
  const plain = { position: null, orientation: null };
  const image = imageSize({ rows: 100, columns: 200, geometry: { ...plain, spacing: [2, 1] } });
  expect(image).toEqual({ width: 200, height: 200 });
  expect(imageSize({ rows: 100, columns: 200, geometry: { ...plain, spacing: null, aspect: 1.2 } }).height).toBe(120);
  expect(imageSize({ rows: 100, columns: 200, geometry: { ...plain, spacing: null } }).height).toBe(100);
  const area = { width: 800, height: 400 };
  expect(fitZoom(image, area)).toBe(2);
  const view = zoomAt(FIT, image, area, 3, 250, 130);
  const before = toImage(FIT, image, area, 100, 250, 130);
  const after = toImage(view, image, area, 100, 250, 130);
  expect(after.column).toBeCloseTo(before.column, 9);
  expect(after.row).toBeCloseTo(before.row, 9);
  const back = toScreen(view, image, area, 100, after.column, after.row);
  expect(back.x).toBeCloseTo(250, 9);
  expect(back.y).toBeCloseTo(130, 9);
  expect(placement(FIT, image, area)).toEqual({ left: 200, top: 0, zoom: 2 });
});
