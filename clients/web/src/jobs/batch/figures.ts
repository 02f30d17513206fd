/** What a batch's row says of its jobs. */

import { isOpen, type Job, type JobState } from "../../model";

/** States in the order in which a job goes through them. */
const ORDER: readonly JobState[] = [
  "sending",
  "accepted",
  "queued",
  "running",
  "succeeded",
  "partial",
  "failed",
  "timed_out",
  "rejected",
  "lost",
  "cancelled",
];
const FAILED: readonly JobState[] = ["failed", "timed_out", "rejected", "lost"];

/** How many jobs are in each state that any is in. */
export function statesOf(jobs: readonly Pick<Job, "state">[]): [JobState, number][] {
  return ORDER.map((state): [JobState, number] => [state, jobs.filter((job) => job.state === state).length]).filter(
    ([, count]) => count > 0,
  );
}

/** What the service counts, which knows more of jobs that have not ended than this list. */
export function statesSaid(states: Readonly<Record<string, number>>): [JobState, number][] {
  return ORDER.map((state): [JobState, number] => [state, states[state] ?? 0]).filter(([, count]) => count > 0);
}

/** The share of the work that is done, 0 to 1; a job that has ended counts as whole. */
export function progressOf(jobs: readonly Pick<Job, "state" | "progress">[]): number {
  const done = jobs.reduce((sum, job) => sum + (isOpen(job as Job) ? job.progress : 1), 0);
  return jobs.length ? done / jobs.length : 0;
}

/** The jobs that did not come to a result by themselves; one that was cancelled did so by request. */
export function failedOf(jobs: readonly Job[]): Job[] {
  return jobs.filter((job) => FAILED.includes(job.state));
}
