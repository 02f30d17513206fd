/** Decides when planes that take long to compute are painted half as fine: while they move, not when they rest. */

import type { Computed } from "../../imaging/frame";

/** A plane that stays for so long (ms) rests. */
export const REST_MS = 120;
/** What a plane may take (ms) of a frame of the screen, which also paints texts, lines and other panes. */
const MOST_MS = 6;
/** A motion whose planes are half as fine goes on so unless whole ones would take less than this (ms). */
const LITTLE_MS = 3;
/** A plane has so many times the pixels of the one that is painted while it moves. */
const PIXELS = 4;

export interface Motion {
  /** Whether a plane that is shown now is part of a motion for which its pixels are too many. */
  coarsens(plane: Computed): boolean;
  /** Notes what a plane took that was not computed before. */
  took(ms: number, coarse: boolean): void;
  /** Computes a plane part by part once it rests, and calls `done` when its values are here. */
  rest(plane: Computed, done: () => void): void;
  /** Forgets the plane that was to rest. */
  stop(): void;
}

export function createMotion(now: () => number = Date.now): Motion {
  let [last, cost, coarsened] = [Number.NEGATIVE_INFINITY, 0, false];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  return {
    coarsens(plane) {
      const moves = now() - last < REST_MS;
      last = now();
      coarsened = moves && cost > (coarsened ? LITTLE_MS : MOST_MS);
      return coarsened && !plane.here;
    },
    took(ms, coarse) {
      cost = coarse ? ms * PIXELS : ms;
    },
    rest(plane, done) {
      stop();
      // Each part in a task of its own: what is done meanwhile, such as moving on, comes between.
      const next = () => {
        if (plane.step()) done();
        else timer = setTimeout(next);
      };
      timer = setTimeout(next, REST_MS);
    },
    stop,
  };
}
