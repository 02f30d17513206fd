import { expect, it } from "vitest";
import { FIT, flipped, matrixOf, placement, toImage, toScreen, turned, type View } from "./view";

const [image, area, rows] = [{ width: 200, height: 120 }, { width: 800, height: 400 }, 60] as const;
const corner = (view: View, column: number, row: number) => {
  const { x, y } = toScreen(view, image, area, rows, column - 0.5, row - 0.5);
  return [Math.round(x), Math.round(y)];
};

it("a turn moves the first corner clockwise and fits the turned image", () => {
  expect(corner(FIT, 0, 0)).toEqual([400 - 1000 / 3, 200 - 200].map(Math.round));
  const once = turned(FIT, 1);
  expect(placement(once, image, area).zoom).toBe(2);
  expect(corner(once, 0, 0)).toEqual([400 + 120, 0]);
  expect(corner(once, 200, 0)).toEqual([400 + 120, 400]);
  expect(turned(turned(turned(once, 1), 1), 1)).toEqual({ zoom: null, x: 0, y: 0 });
  expect(turned(once, 3)).toMatchObject({ zoom: null });
});

it("a flip exchanges the sides that are seen, however the image is turned", () => {
  const view: View = { zoom: 1, x: 30, y: 10, turn: 1 };
  const [before, after] = [corner(view, 0, 0), corner(flipped(view, false), 0, 0)];
  expect(after).toEqual([800 - (before[0] ?? 0), before[1]]);
  const upright = corner(flipped(view, true), 0, 0);
  expect(upright).toEqual([before[0], 400 - (before[1] ?? 0)]);
  expect(flipped(flipped(view, false), false)).toEqual(view);
});

it("the screen maps to the image and back in every direction, by the matrix that draws it", () => {
  for (const turn of [0, 1, 2, 3] as const) {
    for (const flip of [false, true]) {
      const view: View = { zoom: 1.7, x: 12, y: -40, turn, flip };
      const { x, y } = toScreen(view, image, area, rows, 31.5, 17);
      const back = toImage(view, image, area, rows, x, y);
      expect(back.column).toBeCloseTo(31.5, 9);
      expect(back.row).toBeCloseTo(17, 9);
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = matrixOf(view, image, area, rows);
      expect([a * 32 + c * 17.5 + e, b * 32 + d * 17.5 + f]).toEqual([x, y]);
    }
  }
});
