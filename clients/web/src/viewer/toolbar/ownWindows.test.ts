import { expect, it } from "vitest";
import { readWindows, withoutWindow, withWindow } from "./ownWindows";

const one = { center: 40, width: 400, hounsfield: true };

it("a window is kept once for each kind of values, and forgotten", () => {
  const two = withWindow(withWindow([], one), { ...one, hounsfield: false });
  expect(two).toHaveLength(2);
  expect(withWindow(two, { ...one, center: 40.01 })).toBe(two);
  expect(withoutWindow(two, one)).toEqual([{ ...one, hounsfield: false }]);
});

it("their number is bounded, and what is no window is not read", () => {
  const many = Array.from({ length: 30 }, (_, n) => ({ ...one, center: n }));
  const kept = many.reduce<readonly (typeof one)[]>(withWindow, []);
  expect([kept.length, kept.at(-1)?.center]).toEqual([20, 29]);
  const stored = JSON.stringify([one, null, { ...one, width: 0 }, { center: "4", width: 3, hounsfield: true }]);
  expect(readWindows({ getItem: () => stored })).toEqual([one]);
  expect(readWindows({ getItem: () => "{}" })).toEqual([]);
});
