/** The volume that a stack's planes make, loaded once for all panes that cut it. */

import type { Frame } from "../../imaging/frame";
import type { Volume } from "../../imaging/volume/lines";
import { knownGrid, type Refusal, refusalOf } from "../../imaging/volume/refusal";
import { volumeOf } from "../../imaging/volume/reslice";
import { type Observable, observable } from "../../observable";
import { budgetOf, deviceMemory, type FrameCache } from "../stack/cache";
import { defaultWindow } from "../state/window";

export interface Loaded {
  /** How many planes are here. */
  done: number;
  volume: Volume | null;
  /** The plane in the middle, by which the values are shown. */
  like: Frame | null;
  error: Error | Refusal | null;
}

const PARALLEL = 6;
const known = new WeakMap<FrameCache, Observable<Loaded>>();

/** The volume of a cache's planes as they are loaded; a load that failed is begun again by the next call. */
export function volumeIn(cache: FrameCache): Observable<Loaded> {
  const found = known.get(cache);
  if (found && !found.get().error) return found;
  const state = observable<Loaded>({ done: 0, volume: null, like: null, error: null });
  known.set(cache, state);
  void load(cache, state).catch((error: Error) => state.set({ error }));
  return state;
}

async function load(cache: FrameCache, state: Observable<Loaded>): Promise<void> {
  const { stack } = cache;
  const refusal = refusalOf(stack);
  const grid = knownGrid(stack);
  if (refusal || typeof grid === "string") return state.set({ error: refusal });
  const frames: Frame[] = [];
  const middle = Math.floor(stack.count / 2);
  frames[middle] = await cache.load(middle);
  if (frames[middle].values.byteLength * stack.count > budgetOf(deviceMemory()))
    return state.set({ error: { fault: "large" } });
  let next = 0;
  const run = async () => {
    while (next < stack.count && !state.get().error) {
      const index = next++;
      frames[index] = await cache.load(index);
      state.set({ done: state.get().done + 1 });
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, run));
  const like = { ...frames[middle], windows: [defaultWindow(frames[middle])] };
  state.set({ volume: volumeOf(grid, frames), like });
}
