/** Plays a stack: one plane after the other, each once it is loaded, so that none is dropped. */

import type { FrameCache } from "./cache";
import type { Model } from "./model";

/** How late a plane may be before it is said that the cine waits for it. */
const LATE_MS = 200;

/** Plays until the function that it returns is called; `onLate` is told whether a plane is waited for. */
export function play(
  model: Model,
  caches: readonly FrameCache[],
  count: number,
  framesPerSecond: number,
  onLate: (late: boolean) => void,
): () => void {
  let stopped = false;
  const run = async () => {
    while (!stopped) {
      const due = sleep(1000 / framesPerSecond);
      const next = (model.get().index + 1) % count;
      const alarm = setTimeout(() => !stopped && onLate(true), 1000 / framesPerSecond + LATE_MS);
      // A plane that fails is looked at as well: its error is shown in its place.
      const loads = caches.map((cache) => cache.load(Math.min(next, cache.stack.count - 1)).catch(() => undefined));
      await Promise.all([due, ...loads]);
      clearTimeout(alarm);
      if (stopped) return;
      onLate(false);
      // Whoever moved through the stack meanwhile goes on from there.
      if ((model.get().index + 1) % count === next) model.set({ index: next });
    }
  };
  void run();
  return () => {
    stopped = true;
  };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
