import { expect, it } from "vitest";
import { en } from "../../i18n/en";
import { type Translate, translate } from "../../i18n/index";
import type { Job } from "../../model";
import { inputText, measurementText } from "./input";

const t: Translate = (key, fill) => translate(en, key, fill);

it("a job says what it was sent for, by the ends of long identifiers", () => {
  const reference = { study_id: "ct", series_id: "1.2.840.113619.2.55.3.6048", image_id: "7", scope: "image" } as const;
  expect(inputText(t, { reference } as unknown as Job)).toBe("Study ct · Series ….55.3.6048 · Image 7");
  expect(inputText(t, { reference: { ...reference, scope: "study" } } as unknown as Job)).toBe("Study ct");
});

it("measured numbers have four significant digits, and other values are written as they are", () => {
  expect([12.34567, 0.123456, 1234.567, 7, 0, -2.5].map((value) => measurementText(t, value))).toEqual([
    "12.35",
    "0.1235",
    "1235",
    "7",
    "0",
    "-2.5",
  ]);
  expect([1.23456e-7, 1.23456e9 + 0.5].map((value) => measurementText(t, value))).toEqual(["1.235e-7", "1.235e+9"]);
  expect(["left", true].map((value) => measurementText(t, value))).toEqual(["left", "true"]);
});
