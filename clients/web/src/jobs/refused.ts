/** What becomes of jobs that could not be sent. */

import { ApiError, SIGN_IN } from "../api/http";
import type { Job } from "../model";

/** The error, and what it makes of a job: null if the job leaves the list, which keeps only what may be a job. */
export function refused(error: unknown): { error: ApiError; change: Pick<Job, "state" | "fault"> | null } {
  const found = error instanceof ApiError ? error : new ApiError(0, "unreachable", String(error));
  const { code, message } = found;
  // The form shows a fault at its field and a missing sign-in above.
  const isShown = found.status === 422 || code === SIGN_IN;
  return { error: found, change: isShown ? null : { state: "rejected", fault: { code, message, retryable: true } } };
}
