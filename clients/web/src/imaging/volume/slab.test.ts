import { expect, it } from "vitest";
import { combined } from "./slab";

const NO = Number.NaN;
/** Nine planes of four pixels: one of numbers alone, one without some, one with a single number, one without any. */
const PLANES = Array.from({ length: 9 }, (_, n) =>
  Float32Array.from([(n * 5) % 7, n % 3 ? n - 4 : NO, n === 6 ? -2 : NO, NO]),
);
const numbers = (count: number, pixel: number) =>
  PLANES.slice(0, count)
    .map((plane) => plane[pixel] as number)
    .filter((value) => !Number.isNaN(value));

it.each([
  ["max", (all: number[]) => Math.max(...all)],
  ["min", (all: number[]) => Math.min(...all)],
  ["mean", (all: number[]) => all.reduce((sum, one) => sum + one, 0) / all.length],
] as const)("the %s of any number of planes passes over what is no number", (kind, of) => {
  for (let count = 1; count <= PLANES.length; count++) {
    const expected = [0, 1, 2, 3].map((pixel) => {
      const all = numbers(count, pixel);
      return all.length ? Math.fround(of(all)) : NO;
    });
    expect([...combined(kind, PLANES.slice(0, count))], `${count} planes`).toEqual(expected);
  }
});

it("planes of which there are none make none", () => expect(combined("max", [])).toHaveLength(0));

it.each(["max", "min"] as const)("four planes that are one already (%s) make the slab of all", (kind) => {
  const parts = [...PLANES.slice(4), combined(kind, PLANES.slice(0, 4))];
  expect(combined(kind, parts)).toEqual(combined(kind, PLANES));
});

it.each([
  ["max", 3000, []],
  ["min", -3000.25, []],
  ["max", 1 / 4, [-3e38, -3e38]],
  ["min", -1 / 4, [3e38, 3e38]],
] as const)("the %s is the very value, %d, whatever the others are", (kind, value, far) => {
  const others = far.length ? far : [1e-3, -1 / 3, 0, 2999.75, -3000];
  const parts = [...others, value].map((one) => Float32Array.of(one));
  expect([...combined(kind, parts)]).toEqual([value]);
});
