import { expect, it } from "vitest";
import type { Study } from "../../api/pacs";
import { modalitiesOf } from "./modalities";
import { orderIn, type StudyOrder, studiesInOrder, studyOrderOf } from "./studyOrder";

const study = (
  study_id: string,
  study_date: string | null,
  study_description: string | null,
  ...modalities: string[]
) => ({ study_id, study_date, study_description, modalities }) as unknown as Study;
const all = [
  study("a", "20200101", "Thorax", "CT"),
  study("b", null, null, "MR"),
  study("c", "20240506", "abdomen", "US"),
];

it.each<[StudyOrder, string]>([
  ["archive", "abc"],
  ["newest", "cab"],
  ["oldest", "acb"],
  ["description", "cab"],
  ["modality", "abc"],
])("by %s, and what lacks it last", (order, ids) => {
  expect(
    studiesInOrder(all, order)
      .map((one) => one.study_id)
      .join(""),
  ).toBe(ids);
});

it("an address names the order", () => {
  expect(studyOrderOf("?search=x&sort=newest")).toBe("newest");
  expect(studyOrderOf("?sort=weight")).toBeNull();
});

it("the newest come first if all are here; of many, the archive's order stands until another is chosen", () => {
  expect([orderIn(null, false), orderIn(null, true), orderIn("oldest", true)]).toEqual(["newest", "archive", "oldest"]);
});

it("the modalities that are there are offered, and the usual ones as long as others may be there", () => {
  expect(modalitiesOf(["US", "CT"], "", true)).toEqual(["CT", "US"]);
  expect(modalitiesOf([], "SM", true)).toEqual(["SM"]);
  expect(modalitiesOf(["SM"], "", false).slice(0, 2)).toEqual(["SM", "CR"]);
});
