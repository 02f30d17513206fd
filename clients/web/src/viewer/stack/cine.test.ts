import { afterEach, expect, it, vi } from "vitest";
import type { Frame, Stack } from "../../imaging/frame";
import { createModel } from "../state/model";
import { FrameCache } from "./cache";
import { ownRate, paceOf, play } from "./cine";

/** A stack whose planes come when they are released. */
function held(count: number) {
  const waiting = new Map<number, { come: () => void; fail: () => void }>();
  const stack: Stack = {
    id: "s",
    study: "s",
    series: "t",
    place: (frame) => ({ image: "i", frame }),
    count,
    modality: "US",
    label: () => [],
    load: (index) =>
      new Promise((resolve, reject) =>
        waiting.set(index, {
          come: () => resolve({ values: new Uint8Array(1) } as unknown as Frame),
          fail: () => reject(new Error("broken")),
        }),
      ),
  };
  return { stack, waiting };
}
afterEach(() => void vi.useRealTimers());

const until = async (condition: () => boolean) => {
  for (let i = 0; i < 500 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 2));
  expect(condition()).toBe(true);
};

it("the cine waits for the planes of every stack and says so; a plane that fails has its turn, too", async () => {
  const model = createModel({ cine: true });
  const [one, two] = [held(3), held(3)];
  const late: boolean[] = [];
  const stop = play(
    model,
    [new FrameCache(one.stack), new FrameCache(two.stack)],
    3,
    () => 1,
    (is) => late.push(is),
  );
  await until(() => one.waiting.has(1) && two.waiting.has(1));
  one.waiting.get(1)?.come();
  await until(() => late.at(-1) === true);
  expect(model.get().index).toBe(0);
  two.waiting.get(1)?.fail();
  await until(() => model.get().index === 1);
  expect(late.at(-1)).toBe(false);
  stop();
});

it("the error of a plane stays to be read", async () => {
  vi.useFakeTimers();
  const model = createModel({ cine: true });
  const { stack } = held(4);
  stack.load = (index) =>
    index === 1 ? Promise.reject(new Error("broken")) : Promise.resolve({ values: new Uint8Array(1) } as Frame);
  const stop = play(
    model,
    [new FrameCache(stack)],
    4,
    () => 50,
    () => undefined,
  );
  await vi.advanceTimersByTimeAsync(60);
  expect(model.get().index).toBe(1);
  await vi.advanceTimersByTimeAsync(1900);
  expect(model.get().index).toBe(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(model.get().index).toBe(2);
  await vi.advanceTimersByTimeAsync(50);
  expect(model.get().index, "the next ones go on as before").toBe(3);
  stop();
});

it("a plane is shown as long as the file says, unless a rate is chosen, and never shorter than a screen shows it", () => {
  const { stack } = held(3);
  const varying = { ...stack, pace: (index: number) => [40, 20, 60][index] ?? null };
  expect([0, 1, 2].map(paceOf(varying, null))).toEqual([40, 20, 60]);
  expect(paceOf(varying, 10)(1)).toBe(100);
  expect(paceOf({ ...stack, pace: () => 5 }, null)(0)).toBeCloseTo(1000 / 60);
  expect(paceOf(stack, null)(0)).toBeCloseTo(1000 / 12);
  expect(ownRate(varying)).toBe(25);
  expect(ownRate(stack)).toBeNull();
});
