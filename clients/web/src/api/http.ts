/** What calls of both APIs have in common: one kind of error, and who may call. */

import { ApiError, problem, SIGN_IN } from "./client";

export { ApiError, problem, SIGN_IN };

/** The page's own code: the stack requires an AWS signature before anything else. */
export const SIGNATURE = "signature_needed";

/** Whether a call was refused because it lacks the token or the signature that the stack requires. */
export function isRefused(error: unknown): boolean {
  return error instanceof ApiError && (error.code === SIGN_IN || error.code === SIGNATURE);
}

/** Whether nobody knows what became of a call: no answer came, or a gateway's own, behind which the API may have gone on. */
export const isUnanswered = ({ status, code }: ApiError) => status === 0 || (status >= 500 && code === "");

/** Returns the header of a call, or rejects if the call would be refused. */
export type Authorization = () => Promise<string | null>;
