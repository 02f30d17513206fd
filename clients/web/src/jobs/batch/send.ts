/** Sends a batch: its jobs are in the list at once, and get their numbers when it is accepted. */

import { postBatch } from "../../api/batches";
import type { Processing } from "../../api/processing";
import type { Client, Job, Reference } from "../../model";
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
  const jobs = references.map((reference) => newJob({ ...shared, reference, batch: key }));
  store.set((state) => ({ ...state, jobs: [...jobs, ...state.jobs] }));
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
      const answer = await postBatch(http, owner, { ...shared, references }, key);
      ofBatch((job, at) => ({
        ...job,
        jobId: answer.job_ids[at] ?? null,
        clientId: owner.clientId,
        batch: answer.batch_id,
        state: "accepted",
      }));
    });
  } catch (error) {
    const { error: found, change } = refused(error, false);
    ofBatch((job) => change && { ...job, ...change });
    throw found;
  }
}
