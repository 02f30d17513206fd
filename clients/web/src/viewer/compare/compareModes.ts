/** In which ways a result can be compared with its source. */

import type { Display } from "../../imaging/files/metaimage";

export type CompareMode = "side" | "swipe" | "difference" | "mask" | "only";

interface Pair {
  /** Whether the source can be shown. */
  source: boolean;
  /** Whether each plane of the result belongs to one of the source. */
  paired: boolean;
  /** Whether both have the same number of pixels. */
  alike: boolean;
  mask: boolean;
  scale: Display["scale"];
}

export function modesOf({ source, paired, alike, mask, scale }: Pair): CompareMode[] {
  if (!source) return ["only"];
  if (!paired || !alike) return ["side", "only"];
  // Labels minus grey values, or values on two scales, are no difference.
  const same = (scale === "source" || scale === "colour") && !mask;
  return ["side", "swipe", ...(same ? (["difference"] as const) : []), ...(mask ? (["mask"] as const) : []), "only"];
}
