/** Decides when planes that take long to compute are painted half as fine: while they move, not when they rest. */

import type { Computed, Motion } from "../../../imaging/frame";

/** A plane that stays for so long (ms) rests. */
export const REST_MS = 120;
/** What a plane may take (ms) of a frame of the screen, which also paints texts, lines and other panes. */
const MOST_MS = 6;
/** A motion whose planes are half as fine goes on so unless whole ones would take less than this (ms). */
const LITTLE_MS = 3;
/** A plane has so many times the pixels of the one that is painted while it moves. */
const PIXELS = 4;

export function createMotion(now = Date.now, clock = () => performance.now()): Motion {
  let [last, cost, coarsened] = [Number.NEGATIVE_INFINITY, 0, false];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  /** Whether a plane that is shown now is part of a motion for which its pixels are too many. */
  const coarsens = (plane: Computed) => {
    const moves = now() - last < REST_MS;
    coarsened = moves && cost > (coarsened ? LITTLE_MS : MOST_MS);
    return coarsened && !plane.here;
  };
  /** Computes a plane part by part, each in a task of its own: what is done meanwhile, such as moving on, comes between. */
  const rest = (plane: Computed, done: () => void) => {
    const next = () => {
      if (plane.step()) done();
      else timer = setTimeout(next);
    };
    timer = setTimeout(next, REST_MS);
  };
  return {
    show(plane, whole, paint) {
      stop();
      const [start, anew] = [clock(), !plane.here];
      const coarse = coarsens(plane) && !whole ? plane.coarse() : null;
      paint(coarse);
      // Not before: one that takes longer than a rest would make the next one seem to come after it.
      last = now();
      if (anew) cost = (clock() - start) * (coarse ? PIXELS : 1);
      if (coarse) rest(plane, () => paint(null));
    },
    stop,
  };
}
