/** A job that is about to be sent. */

import type { Job } from "../model";

export function newJob(
  given: Pick<Job, "algorithm" | "reference" | "parameters" | "inputs" | "sentAt" | "batch" | "at">,
): Job {
  return {
    key: crypto.randomUUID(),
    jobId: null,
    clientId: null,
    state: "sending",
    progress: 0,
    attempts: 0,
    hops: {},
    cancelRequested: false,
    fault: null,
    result: null,
    signedAt: 0,
    seen: false,
    ...given,
  };
}
