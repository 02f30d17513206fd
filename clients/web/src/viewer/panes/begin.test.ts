import { expect, it } from "vitest";
import { INITIAL } from "../state/model";
import { beginOf, beginWords } from "./begin";

it("plane, window, zoom and direction of a pane come back from an address", () => {
  const seen = {
    index: 11,
    window: { center: -600, width: 1500.5 },
    invert: true,
    view: { zoom: 2.5, x: -10, y: 4.25, turn: 1, flip: true },
    colours: "hot",
    smooth: false,
  } as const;
  const words = beginWords({ ...INITIAL, ...seen });
  expect(words).toBe("at12 window.-600_1500.5 invert.1 zoom.2.5_-10_4.25 turn.90 flip.1 colours.hot pixels.blocks");
  expect(beginOf(new URLSearchParams(`pane=${new URLSearchParams({ words }).get("words")}`).get("pane") ?? "")).toEqual(
    seen,
  );
});

it("what is as it is first shown is not said, and what is said wrongly is left out", () => {
  expect(beginWords(INITIAL)).toBe("at1");
  expect([beginOf(), beginOf("at0 window.40_-1 zoom.x tilt5"), beginOf("at3")]).toEqual([{}, {}, { index: 2 }]);
});
