/** A cache of planes: the nearest to the one that is looked at are loaded first and kept, within a budget of memory. */

import type { Frame, Stack } from "../../imaging/frame";

const PARALLEL = 6;
const [LEAST_BYTES, MOST_BYTES] = [64e6, 1e9];
/** Of planes that are computed: they are made again faster than they are looked at. */
const COMPUTED_BYTES = 16e6;

/** Bytes of planes that suit a device of so many GB: an eighth. Browsers that do not say are taken to have four. */
export function budgetOf(memoryGb = 4): number {
  return Math.min(MOST_BYTES, Math.max(LEAST_BYTES, (memoryGb * 1e9) / 8));
}

export const deviceMemory = () =>
  typeof navigator === "undefined" ? undefined : (navigator as { deviceMemory?: number }).deviceMemory;

/** What the values of a plane take, whether or not they are computed. */
const bytesOf = (frame: Frame) => frame.computed?.bytes ?? frame.values.byteLength;

export class FrameCache {
  private readonly frames = new Map<number, Frame>();
  private readonly running = new Map<number, { promise: Promise<Frame>; abort: AbortController }>();
  /** Planes that failed: only looking at one requests it again. */
  private readonly failed = new Set<number>();
  private readonly listeners = new Set<() => void>();
  private readonly budget: number;
  /** The plane that is looked at; null until one is. */
  private at: number | null = null;
  private bytes = 0;
  private largest = 1;
  readonly stack: Stack;

  constructor(stack: Stack, budget = stack.now ? COMPUTED_BYTES : budgetOf(deviceMemory())) {
    this.stack = stack;
    this.budget = budget;
  }

  /** The plane, if it is here or can be computed. */
  peek(index: number): Frame | undefined {
    const here = this.frames.get(index);
    if (here || !this.stack.now) return here;
    this.at = index;
    const frame = this.stack.now(index);
    this.keep(index, frame);
    return frame;
  }

  /** Bytes of the planes that are kept. */
  get size(): number {
    return this.bytes;
  }

  load(index: number): Promise<Frame> {
    const here = this.peek(index);
    if (here) return Promise.resolve(here);
    const known = this.running.get(index);
    if (known) return known.promise;
    const abort = new AbortController();
    const promise = this.stack
      .load(index, abort.signal)
      .then(
        (frame) => {
          this.failed.delete(index);
          this.keep(index, frame);
          for (const listener of this.listeners) listener();
          return frame;
        },
        (error: unknown) => {
          this.failed.add(index);
          throw error;
        },
      )
      .finally(() => {
        this.running.delete(index);
        this.next();
      });
    this.running.set(index, { promise, abort });
    return promise;
  }

  /**
   * Names the plane that is looked at. Once it is here (or has failed), those around it are requested, the nearest
   * first, and the farthest give way.
   */
  lookAt(index: number): void {
    this.at = index;
    this.next();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  dispose(): void {
    this.at = null;
    for (const { abort } of this.running.values()) abort.abort();
  }

  private next(): void {
    if (this.stack.now) return;
    while (this.running.size < PARALLEL) {
      const index = this.nearestMissing();
      if (index === null) return;
      this.load(index).catch(() => undefined);
    }
  }

  /** The nearest plane that is neither here nor on its way, among those for which there is room. */
  private nearestMissing(): number | null {
    if (this.at === null || !(this.frames.has(this.at) || this.failed.has(this.at))) return null;
    const room = Math.floor(this.budget / this.largest);
    const { count } = this.stack;
    for (let step = 1, passed = 1; step < count && passed < room; step++) {
      for (const index of [this.at + step, this.at - step]) {
        if (index < 0 || index >= count || ++passed > room) continue;
        if (!this.frames.has(index) && !this.running.has(index) && !this.failed.has(index)) return index;
      }
    }
    return null;
  }

  private keep(index: number, frame: Frame): void {
    this.frames.set(index, frame);
    this.bytes += bytesOf(frame);
    this.largest = Math.max(this.largest, bytesOf(frame));
    while (this.bytes > this.budget && this.frames.size > 1) this.drop(this.farthest());
  }

  private farthest(): number {
    const at = this.at ?? 0;
    let [found, away] = [at, -1];
    for (const index of this.frames.keys()) {
      if (Math.abs(index - at) > away) [found, away] = [index, Math.abs(index - at)];
    }
    return found;
  }

  private drop(index: number): void {
    const frame = this.frames.get(index);
    if (frame) this.bytes -= bytesOf(frame);
    this.frames.delete(index);
  }
}
