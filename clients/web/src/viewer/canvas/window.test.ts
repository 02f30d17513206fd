import { expect, it } from "vitest";
import { frameOf } from "../../imaging/frame.fixture";
import { createModel, FRESH, withOwnWindow } from "../state/model";
import { chosenWindow } from "../state/window";

const frame = frameOf(Int16Array.from([0, 10, 20, 99]), 1, 4, {
  windows: [{ center: 40, width: 400 }],
  padding: [99, 99],
});
const lung = { center: -600, width: 1500 };

it("a window that was chosen comes before Auto, which spans the values without the padding", () => {
  expect(chosenWindow(frame, { window: null, auto: false })).toBeNull();
  expect(chosenWindow(frame, { window: lung, auto: true })).toEqual(lung);
  const auto = chosenWindow(frame, { window: null, auto: true });
  expect(auto?.center).toBeCloseTo(10.5, 0);
});

it("no window applies to a mask", () => {
  expect(chosenWindow({ ...frame, mask: true }, { window: lung, auto: false })).toBeNull();
});

it("a result on a scale of its own shares the place, not the window", () => {
  const source = createModel();
  const result = withOwnWindow(source);
  let heard = 0;
  result.subscribe(() => heard++);
  source.set({ window: lung, index: 3 });
  expect([result.get().window, result.get().index, heard]).toEqual([null, 3, 1]);
  result.set({ window: { center: 1, width: 2 }, index: 5 });
  expect([source.get().window, source.get().index]).toEqual([lung, 5]);
  result.set(FRESH);
  expect([source.get().window, result.get().window]).toEqual([lung, null]);
});
