/** A client and jobs for tests. */

import type { Client, Job } from "../model";

export const client: Client = { clientId: "a".repeat(16), token: "t", queueUrl: "https://queue" };

export const jobNumber = (n: number, more: Partial<Job> = {}): Job => ({
  key: `k${n}`,
  jobId: `j${n}`,
  clientId: client.clientId,
  algorithm: "gaussian",
  reference: { study_id: "1", scope: "study" },
  parameters: {},
  state: "queued",
  progress: 0,
  attempts: 0,
  hops: {},
  cancelRequested: false,
  fault: null,
  result: null,
  signedAt: 0,
  sentAt: n,
  seen: true,
  ...more,
});
