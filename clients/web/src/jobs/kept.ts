/** Jobs and client as they are written to the browser's storage: each job is an item of its own. */

import type { Client, Job } from "../model";
import { readItem } from "../storage";

/** The part of `Storage` that is used; tests pass a map of their own. */
export type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

export const [CLIENT, JOB] = ["imaging.client", "imaging.job."];
/** Where a release before kept everything, for one tab. */
export const EARLIER = "imaging.v1";

/** What is written of a job: of many previews only the middle one, which lists show. The API has them all. */
export function compact(job: Job): Job {
  const outputs = job.result?.outputs ?? [];
  const previews = outputs.filter((one) => one.kind === "preview");
  if (!job.result || previews.length < 2) return job;
  const middle = previews[Math.floor(previews.length / 2)];
  const few = outputs.filter((one) => one.kind !== "preview" || one === middle);
  return { ...job, result: { ...job.result, outputs: few, outputs_complete: false } };
}

export function readClient(storage: Kept | null): Client | null {
  return readItem<Client>(storage, CLIENT);
}

export function readJob(storage: Kept | null, key: string): Job | null {
  return readItem<Job>(storage, JOB + key);
}

/** All jobs that are kept, newest first. */
export function readJobs(storage: Kept | null): Job[] {
  const found: Job[] = [];
  for (let at = 0; at < (storage?.length ?? 0); at++) {
    const name = storage?.key(at) ?? "";
    const job = name.startsWith(JOB) ? readItem<Job>(storage, name) : null;
    if (job?.key) found.push(job);
  }
  return found.sort((a, b) => b.sentAt - a.sentAt);
}

/** What a release before kept in the tab, or null. */
export function readEarlier(tab: Pick<Storage, "getItem"> | null): { client: Client | null; jobs: Job[] } | null {
  const found = readItem<{ client: Client | null; jobs: Job[] }>(tab, EARLIER);
  return found && Array.isArray(found.jobs) ? found : null;
}
