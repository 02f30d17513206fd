import { expect, it } from "vitest";
import { shownTags, type Tag } from "./shownTags";

const tag = (name: string, depth = 0, more: Partial<Tag> = {}): Tag => ({
  tag: "0008,0000",
  depth,
  keyword: name.replaceAll(" ", ""),
  name,
  vr: "LO",
  value: "",
  private: false,
  ...more,
});
const header = [
  tag("Modality", 0, { value: "MR" }),
  tag("Region Sequence"),
  tag("", 1, { value: "#1" }),
  tag("Code Value", 2, { value: "T-1" }),
  tag("", 1, { value: "#2" }),
  tag("Code Value", 2, { value: "T-2" }),
  tag("Maker's own", 0, { private: true, tag: "0029,1010" }),
];
const found = (search: string, withPrivate = false) =>
  shownTags(header, search, withPrivate).map((one) => one.name || one.value);

it("without a search all but the private elements are listed", () => {
  expect(found("")).toHaveLength(6);
  expect(found("", true)).toHaveLength(7);
});

it("what is found within a sequence comes with the sequence and its item", () => {
  expect(found("t-2")).toEqual(["Region Sequence", "#2", "Code Value"]);
  expect(found("code t-")).toEqual(["Region Sequence", "#1", "Code Value", "#2", "Code Value"]);
  expect(found("mr")).toEqual(["Modality"]);
  expect(found("modality xyz")).toEqual([]);
});

it("a private element is found only if private ones are asked for", () => {
  expect(found("0029,1010")).toEqual([]);
  expect(found("0029,1010", true)).toEqual(["Maker's own"]);
});
