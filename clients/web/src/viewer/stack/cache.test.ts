import { expect, it } from "vitest";
import type { Frame, Stack } from "../../imaging/frame";
import { budgetOf, FrameCache } from "./cache";

const PLANE = 100;
const frame = () => ({ values: new Uint8Array(PLANE) }) as unknown as Frame;

/** A stack that answers when it is told to, or at once; `asked` lists the requests in their order. */
function stackOf(count: number, failing: readonly number[] = []) {
  const asked: number[] = [];
  const stack: Stack = {
    id: "s",
    study: "s",
    series: "t",
    place: (frame) => ({ image: "i", frame }),
    count,
    modality: "CT",
    load: async (index) => {
      asked.push(index);
      if (failing.includes(index)) throw new Error(`plane ${index}`);
      return frame();
    },
    label: () => [],
  };
  return { stack, asked };
}
const rest = async () => {
  for (let i = 0; i < 200; i++) await Promise.resolve();
};

it("a device's memory gives the budget, within bounds", () => {
  expect([budgetOf(0.25), budgetOf(2), budgetOf(), budgetOf(64)]).toEqual([64e6, 250e6, 500e6, 1e9]);
});

it("through 2,000 planes, those around the reader are here before they are looked at, and memory stays bounded", async () => {
  const { stack } = stackOf(2000);
  const cache = new FrameCache(stack, 41 * PLANE);
  const blank: number[] = [];
  let most = 0;
  await cache.load(0);
  for (let at = 0; at < 2000; at += 5) {
    cache.lookAt(at);
    if (!cache.peek(at)) blank.push(at);
    await rest();
    most = Math.max(most, cache.size);
    for (let near = Math.max(0, at - 19); near <= Math.min(1999, at + 19); near++)
      if (!cache.peek(near)) blank.push(near);
  }
  expect(blank).toEqual([]);
  expect(most).toBeLessThanOrEqual(41 * PLANE);
});

it("the nearest planes are requested first, and a jump is followed", async () => {
  const { stack, asked } = stackOf(100);
  const cache = new FrameCache(stack, 7 * PLANE);
  await cache.load(50);
  cache.lookAt(50);
  await rest();
  expect(asked.slice(0, 7)).toEqual([50, 51, 49, 52, 48, 53, 47]);
  cache.lookAt(10);
  await cache.load(10);
  await rest();
  expect([cache.peek(10), cache.peek(12), cache.peek(8)].every(Boolean)).toBe(true);
  expect(cache.peek(53)).toBeUndefined();
});

it("a plane that failed is requested again only by who looks at it", async () => {
  const { stack, asked } = stackOf(5, [3]);
  const cache = new FrameCache(stack, 1000 * PLANE);
  cache.lookAt(2);
  await cache.load(2);
  await rest();
  cache.lookAt(2);
  await rest();
  expect(asked.filter((index) => index === 3)).toEqual([3]);
  await expect(cache.load(3)).rejects.toThrow("plane 3");
});

it("a plane larger than the budget is kept while it is the only one", async () => {
  const { stack } = stackOf(3);
  const cache = new FrameCache(stack, PLANE / 2);
  await cache.load(1);
  expect(cache.peek(1)).toBeDefined();
});

it("planes that are computed are here at once, and none is made before it is looked at", async () => {
  const { stack, asked } = stackOf(100);
  const made: number[] = [];
  stack.now = (index) => {
    made.push(index);
    return frame();
  };
  const cache = new FrameCache(stack, 3 * PLANE);
  expect(cache.peek(40)).toBe(cache.peek(40));
  cache.lookAt(40);
  for (let index = 41; index < 50; index++) expect(cache.peek(index)).toBeDefined();
  await rest();
  expect(made).toEqual([40, 41, 42, 43, 44, 45, 46, 47, 48, 49]);
  expect(asked).toEqual([]);
  expect(cache.size).toBeLessThanOrEqual(3 * PLANE);
});
