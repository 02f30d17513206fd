import { expect, test } from "vitest";
import { ApiError } from "../../api/http";
import type { Processing } from "../../api/processing";
import { client } from "../sampleJobs";
import { createStore } from "../store";
import { sendBatch } from "./send";

const references = ["1", "2"].map((image_id) => ({ study_id: "s", series_id: "t", image_id, scope: "image" }) as const);
const shared = { algorithm: "gaussian", parameters: { sigma: 2 }, inputs: {}, sentAt: 5 };
const name = `b-${"0".repeat(32)}`;

/** Sends a batch to an API with this answer; returns the store and what the API was sent. */
async function sent(answer: () => Promise<unknown>) {
  const store = createStore(null);
  const bodies: unknown[] = [];
  const http = {
    POST: async (_path: string, { body }: { body: unknown }) => {
      bodies.push(body);
      expect(store.get().jobs.map((job) => job.state)).toEqual(["sending", "sending"]);
      return { data: await answer() };
    },
  } as unknown as Processing["http"];
  const ended = sendBatch(store, http, (call) => call(client), references, shared);
  const error = await ended.then(
    () => null,
    (failed: Error) => failed,
  );
  return { jobs: store.get().jobs, bodies, error };
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
