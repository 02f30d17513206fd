import { expect, test } from "vitest";
import { rowsOf } from "../list/rows";
import { jobNumber } from "../sampleJobs";
import { failedOf, progressOf, statesOf, statesSaid } from "./figures";
import { imagesOf, MOST, seriesOf } from "./offers";

const jobs = [
  jobNumber(1, { state: "failed" }),
  jobNumber(2, { state: "running", progress: 0.5 }),
  jobNumber(3, { state: "cancelled" }),
  jobNumber(4, { state: "lost" }),
];

test("the jobs of a batch are one row, where its first job stands; others have rows of their own", () => {
  const batched = [jobNumber(1, { batch: "b" }), jobNumber(2), jobNumber(3, { batch: "b" })];
  expect(rowsOf(batched).map((row) => row.map((job) => job.key))).toEqual([["k1", "k3"], ["k2"]]);
});

test("states are counted in the order in which jobs go through them, as the list or the service has them", () => {
  expect(statesOf(jobs)).toEqual([
    ["running", 1],
    ["failed", 1],
    ["lost", 1],
    ["cancelled", 1],
  ]);
  expect(statesSaid({ failed: 2, queued: 1, running: 0 })).toEqual([
    ["queued", 1],
    ["failed", 2],
  ]);
});

test("a job that has ended counts as whole; one that was cancelled has not failed", () => {
  expect(progressOf(jobs)).toBe(3.5 / 4);
  expect(failedOf(jobs).map((job) => job.key)).toEqual(["k1", "k4"]);
});

test("each image is offered once however many frames it has, and no more than the list can hold", () => {
  const offer = imagesOf("s", "t", ["1", "1", "2"]);
  expect(offer.references.map((one) => one.image_id)).toEqual(["1", "2"]);
  const many = imagesOf(
    "s",
    "t",
    Array.from({ length: MOST + 5 }, (_, n) => `${n}`),
  );
  expect([many.references.length, many.whole]).toEqual([MOST, MOST + 5]);
});

test("series of the open one's modality are offered, and no others", () => {
  const all = [
    { series_id: "a", modality: "CT" },
    { series_id: "b", modality: "SR" },
    { series_id: "c", modality: "CT" },
  ];
  expect(seriesOf("s", "a", all).references.map((one) => one.series_id)).toEqual(["a", "c"]);
  expect(seriesOf("s", "unknown", all).references).toEqual([]);
});
