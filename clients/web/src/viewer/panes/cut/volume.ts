/** The volume that a stack's planes make, loaded once for all panes that cut it. */

import { ApiError } from "../../../api/http";
import type { Frame, Stack } from "../../../imaging/frame";
import type { Volume } from "../../../imaging/volume/lines";
import { knownGrid, type Refusal, refusalOf } from "../../../imaging/volume/refusal";
import { volumeOf } from "../../../imaging/volume/reslice";
import { type Observable, observable } from "../../../observable";
import { budgetOf, deviceMemory, type FrameCache } from "../../stack/cache";
import { defaultWindow } from "../../state/window";

export interface Loaded {
  /** How many planes are here. */
  done: number;
  volume: Volume | null;
  /** The plane in the middle, by which the values are shown. */
  like: Frame | null;
  /** Planes that cannot be read, in their order: where they lie, the volume has no values. */
  missing: readonly Missing[];
  error: Error | Refusal | null;
}

export interface Missing {
  index: number;
  error: Error;
}

export const NOTHING: Loaded = { done: 0, volume: null, like: null, missing: [], error: null };

const PARALLEL = 6;
const known = new WeakMap<FrameCache, Observable<Loaded>>();

/** The volume of a cache's planes as they are loaded; a load that failed is begun again by the next call. */
export function volumeIn(cache: FrameCache): Observable<Loaded> {
  const found = known.get(cache);
  if (found && !found.get().error) return found;
  const state = observable(NOTHING);
  known.set(cache, state);
  void load(cache, state).catch((error: Error) => state.set({ error }));
  return state;
}

async function load(cache: FrameCache, state: Observable<Loaded>): Promise<void> {
  const { stack } = cache;
  const refusal = refusalOf(stack);
  const grid = knownGrid(stack);
  if (refusal || typeof grid === "string") return state.set({ error: refusal });
  const frames: (Frame | undefined)[] = [];
  const missing: Missing[] = [];
  const take = async (index: number) => {
    frames[index] = await cache.load(index).catch((error: Error) => {
      if (!isUnreadable(error)) throw error;
      if (!missing.some((one) => one.index === index)) missing.push({ index, error });
      return undefined;
    });
    return frames[index];
  };
  const like = await first(stack, take);
  if (!like) throw missing[0]?.error;
  if (like.values.byteLength * stack.count > budgetOf(deviceMemory())) return state.set({ error: { fault: "large" } });
  let next = 0;
  const run = async () => {
    while (next < stack.count && !state.get().error) {
      await take(next++);
      state.set({ done: state.get().done + 1 });
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, run));
  const empty = emptyLike(like);
  state.set({
    volume: volumeOf(
      grid,
      Array.from(frames, (frame) => frame ?? empty),
    ),
    like: { ...like, windows: [defaultWindow(like)] },
    missing: missing.sort((a, b) => a.index - b.index),
  });
}

/** The plane nearest to the middle that can be read. */
async function first(stack: Stack, take: (index: number) => Promise<Frame | undefined>): Promise<Frame | undefined> {
  for (let step = 0; step < stack.count; step++) {
    const index = Math.floor(stack.count / 2) + (step % 2 ? (step + 1) / 2 : -step / 2);
    const frame = index < stack.count ? await take(index) : undefined;
    if (frame) return frame;
  }
  return undefined;
}

/** A plane without values: what is interpolated with it has none, either. */
const emptyLike = (like: Frame): Frame => ({ ...like, values: new Float32Array(like.values.length).fill(Number.NaN) });

/** Whether a plane itself is at fault, and not the way to it, which may be free again later. */
function isUnreadable(error: Error): boolean {
  if (error.name === "AbortError") return false;
  if (!(error instanceof ApiError)) return true;
  return error.status >= 400 && error.status < 500 && ![401, 403, 429].includes(error.status);
}
