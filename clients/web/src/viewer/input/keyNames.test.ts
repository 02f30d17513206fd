import { expect, it } from "vitest";
import { keyText } from "./keyNames";
import { SHORTCUTS } from "./shortcuts";

const fixed = Object.values(SHORTCUTS).flatMap((group) =>
  group.flatMap((one) => (typeof one === "string" ? [] : one.keys)),
);

it("each key of the help sheet that has a name in English has one in Italian; Alt and Ctrl are written on both", () => {
  const named = [...new Set(fixed.flatMap((keys) => keys.split(" ")).filter((key) => /^\p{L}{2,}$/u.test(key)))];
  const same = named.filter((key) => keyText("it", key) === key);
  expect(same.sort()).toEqual(["Alt", "Ctrl"]);
});

it("keys that are pressed together are named one by one, and symbols stand as they are", () => {
  expect(keyText("it", "Shift ← ↑ → ↓")).toBe("Maiusc ← ↑ → ↓");
  expect(keyText("en", "Shift ←")).toBe("Shift ←");
  expect(keyText("it", "1 … 6")).toBe("1 … 6");
});
