import { expect, it } from "vitest";
import { translate } from "../../i18n";
import { en } from "../../i18n/en";
import { it as italian } from "../../i18n/it";
import type { LengthMeaning } from "../../imaging/space/geometry";
import { figureText } from "./figureText";

it("a length says where it holds if that is not the patient", () => {
  const text = (words: typeof en | typeof italian, meaning: LengthMeaning) =>
    figureText((key, fill) => translate(words, key, fill), { name: "length", value: 5, unit: "mm", meaning });
  const told = (words: typeof en | typeof italian) =>
    (["patient", "calibrated", "corrected", "adjusted", "undetermined"] as const).map((each) => text(words, each));
  expect(told(en)).toEqual([
    "5.0 mm",
    "5.0 mm calibrated",
    "5.0 mm corrected for magnification",
    "5.0 mm corrected or calibrated",
    "5.0 mm calibration unknown",
  ]);
  expect(told(italian)).toEqual([
    "5,0 mm",
    "5,0 mm calibrata",
    "5,0 mm corretta per l’ingrandimento",
    "5,0 mm corretta o calibrata",
    "5,0 mm calibrazione non nota",
  ]);
});
