/** The upload under way, or the last one: it goes on while the user looks at other pages. */

import { type Observable, observable } from "../observable";
import type { Found } from "./files";
import { type Outcome, type Post, send } from "./send";

export interface Refusal {
  code: string;
  reason: string;
  count: number;
  /** The first few names. */
  files: readonly string[];
}
export interface Upload {
  state: "idle" | "looking" | "sending" | "done" | "cancelled" | "failed";
  found: number;
  done: number;
  taken: number;
  there_already: number;
  skipped: number;
  refused: readonly Refusal[];
  error: Error | null;
}

export const NAMES = 3;
export const IDLE: Upload = {
  state: "idle",
  found: 0,
  done: 0,
  taken: 0,
  there_already: 0,
  skipped: 0,
  refused: [],
  error: null,
};
export const upload: Observable<Upload> = observable<Upload>(IDLE);
let stop: AbortController | null = null;

export function isRunning({ state }: Upload): boolean {
  return state === "looking" || state === "sending";
}

export function cancel(): void {
  stop?.abort();
}

/** Takes all files; of two uploads the second waits for nothing and is left out. */
export async function start(files: AsyncIterable<Found>, post: Post): Promise<void> {
  if (isRunning(upload.get())) return;
  stop = new AbortController();
  const { signal } = stop;
  upload.set({ ...IDLE, state: "looking" });
  try {
    const found: Found[] = [];
    for await (const file of files) {
      signal.throwIfAborted();
      found.push(file);
      if (found.length % 100 === 0) upload.set({ found: found.length });
    }
    upload.set({ state: "sending", found: found.length });
    const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    await send(found, { post, signal, sleep, report: (outcomes) => upload.set(counted(upload.get(), outcomes)) });
    upload.set({ state: "done" });
  } catch (error) {
    if (signal.aborted) upload.set({ state: "cancelled" });
    else upload.set({ state: "failed", error: error instanceof Error ? error : new Error(String(error)) });
    stop.abort(); // the other calls
  }
}

export function counted(before: Upload, outcomes: readonly Outcome[]): Upload {
  const after = { ...before, refused: [...before.refused] };
  for (const { file, status, code, reason } of outcomes) {
    after.done += 1;
    if (status !== "refused") {
      after[status] += 1;
      continue;
    }
    const at = after.refused.findIndex((one) => one.code === code && one.reason === reason);
    const one = after.refused[at] ?? { code, reason, count: 0, files: [] };
    const files = one.files.length < NAMES ? [...one.files, file] : one.files;
    after.refused[at < 0 ? after.refused.length : at] = { ...one, count: one.count + 1, files };
  }
  return after;
}
