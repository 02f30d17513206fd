/** Results become ended jobs of the list. */

import type { Job, Result } from "../model";
import type { Store } from "./store";

/** Stores a result in its job, or as a job that this list has lost; returns whether it lasts. */
export function storeResult(store: Store, result: Result, now: number): boolean {
  const find = () => store.get().jobs.find((one) => one.jobId === result.job_id);
  if (!find()) store.adopt(null);
  const job = find();
  if (job && !job.result) store.update(job.key, endOf(result, now));
  else if (!job) {
    // It may be that of a job whose number is still on its way.
    if (store.get().jobs.some((one) => one.state === "sending")) return false;
    store.set((state) => ({ ...state, jobs: insert(state.jobs, jobOf(result, now)) }));
  }
  const key = find()?.key;
  return key === undefined || store.isSaved(key);
}

/** A job whose result is all that is known of it. */
export function jobOf(result: Result, now: number): Job {
  return {
    key: result.job_id,
    jobId: result.job_id,
    clientId: result.client_id,
    algorithm: result.algorithm,
    reference: result.pacs,
    parameters: result.parameters,
    inputs: result.inputs,
    cancelRequested: false,
    sentAt: result.hops.accepted ?? now,
    ...endOf(result, now),
  };
}

/** The jobs with one more, newest first. */
export function insert(jobs: readonly Job[], job: Job): readonly Job[] {
  return [...jobs, job].sort((a, b) => b.sentAt - a.sentAt);
}

/** The jobs, each once: one that was found while its request had no answer gives its end to the one that was sent. */
export function once(jobs: readonly Job[]): readonly Job[] {
  const isFound = (job: Job) => job.key === job.jobId;
  const sent = new Set(jobs.map((job) => !isFound(job) && job.jobId));
  const found = new Map(jobs.filter((job) => isFound(job) && sent.has(job.key)).map((job) => [job.key, job.result]));
  if (!found.size) return jobs;
  return jobs.flatMap((job) => {
    if (found.has(job.key)) return [];
    const result = found.get(job.jobId as string);
    return result && !job.result ? { ...job, ...endOf(result, 0) } : job;
  });
}

function endOf(result: Result, now: number) {
  return {
    state: result.status,
    progress: 1,
    attempts: result.attempts,
    hops: { ...result.hops },
    fault: result.error ?? null,
    result,
    signedAt: now,
    seen: false,
  };
}
