/** The rows of the job list: a job, or the jobs of one batch, each where its first job stands. */

import type { Job } from "../../model";

export function rowsOf(jobs: readonly Job[]): (readonly Job[])[] {
  const rows = new Map<string, Job[]>();
  for (const job of jobs) {
    const name = job.batch ?? job.key;
    const row = rows.get(name);
    if (row) row.push(job);
    else rows.set(name, [job]);
  }
  return [...rows.values()];
}
