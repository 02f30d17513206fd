import { expect, it } from "vitest";
import { actionOf, DEFAULT_KEYS, readKeys, withKey } from "./hotkeys";

const holding = (value: unknown) => ({ getItem: () => JSON.stringify(value) });

it("each action has a key of its own", () => {
  expect(new Set(Object.values(DEFAULT_KEYS)).size).toBe(Object.keys(DEFAULT_KEYS).length);
});

it("an action takes a key, and the one that had it takes the free one", () => {
  const keys = withKey(DEFAULT_KEYS, "invert", "P");
  expect([keys.invert, keys.panTool, actionOf(keys, "p")]).toEqual(["p", "i", "invert"]);
  expect(withKey(keys, "invert", "1")).toBe(keys);
  expect(withKey(keys, "invert", "Enter")).toBe(keys);
  expect(withKey(keys, "invert", "ò").invert).toBe("ò");
});

it("what is kept is read; what is no key, or twice the same, is not", () => {
  expect(readKeys(holding({ invert: "q" })).invert).toBe("q");
  expect(readKeys(holding({ invert: "q", gone: "v" }))).toEqual({ ...DEFAULT_KEYS, invert: "q" });
  for (const wrong of [{ invert: "p" }, { invert: "1" }, { invert: 7 }, { invert: "long" }, "text", null])
    expect(readKeys(holding(wrong))).toEqual(DEFAULT_KEYS);
});
