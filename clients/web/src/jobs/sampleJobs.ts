/** A client and jobs for tests. */

import type { Client, Job } from "../model";
import { newJob } from "./newJob";

export const client: Client = { clientId: "a".repeat(16), token: "t", queueUrl: "https://queue" };

export const jobNumber = (n: number, more: Partial<Job> = {}): Job => ({
  ...newJob({
    algorithm: "gaussian",
    reference: { study_id: "1", scope: "study" },
    parameters: {},
    sentAt: n,
  }),
  key: `k${n}`,
  jobId: `j${n}`,
  clientId: client.clientId,
  state: "queued",
  seen: true,
  ...more,
});
