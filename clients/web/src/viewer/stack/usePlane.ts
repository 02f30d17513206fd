/** The plane of a stack that is looked at. */

import { useCallback, useSyncExternalStore } from "react";
import type { Frame } from "../../imaging/frame";
import type { FrameCache } from "./cache";

/** The plane of a stack that is looked at; undefined while it is not here. */
export function usePlane(cache: FrameCache | undefined, index: number): Frame | undefined {
  const subscribe = useCallback((listener: () => void) => cache?.subscribe(listener) ?? (() => undefined), [cache]);
  return useSyncExternalStore(subscribe, () => cache?.peek(Math.min(index, cache.stack.count - 1)));
}
