/** A cache of planes: loads each once, keeps as many as fit into a budget, and fetches the shown plane's neighbours. */

import type { Frame, Stack } from "../imaging/frame";

const BUDGET_BYTES = 600e6;
const PARALLEL = 6;

export class FrameCache {
  private readonly frames = new Map<number, Frame>();
  private readonly running = new Map<number, { promise: Promise<Frame>; abort: AbortController }>();
  private readonly listeners = new Set<() => void>();
  private wanted: number[] = [];
  private bytes = 0;
  readonly stack: Stack;

  constructor(stack: Stack) {
    this.stack = stack;
  }

  peek(index: number): Frame | undefined {
    return this.frames.get(index);
  }

  /** Number of loaded planes. */
  get loaded(): number {
    return this.frames.size;
  }

  load(index: number): Promise<Frame> {
    const here = this.frames.get(index);
    if (here) return Promise.resolve(here);
    const known = this.running.get(index);
    if (known) return known.promise;
    const abort = new AbortController();
    const promise = this.stack
      .load(index, abort.signal)
      .then((frame) => {
        this.keep(index, frame);
        return frame;
      })
      .finally(() => {
        this.running.delete(index);
        this.next();
      });
    this.running.set(index, { promise, abort });
    return promise;
  }

  /** Requests the planes around one, the nearest first; drops earlier requests that have not started. */
  prefetch(around: number): void {
    const order: number[] = [];
    for (let step = 1; step < this.stack.count; step++) order.push(around + step, around - step);
    this.wanted = order.filter((i) => i >= 0 && i < this.stack.count && !this.frames.has(i));
    this.next();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  dispose(): void {
    this.wanted = [];
    for (const { abort } of this.running.values()) abort.abort();
  }

  private next(): void {
    while (this.running.size < PARALLEL && this.wanted.length && this.bytes < BUDGET_BYTES) {
      const index = this.wanted.shift() as number;
      // A plane that failed is requested again when the user looks at it, and its error is shown then.
      if (!this.frames.has(index)) this.load(index).catch(() => undefined);
    }
  }

  private keep(index: number, frame: Frame): void {
    this.frames.set(index, frame);
    this.bytes += frame.values.byteLength;
    for (const [other, old] of this.frames) {
      if (this.bytes <= BUDGET_BYTES) break;
      if (other === index) continue;
      this.frames.delete(other);
      this.bytes -= old.values.byteLength;
    }
    for (const listener of this.listeners) listener();
  }
}
