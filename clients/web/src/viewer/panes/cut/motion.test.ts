import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Frame } from "../../../imaging/frame";
import { createMotion, REST_MS } from "./motion";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const COARSE = {} as Frame;

/** A plane whose values are here after some steps. */
function plane(steps = 3) {
  return {
    left: steps,
    bytes: 0,
    get here() {
      return this.left === 0;
    },
    step() {
      this.left = Math.max(0, this.left - 1);
      return this.here;
    },
    at: () => 0,
    coarse: () => COARSE,
  };
}

/** A motion whose planes take as long to paint as is said, and whether each was coarse. */
function moving() {
  let at = 0;
  const motion = createMotion(Date.now, () => at);
  const painted: boolean[] = [];
  const show = (ms: number, one = plane(), whole = false) =>
    motion.show(one, whole, (coarse) => {
      painted.push(coarse !== null);
      at += ms;
    });
  return { motion, painted, show };
}

it("planes that are slow are coarse as soon as they follow one another, and the one after a rest is not", () => {
  const { motion, painted, show } = moving();
  show(20);
  vi.advanceTimersByTime(REST_MS - 1);
  show(5);
  motion.stop();
  vi.advanceTimersByTime(REST_MS);
  show(20);
  expect(painted).toEqual([false, true, false]);
});

it("a plane that takes longer than a rest does not end the motion", () => {
  const motion = createMotion();
  const painted: boolean[] = [];
  for (let n = 0; n < 2; n++)
    motion.show(plane(), false, (coarse) => {
      painted.push(coarse !== null);
      vi.advanceTimersByTime(2 * REST_MS);
    });
  expect(painted).toEqual([false, true]);
});

it("planes that are quick are never coarse", () => {
  const { painted, show } = moving();
  for (let n = 0; n < 3; n++) show(2);
  expect(painted).toEqual([false, false, false]);
});

it.each([
  ["whose values are here", plane(0), false],
  ["that is asked for whole", plane(), true],
])("a plane %s is never coarse", (_, one, whole) => {
  const { painted, show } = moving();
  show(20);
  show(20, one, whole);
  expect(painted).toEqual([false, false]);
});

it("a motion that is coarse stays so, unless whole planes would take little", () => {
  const { painted, show } = moving();
  show(20);
  show(1); // four milliseconds for a whole one
  show(0.5); // two
  show(2);
  expect(painted).toEqual([false, true, true, false]);
});

it("a plane that rests is computed step by step, and painted in full", () => {
  const { painted, show } = moving();
  const one = plane(3);
  show(20);
  show(5, one);
  vi.advanceTimersByTime(REST_MS - 1);
  expect(one.left).toBe(3);
  vi.advanceTimersToNextTimer();
  expect([one.left, ...painted]).toEqual([2, false, true]);
  vi.runAllTimers();
  expect([one.left, ...painted]).toEqual([0, false, true, false]);
});

it("a plane that moves on between two steps is not computed further", () => {
  const { motion, show } = moving();
  const one = plane(3);
  show(20);
  show(5, one);
  vi.advanceTimersByTime(REST_MS);
  motion.stop();
  vi.runAllTimers();
  expect(one.left).toBe(2);
});
