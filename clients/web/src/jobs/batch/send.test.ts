import { expect, test } from "vitest";
import { ApiError } from "../../api/http";
import type { Processing } from "../../api/processing";
import type { Result } from "../../model";
import { recoverJobs } from "../recover";
import { client } from "../sampleJobs";
import { createStore, type Store } from "../store";
import { resendBatch, sendBatch } from "./send";

const references = ["1", "2"].map((image_id) => ({ study_id: "s", series_id: "t", image_id, scope: "image" }) as const);
const shared = { algorithm: "gaussian", parameters: { sigma: 2 }, inputs: {}, sentAt: 5 };
const name = `b-${"0".repeat(32)}`;

/** An API with one answer, which notes what it is sent. */
function httpOf(store: Store, bodies: unknown[], keys: unknown[], answer: () => Promise<unknown>) {
  return {
    call: async (
      method: string,
      path: string,
      { body, headers }: { body: unknown; headers: Record<string, string> },
    ) => {
      expect([method, path]).toEqual(["POST", "/process/gaussian"]);
      bodies.push(body);
      keys.push(headers["Idempotency-Key"]);
      expect(store.get().jobs.map((job) => job.state)).toEqual(["sending", "sending"]);
      return answer();
    },
  } as unknown as Processing["http"];
}

/** Sends a batch to an API with this answer; returns the store and what the API was sent. */
async function sent(answer: () => Promise<unknown>) {
  const store = createStore(null);
  const bodies: unknown[] = [];
  const keys: unknown[] = [];
  const http = httpOf(store, bodies, keys, answer);
  const ended = sendBatch(store, http, (call) => call(client), references, shared);
  const error = await ended.then(
    () => null,
    (failed: Error) => failed,
  );
  return { jobs: store.get().jobs, bodies, keys, store, error };
}

test("the jobs are in the list before the answer, and have their numbers after it, in the order of the inputs", async () => {
  const { jobs, bodies } = await sent(async () => ({ batch_id: name, job_ids: ["j1", "j2"], state: "queued" }));
  expect(bodies).toEqual([{ pacs: references, parameters: { sigma: 2 }, callback: { client_id: client.clientId } }]);
  expect(jobs.map((job) => [job.jobId, job.reference.image_id, job.batch, job.state])).toEqual([
    ["j1", "1", name, "accepted"],
    ["j2", "2", name, "accepted"],
  ]);
});

test("a fault of the form leaves no job, any other refusal leaves all with the reason", async () => {
  const refuse = (status: number) => sent(() => Promise.reject(new ApiError(status, "refused", "no")));
  expect((await refuse(422)).jobs).toEqual([]);
  const { jobs, error } = await refuse(503);
  expect(error?.message).toBe("no");
  expect(jobs.map((job) => [job.state, job.fault?.message])).toEqual([
    ["rejected", "no"],
    ["rejected", "no"],
  ]);
});

test.each([
  ["no answer", new ApiError(0, "unreachable", "Failed to fetch")],
  ["a gateway's answer", new ApiError(504, "", "Endpoint request timed out")],
])("to %s, the batch may have been accepted, and is sent again as the same request", async (_, error) => {
  const { jobs, bodies, store, keys } = await sent(() => Promise.reject(error));
  expect(jobs.map((job) => [job.state, job.jobId, job.fault])).toEqual([
    ["lost", null, null],
    ["lost", null, null],
  ]);
  // A storage has its own order.
  store.set((state) => ({ ...state, jobs: state.jobs.toReversed() }));
  const http = httpOf(store, bodies, keys, async () => ({ batch_id: name, job_ids: ["j1", "j2"], state: "queued" }));
  await resendBatch(store, http, (call) => call(client), jobs[0]?.batch as string);
  expect(bodies[1]).toEqual(bodies[0]);
  expect(keys).toEqual([jobs[0]?.batch, jobs[0]?.batch]);
  expect(store.get().jobs.map((job) => [job.jobId, job.reference.image_id, job.state])).toEqual([
    ["j2", "2", "accepted"],
    ["j1", "1", "accepted"],
  ]);
});

test("jobs of a batch that were found before it was sent again are listed once, with their results", async () => {
  const { jobs, store } = await sent(() => Promise.reject(new ApiError(0, "unreachable", "Failed to fetch")));
  const result = { job_id: "j1", client_id: client.clientId, status: "succeeded", pacs: references[0], hops: {} };
  store.set((state) => ({ ...state, client }));
  const listed = { jobs: [{ result: result as unknown as Result, batch_id: name }], next: null };
  await recoverJobs(store, { jobs: async () => listed } as unknown as Processing, () => 9);
  expect(store.get().jobs).toHaveLength(3);
  const http = { call: async () => ({ batch_id: name, job_ids: ["j1", "j2"] }) } as unknown as Processing["http"];
  await resendBatch(store, http, (call) => call(client), jobs[0]?.batch as string);
  const now = store.get().jobs.map((job) => [job.jobId, job.batch, job.at, job.state]);
  expect(now).toEqual([
    ["j1", name, 0, "succeeded"],
    ["j2", name, 1, "accepted"],
  ]);
});
