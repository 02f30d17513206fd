/** Fetches a file of a result; what goes wrong is an `ApiError`, which the page says in its language. */

import { ApiError } from "../../api/http";

/** Throws one without a code if the storage refuses, `unreachable` without an answer, `unreadable` for other contents. */
export async function fetchOutput<T>(
  address: string,
  signal: AbortSignal,
  read: (answer: Response) => Promise<T>,
): Promise<T> {
  const failed = (status: number, code: string) => (error: unknown) => {
    throw signal.aborted ? error : new ApiError(status, code, String(error));
  };
  const answer = await fetch(address, { signal }).catch(failed(0, "unreachable"));
  if (!answer.ok) throw new ApiError(answer.status, "", `${answer.status} ${answer.statusText}`);
  return read(answer).catch(failed(answer.status, "unreadable"));
}
