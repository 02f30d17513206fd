import { expect, it } from "vitest";
import { comparedAt } from "./useCompareAddress";

it("an address brings back plane, mode, window and zoom of a result, and nothing that it says wrongly", () => {
  expect(comparedAt("?frame=4&window=40+400&zoom=2+5+-7&mode=swipe")).toMatchObject({
    index: 3,
    mode: "swipe",
    look: { window: { center: 40, width: 400 }, view: { zoom: 2, x: 5, y: -7 } },
  });
  expect(comparedAt("?mode=upside")).toEqual({ index: null, mode: null, look: {} });
});
