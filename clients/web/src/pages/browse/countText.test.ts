import { expect, it } from "vitest";
import { en } from "../../i18n/en";
import { translate } from "../../i18n/index";
import { countText } from "./countText";

it.each([
  ["CT", 1, "1 image"],
  ["CT", 20, "20 images"],
  ["SR", 1, "Files: 1"],
  ["RTSTRUCT", 2, "Files: 2"],
  ["RTDOSE", 1, "1 image"],
])("a series of modality %s with %i objects", (modality, images, text) => {
  expect(countText((key, fill) => translate(en, key, fill), { modality, images })).toBe(text);
});
