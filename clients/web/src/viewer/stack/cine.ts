/** Plays a stack: one plane after the other, each once it is loaded, so that none is dropped. */

import type { Stack } from "../../imaging/frame";
import type { Model } from "../state/model";
import type { FrameCache } from "./cache";

/** Planes a second, if the file does not say; and as many as every screen shows, so that none is left out. */
export const [USUAL, FASTEST] = [12, 60];

/** How long a plane is shown, in ms: by the rate that was chosen, as the file says, or the usual time. */
export function paceOf(stack: Stack, chosen: number | null): (index: number) => number {
  return (index) => Math.max(1000 / FASTEST, chosen ? 1000 / chosen : (stack.pace?.(index) ?? 1000 / USUAL));
}

/** The mean rate that a file states for its planes, in planes a second; null if it does not say. */
export function ownRate({ count, pace }: Pick<Stack, "count" | "pace">): number | null {
  const times = Array.from({ length: count }, (_, index) => pace?.(index) ?? null);
  const known = times.filter((time) => time !== null);
  return known.length === count ? (1000 * count) / known.reduce((sum, time) => sum + time, 0) : null;
}

/** How long the error of a plane stays, in ms: it is read, and not passed by like a plane. */
const FAILED_MS = 2000;
/** How late a plane may be before it is said that the cine waits for it. */
const LATE_MS = 200;

/** Plays until the function that it returns is called; `onLate` is told whether a plane is waited for. */
export function play(
  model: Model,
  caches: readonly FrameCache[],
  count: number,
  pace: (index: number) => number,
  onLate: (late: boolean) => void,
): () => void {
  let stopped = false;
  const run = async () => {
    let at = performance.now();
    let failed = false;
    while (!stopped) {
      const { index } = model.get();
      const time = Math.max(pace(Math.min(index, count - 1)), failed ? FAILED_MS : 0);
      // From when the last plane was due: timers that are late by a little do not slow it down.
      at = Math.max(at + time, performance.now());
      const due = sleep(at - performance.now());
      const next = (index + 1) % count;
      const alarm = setTimeout(() => !stopped && onLate(true), time + LATE_MS);
      // A plane that fails is looked at as well: its error is shown in its place.
      const loads = caches.map((cache) => cache.load(Math.min(next, cache.stack.count - 1)).catch(() => null));
      const [, ...planes] = await Promise.all([due, ...loads]);
      failed = planes.includes(null);
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
