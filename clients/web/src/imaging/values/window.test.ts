import { describe, expect, it } from "vitest";
import { dragWindow, grey, greyTable, shaded, spanWindow } from "./window";

describe("grey levels", () => {
  it("follow DICOM's LINEAR: the centre is shifted by half a step, the width by one", () => {
    const window = { center: 40, width: 400 };
    // C.11.2.1.2.1: below or at c - 0.5 - (w-1)/2 black, above c - 0.5 + (w-1)/2 white.
    expect(grey(-160, window)).toBe(0);
    expect(grey(239, window)).toBe(255);
    expect(grey(238, window)).toBeLessThan(255);
    expect(grey(40, window)).toBe(128);
    expect([-1000, 40, 3000].map((v) => grey(v, window))).toEqual([0, 128, 255]);
  });

  it("make width 1 a threshold", () => {
    expect(grey(99.5, { center: 100, width: 1 })).toBe(0);
    expect(grey(99.6, { center: 100, width: 1 })).toBe(255);
  });

  it("follow LINEAR_EXACT without the shift", () => {
    expect(grey(0, { center: 0, width: 2 }, "LINEAR_EXACT")).toBe(128);
    expect(grey(-1, { center: 0, width: 2 }, "LINEAR_EXACT")).toBe(0);
    expect(grey(0.5, { center: 0, width: 2 }, "LINEAR_EXACT")).toBe(191);
  });

  it("follow SIGMOID", () => {
    expect(grey(0, { center: 0, width: 10 }, "SIGMOID")).toBe(128);
    expect(grey(5, { center: 0, width: 10 }, "SIGMOID")).toBe(Math.round(255 / (1 + Math.exp(-2))));
  });

  it("are turned round for MONOCHROME1", () => {
    expect(grey(-1000, { center: 40, width: 400 }, "LINEAR", true)).toBe(255);
  });

  it("show not-a-number as the lowest", () => {
    expect(grey(Number.NaN, { center: 0, width: 10 })).toBe(0);
  });
});

it("the table holds the grey of every stored value after the rescale, opaque", () => {
  const shade = { window: { center: 40, width: 400 }, fn: "LINEAR" as const, invert: false };
  const table = greyTable(0, 4095, { slope: 1, intercept: -1024 }, shade);
  expect(table).toHaveLength(4096);
  expect(table[1064]).toBe((0xff000000 | (128 * 0x010101)) >>> 0);
  expect(table[0]).toBe(0xff000000);
  expect(table[4095]).toBe(0xffffffff);
});

it("a drag right widens and a drag down raises the centre, never below width 1", () => {
  const start = { center: 100, width: 200 };
  expect(dragWindow(start, 10, 5, 1000)).toEqual({ center: 105, width: 210 });
  expect(dragWindow(start, -5000, 0, 1000).width).toBe(1);
});

it("a file without a window is spanned by its values, extremes and padding left aside", () => {
  const same = { slope: 1, intercept: 0 };
  const values = Array.from({ length: 1001 }, (_, i) => i);
  values[1000] = 30000;
  for (const kind of [values, Int16Array.from(values), Uint16Array.from(values), Float32Array.from(values)]) {
    const window = spanWindow(kind, same);
    expect(window.center).toBeCloseTo(500.5, 5);
    expect(window.width).toBeCloseTo(991, 5);
  }
  expect(spanWindow(Int16Array.of(7, 7, 7), same)).toEqual({ center: 7.5, width: 1 });
  expect(spanWindow(Int16Array.of(-2000, -1990, 5, 6), same, [-2000, -1990]).center).toBeCloseTo(6, 5);
  expect(spanWindow(Float32Array.of(-2000, -1990, 5, 6), same, [-2000, -1990]).center).toBeCloseTo(6, 5);
  expect(spanWindow(Int16Array.of(0, 100), { slope: -2, intercept: 10 })).toEqual({ center: -89.5, width: 199 });
  expect(spanWindow([], same)).toEqual({ center: 0.5, width: 1 });
});

it("a file's own lookup table is used as it is, its ends beyond it", () => {
  const shade = { window: { center: 0, width: 1 }, fn: "LINEAR" as const, invert: false };
  const lut = { first: 100, bits: 8, entries: [0, 51, 255] };
  expect([0, 101, 9999].map((v) => shaded(v, { ...shade, lut }))).toEqual([0, 51, 255]);
  expect(shaded(101, { ...shade, invert: true, lut })).toBe(204);
});
