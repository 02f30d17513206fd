import { useEffect, useMemo } from "react";
import type { Stack } from "../../imaging/frame";
import { FrameCache } from "./cache";

/** The planes of a stack, dropped when another stack is shown. */
export function useCache(stack: Stack | null): FrameCache | null {
  const cache = useMemo(() => (stack ? new FrameCache(stack) : null), [stack]);
  useEffect(() => () => cache?.dispose(), [cache]);
  return cache;
}
