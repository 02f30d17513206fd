/** Planes of which a slab is made, kept: one that moves by a plane takes all the others again. */

import type { Cut } from "../../imaging/volume/cut";
import type { Volume } from "../../imaging/volume/lines";
import { type Planes, planeAt } from "../../imaging/volume/reslice";
import { type Slab, samplesOf } from "../../imaging/volume/slab";

/** Thicker slabs are made of planes that are computed each time. */
const MOST_BYTES = 64e6;

export function keptPlanes(volume: Volume, cut: Cut, slab: Slab): Planes {
  const room = samplesOf(slab, cut.step) + 1;
  const fits = room * cut.rows * cut.columns * Float32Array.BYTES_PER_ELEMENT <= MOST_BYTES;
  const kept = new Map<number, Float32Array>();
  return (place) => {
    const plane = kept.get(place) ?? planeAt(volume, cut, place);
    if (!fits) return plane;
    // The ones that were taken longest ago stand first.
    kept.delete(place);
    kept.set(place, plane);
    if (kept.size > room) kept.delete(kept.keys().next().value as number);
    return plane;
  };
}
