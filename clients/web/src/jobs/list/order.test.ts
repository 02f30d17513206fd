import { expect, it } from "vitest";
import { jobNumber } from "../sampleJobs";
import { inOrder, mayRetry, type Order } from "./order";

const jobs = [
  jobNumber(1, { algorithm: "otsu", state: "failed" }),
  jobNumber(2, { algorithm: "gaussian", state: "running" }),
  jobNumber(3, { algorithm: "otsu", state: "cancelled" }),
];

it.each<[Order, string[]]>([
  ["newest", ["k3", "k2", "k1"]],
  ["oldest", ["k1", "k2", "k3"]],
  ["algorithm", ["k2", "k3", "k1"]],
  ["state", ["k2", "k3", "k1"]],
])("by %s", (order, keys) => {
  expect(inOrder(jobs, order).map((job) => job.key)).toEqual(keys);
});

it("what may succeed the second time can be sent again", () => {
  const fault = (retryable: boolean) => ({ code: "x", message: "", retryable });
  expect(mayRetry({ state: "failed", fault: fault(true) })).toBe(true);
  expect(mayRetry({ state: "failed", fault: fault(false) })).toBe(false);
  expect(mayRetry({ state: "lost", fault: null })).toBe(true);
  expect(mayRetry({ state: "succeeded", fault: null })).toBe(false);
});
