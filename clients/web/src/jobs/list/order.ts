/** In which order jobs are listed. */

import { isOpen, type Job } from "../../model";

export const ORDERS = ["newest", "oldest", "algorithm", "state"] as const;
export type Order = (typeof ORDERS)[number];

/** The jobs in an order; within the same algorithm or state the newest first. Open jobs come before those that ended. */
export function inOrder(jobs: readonly Job[], order: Order): Job[] {
  const newest = (a: Job, b: Job) => b.sentAt - a.sentAt;
  const by: Record<Order, (a: Job, b: Job) => number> = {
    newest,
    oldest: (a, b) => a.sentAt - b.sentAt,
    algorithm: (a, b) => a.algorithm.localeCompare(b.algorithm) || newest(a, b),
    state: (a, b) => Number(isOpen(b)) - Number(isOpen(a)) || a.state.localeCompare(b.state) || newest(a, b),
  };
  return [...jobs].sort(by[order]);
}

/** Whether nobody knows if the job was accepted: no answer came. */
export const isUnanswered = ({ state, jobId }: Pick<Job, "state" | "jobId">) => state === "lost" && jobId === null;

/** The word for a job's state: one that may have been accepted is not called lost. */
export const stateKey = (job: Pick<Job, "state" | "jobId">) =>
  isUnanswered(job) ? "state.unanswered" : (`state.${job.state}` as const);

/** Whether the same request may succeed now: it was not accepted, its client had gone, or the service says so. */
export function mayRetry({ state, fault }: Pick<Job, "state" | "fault">): boolean {
  return state === "lost" || state === "rejected" || (fault?.retryable ?? false);
}
