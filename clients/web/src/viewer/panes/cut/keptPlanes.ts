/** Planes of which a slab is made, kept: one that moves takes the others again, four as one for the highest or lowest. */

import type { Cut } from "../../../imaging/volume/cut";
import type { Volume } from "../../../imaging/volume/lines";
import { AT_ONCE } from "../../../imaging/volume/passes";
import { eachPlane, type Parts, planeAt } from "../../../imaging/volume/reslice";
import { combined, type Slab, samplesOf } from "../../../imaging/volume/slab";

/** Thicker slabs are made of planes that are computed each time. */
const MOST_BYTES = 96e6;

export function keptPlanes(volume: Volume, cut: Cut, { kind, mm }: Slab): Parts {
  const compute = (place: number) => planeAt(volume, cut, place);
  const count = samplesOf({ kind, mm }, cut.step);
  const [room, roomOfFours] = [count + 1, Math.ceil(count / AT_ONCE) + 1];
  const bytes = (room + roomOfFours) * cut.rows * cut.columns * Float32Array.BYTES_PER_ELEMENT;
  if (kind === "none" || bytes > MOST_BYTES) return eachPlane(compute);
  const planes = kept(room, compute);
  const four = (place: number) => [0, 1, 2, 3].map((n) => planes(place + n));
  const fours = kept(roomOfFours, (place) => combined(kind, four(place)));
  return function* (first, samples) {
    for (let n = 0; n < samples; ) {
      const place = first + n;
      // Fours begin at each fourth place, wherever the slab does: one that moves finds them again.
      if (kind !== "mean" && Math.floor(place) % AT_ONCE === 0 && n + AT_ONCE <= samples) {
        // Their planes stay, too: at the slab's ends they stand alone again.
        four(place);
        yield fours(place);
        n += AT_ONCE;
      } else {
        yield planes(place);
        n += 1;
      }
    }
  };
}

/** Makes what is asked for by its place, and keeps what was asked for last. */
function kept(room: number, make: (place: number) => Float32Array): (place: number) => Float32Array {
  const known = new Map<number, Float32Array>();
  return (place) => {
    const found = known.get(place) ?? make(place);
    // The ones that were taken longest ago stand first.
    known.delete(place);
    known.set(place, found);
    if (known.size > room) known.delete(known.keys().next().value as number);
    return found;
  };
}
