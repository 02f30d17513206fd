/** Sends a batch: its jobs are in the list at once, and get their numbers when it is accepted. */

import { postBatch } from "../../api/batches";
import type { Processing } from "../../api/processing";
import type { Client, Job, Reference } from "../../model";
import { isUnanswered } from "../list/order";
import { newJob } from "../newJob";
import { refused } from "../refused";
import type { Store } from "../store";

type Shared = Pick<Job, "algorithm" | "parameters" | "inputs" | "sentAt">;
type AsClient = <T>(call: (owner: Client) => Promise<T>) => Promise<T>;

export async function sendBatch(
  store: Store,
  http: Processing["http"],
  asClient: AsClient,
  references: readonly Reference[],
  shared: Shared,
): Promise<void> {
  const key = crypto.randomUUID();
  const jobs = references.map((reference, at) => newJob({ ...shared, reference, batch: key, at }));
  store.set((state) => ({ ...state, jobs: [...jobs, ...state.jobs] }));
  await deliver(store, http, asClient, key, jobs);
}

/** Makes the request again to which no answer came, with its key: if it was accepted, its jobs are found. */
export async function resendBatch(
  store: Store,
  http: Processing["http"],
  asClient: AsClient,
  key: string,
): Promise<void> {
  const isOne = (job: Job) => job.batch === key && isUnanswered(job);
  // The key stands for this very request: storage keeps no order of jobs that were sent together.
  const jobs = store
    .get()
    .jobs.filter(isOne)
    .sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  store.set((state) => ({
    ...state,
    jobs: state.jobs.map((job): Job => (isOne(job) ? { ...job, state: "sending" } : job)),
  }));
  if (jobs.length) await deliver(store, http, asClient, key, jobs);
}

async function deliver(
  store: Store,
  http: Processing["http"],
  asClient: AsClient,
  key: string,
  jobs: readonly Job[],
): Promise<void> {
  const ofBatch = (change: (job: Job, at: number) => Job | null) => {
    const place = new Map(jobs.map((job, at) => [job.key, at]));
    store.set((state) => ({
      ...state,
      jobs: state.jobs.flatMap((job) => {
        const at = place.get(job.key);
        return at === undefined ? job : (change(job, at) ?? []);
      }),
    }));
  };
  try {
    await asClient(async (owner) => {
      const { algorithm, parameters, inputs } = jobs[0] as Job;
      const references = jobs.map((job) => job.reference);
      const answer = await postBatch(http, owner, { algorithm, parameters, inputs, references }, key);
      ofBatch((job, at) => ({
        ...job,
        jobId: answer.job_ids[at] ?? null,
        clientId: owner.clientId,
        batch: answer.batch_id,
        state: "accepted",
      }));
    });
  } catch (error) {
    const { error: found, change } = refused(error);
    ofBatch((job) => change && { ...job, ...change });
    throw found;
  }
}
