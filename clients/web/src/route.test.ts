import { expect, it } from "vitest";
import { imagePath, inputPath, jobPath, parse, searchOf, searchPath } from "./route";

it("an image's address leads back to its identifiers", () => {
  const path = imagePath("1.2", "3.4", "I_1");
  expect(path).toBe("/studies/1.2/series/3.4/images/I_1");
  expect(parse(path)).toEqual({ page: "browse", study: "1.2", series: "3.4", image: "I_1" });
  expect(parse(imagePath("1.2"), "?scope=study")).toMatchObject({ study: "1.2", series: undefined, scope: "study" });
  expect(parse("/", "")).toEqual({ page: "browse" });
});

it("the address of a job's input has the volume that it was sent for", () => {
  const path = inputPath({ study_id: "1", series_id: "2", scope: "series", volume: "t=0 b" });
  expect(path).toBe("/studies/1/series/2?volume=t%3D0%20b");
  expect(parse("/studies/1/series/2", path.split("?")[1])).toMatchObject({ series: "2", volume: "t=0 b" });
});

it("other addresses lead to their pages, and unknown ones to none", () => {
  expect(parse("/jobs/abc")).toEqual({ page: "jobs", job: "abc" });
  expect(parse("/algorithms/gaussian")).toEqual({ page: "catalogue", algorithm: "gaussian" });
  expect(parse("/system")).toEqual({ page: "system" });
  expect(parse("/system/1").page).toBe("missing");
  expect(parse("/studies/1/other/2").page).toBe("missing");
  expect(parse("/nowhere").page).toBe("missing");
});

it("a search is kept in the address, and comes back from it", () => {
  const search = { search: "knee & hip", modality: "MR", from: "2026-01-02", to: "" };
  expect(searchPath(search)).toBe("/?search=knee+%26+hip&modality=MR&from=2026-01-02");
  expect(searchOf("?search=knee+%26+hip&modality=MR&from=2026-01-02")).toEqual(search);
  expect(searchPath(searchOf(""))).toBe("/");
});

it("a job's address has the service's number once there is one", () => {
  expect(jobPath({ jobId: null, key: "k" })).toBe("/jobs/k");
  expect(jobPath({ jobId: "j", key: "k" })).toBe("/jobs/j");
});
