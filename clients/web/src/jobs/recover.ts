/** Jobs that the API has and the list lacks. */

import type { Processing } from "../api/processing";
import type { Result } from "../model";
import { insert, jobOf } from "./ended";
import type { Store } from "./store";

/** Puts a result into the list: as a job of its own, or with all outputs into the job that has it already. */
export function takeResult(store: Store, result: Result, now: number, batch?: string | null): void {
  const job = store.get().jobs.find((one) => one.jobId === result.job_id);
  if (!job) store.set((state) => ({ ...state, jobs: insert(state.jobs, { ...jobOf(result, now), batch }) }));
  else if (job.result) store.update(job.key, { result, signedAt: now });
}

/** Puts the client's jobs that ended and that the list lacks into it, while there is room; returns how many there were. */
export async function recoverJobs(store: Store, api: Pick<Processing, "jobs">, now: () => number): Promise<number> {
  const { client } = store.get();
  if (!client) return 0;
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await api.jobs(client, cursor);
    for (const { result, batch_id } of page.jobs) {
      if (!result || store.get().jobs.some((one) => one.jobId === result.job_id)) continue;
      takeResult(store, result, now(), batch_id);
      count += 1;
    }
    cursor = page.next ?? undefined;
  } while (cursor && store.get().notice !== "full");
  return count;
}
