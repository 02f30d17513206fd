import { describe, expect, it } from "vitest";
import { type Translate, translate } from "../i18n";
import { en } from "../i18n/en";
import { it as italian } from "../i18n/it";
import { bytes, duration, figure, row, short } from "./format";

const inEnglish: Translate = (key, fill) => translate(en, key, fill);
const inItalian: Translate = (key, fill) => translate(italian, key, fill);

describe("a short number", () => {
  const numbers = [370.26, -12.04, 40, 0.15, 0.5, -1.2345, 0.00123];

  it("has a digit after the point, and three if it is small", () => {
    const expected = ["370.3", "-12.0", "40", "0.15", "0.5", "-1.234", "1.23e-3"];
    expect(numbers.map((value) => short(inEnglish, value))).toEqual(expected);
  });

  it("has a decimal comma in Italian", () => {
    const expected = ["370,3", "-12,0", "40", "0,15", "0,5", "-1,234", "1,23e-3"];
    expect(numbers.map((value) => short(inItalian, value))).toEqual(expected);
  });
});

it("durations, sizes and figures have the decimal mark of the language", () => {
  const all = (t: Translate) => [duration(t, 1234), duration(t, 12_340), bytes(t, 2_500_000), figure(t, 12.3456)];
  expect(all(inEnglish)).toEqual(["1.23 s", "12.3 s", "2.5 MB", "12.35"]);
  expect(all(inItalian)).toEqual(["1,23 s", "12,3 s", "2,5 MB", "12,35"]);
});

it("numbers in a row are told apart where the decimal mark is a comma", () => {
  expect(row(inEnglish, ["1.5", "-2.0"])).toBe("1.5, -2.0");
  expect(row(inItalian, ["1.5", "-2.0"])).toBe("1,5; -2,0");
});
