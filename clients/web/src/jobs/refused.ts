/** What becomes of jobs that could not be sent. */

import { ApiError, isUnanswered, SIGN_IN } from "../api/http";
import type { Job } from "../model";

/**
 * The error, and what it makes of a job, or of the jobs of a batch: null if they leave the list, which keeps only what
 * may be a job.
 */
export function refused(error: unknown): { error: ApiError; change: Pick<Job, "state" | "fault"> | null } {
  const found = error instanceof ApiError ? error : new ApiError(0, "unreachable", String(error));
  const { code, message } = found;
  // The form shows a fault at its field and a missing sign-in above.
  const isShown = found.status === 422 || code === SIGN_IN;
  if (isShown) return { error: found, change: null };
  // Without an answer nobody knows whether it was accepted: to say that it was not could make a second job of it. An
  // error without a code is that of a gateway, behind which the API may have gone on.
  // The same key with another request: one was accepted.
  if (isUnanswered(found) || code === "idempotency_conflict")
    return { error: found, change: { state: "lost", fault: null } };
  return { error: found, change: { state: "rejected", fault: { code, message, retryable: true } } };
}
