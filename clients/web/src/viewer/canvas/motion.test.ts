import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createMotion, REST_MS } from "./motion";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A plane whose values are here after some steps. */
function plane(steps = 3) {
  return {
    left: steps,
    get here() {
      return this.left === 0;
    },
    step() {
      this.left = Math.max(0, this.left - 1);
      return this.here;
    },
    at: () => 0,
    coarse: () => {
      throw new Error("not asked for");
    },
  };
}

it("planes that are slow are coarse as soon as they follow one another, and the one after a rest is not", () => {
  const motion = createMotion();
  expect(motion.coarsens(plane())).toBe(false);
  motion.took(20, false);
  vi.advanceTimersByTime(REST_MS - 1);
  expect(motion.coarsens(plane())).toBe(true);
  vi.advanceTimersByTime(REST_MS);
  expect(motion.coarsens(plane())).toBe(false);
});

it("planes that are quick are never coarse", () => {
  const motion = createMotion();
  motion.coarsens(plane());
  motion.took(2, false);
  expect(motion.coarsens(plane())).toBe(false);
});

it("a plane whose values are here is never coarse", () => {
  const motion = createMotion();
  motion.coarsens(plane());
  motion.took(20, false);
  expect(motion.coarsens(plane(0))).toBe(false);
});

it("a motion that is coarse stays so, unless whole planes would take little", () => {
  const motion = createMotion();
  motion.coarsens(plane());
  motion.took(20, false);
  motion.coarsens(plane());
  motion.took(1, true);
  expect(motion.coarsens(plane()), "four milliseconds for a whole one").toBe(true);
  motion.took(0.5, true);
  expect(motion.coarsens(plane()), "two milliseconds for a whole one").toBe(false);
});

it("a plane that rests is computed step by step", () => {
  const [motion, one, done] = [createMotion(), plane(3), vi.fn()];
  motion.rest(one, done);
  vi.advanceTimersByTime(REST_MS - 1);
  expect(one.left).toBe(3);
  vi.advanceTimersToNextTimer();
  expect(one.left).toBe(2);
  expect(done).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(done).toHaveBeenCalledOnce();
});

it("a plane that moves on between two steps is not computed further", () => {
  const [motion, one, done] = [createMotion(), plane(3), vi.fn()];
  motion.rest(one, done);
  vi.advanceTimersByTime(REST_MS);
  motion.stop();
  vi.runAllTimers();
  expect(one.left).toBe(2);
  expect(done).not.toHaveBeenCalled();
});
