/** Sends files to the PACS API, some in a call and a few calls at a time. */

import { ApiError, type Authorization, problem } from "../api/http";
import type { components } from "../api/pacs-schema";
import { type Found, mayBeDicom } from "./files";

export type Instance = components["schemas"]["Instance"];
export type Post = (files: readonly File[], signal: AbortSignal) => Promise<readonly Instance[]>;
export type Outcome = { file: string; status: Instance["status"] | "skipped"; code: string; reason: string };

/** Files and bytes of one call: far below what the PACS API takes, so that progress is seen and little is sent twice. */
const FILES = 20;
const BYTES = 32 << 20;
const CALLS = 3;
const TRIES = 5;

/** Calls DICOMweb's Store transaction (PS3.18 10.5). */
export function poster(base: string, authorization: Authorization): Post {
  return async (files, signal) => {
    const boundary = Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16)).join("");
    const head = `--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`;
    const body = new Blob([...files.flatMap((file) => [head, file, "\r\n"]), `--${boundary}--\r\n`]);
    const header = await authorization();
    const headers = {
      Accept: "application/json",
      "Content-Type": `multipart/related; type="application/dicom"; boundary=${boundary}`,
      ...(header ? { Authorization: header } : {}),
    };
    const answer = await fetch(`${base}/studies`, { method: "POST", body, headers, signal }).catch((error) => {
      throw signal.aborted ? error : new ApiError(0, "unreachable", String(error));
    });
    // 409 has the reasons, too, if it is of all files.
    const told = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (!told || (!answer.ok && answer.status !== 409)) throw await problem(answer);
    return ((await answer.json()) as components["schemas"]["Uploaded"]).instances;
  };
}

export interface Sending {
  post: Post;
  signal: AbortSignal;
  sleep: (ms: number) => Promise<void>;
  report: (outcomes: readonly Outcome[]) => void;
}

/** Sends what may be an image; files are opened only as they are sent. Rejects if the PACS API refuses a call. */
export async function send(found: Iterable<Found>, { post, signal, sleep, report }: Sending): Promise<void> {
  const rest = found[Symbol.iterator]();
  const line = async () => {
    for (let files = await next(rest, signal, report); files.length > 0; files = await next(rest, signal, report)) {
      const instances = await tried(() => post(files, signal), signal, sleep);
      report(
        files.map((file, at) => {
          const one = instances[at];
          const { status = "refused", code, reason } = one ?? {};
          return { file: file.name, status, code: code ?? "", reason: reason ?? "" };
        }),
      );
    }
  };
  await Promise.all(Array.from({ length: CALLS }, line));
}

/** The files of the next call; those that are no images are reported at once. */
async function next(rest: Iterator<Found>, signal: AbortSignal, report: Sending["report"]): Promise<File[]> {
  const files: File[] = [];
  let bytes = 0;
  while (files.length < FILES && bytes < BYTES) {
    signal.throwIfAborted();
    const { value, done } = rest.next();
    if (done) break;
    const found: Found = value;
    try {
      const file = await found.open();
      if (await mayBeDicom(file)) {
        files.push(file);
        bytes += file.size;
      } else {
        report([{ file: found.name, status: "skipped", code: "", reason: "" }]);
      }
    } catch (error) {
      report([{ file: found.name, status: "refused", code: "unread", reason: String(error) }]);
    }
  }
  return files;
}

/** A call that was not answered, or refused because the PACS API is busy, is made again: nothing is stored twice. */
async function tried<T>(call: () => Promise<T>, signal: AbortSignal, sleep: Sending["sleep"]): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      signal.throwIfAborted();
      const busy = error instanceof ApiError && (error.unreachable || error.status >= 500 || error.status === 408);
      if (!busy || attempt === TRIES) throw error;
      await sleep(Math.max(error.retryAfterMs, 500 * 2 ** attempt));
    }
  }
}
