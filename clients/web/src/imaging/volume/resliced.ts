/** A plane of a volume as an image, whose values are computed once they are read. */

import type { Computed, Frame } from "../frame";
import { type Cut, coarser, placeOf, single } from "./cut";
import type { Volume } from "./lines";
import { eachPlane, type Parts, planeAt, reslice, reslicing } from "./reslice";
import type { Slab } from "./slab";

/** The planes of which a slab is made: those of the cut, and those in pixels twice as large. */
export interface SlabParts {
  fine: Parts;
  coarse: Parts;
}

const anew = (volume: Volume, cut: Cut) => eachPlane((place) => planeAt(volume, cut, place));

/** A plane of a volume as an image, shown as `like` is: through its window, in its unit. */
export function resliced(
  volume: Volume,
  like: Frame,
  cut: Cut,
  index: number,
  slab: Slab,
  { fine, coarse }: SlabParts = { fine: anew(volume, cut), coarse: anew(volume, coarser(cut)) },
): Frame {
  const shown: Omit<Frame, "values"> = {
    ...like,
    rows: cut.rows,
    columns: cut.columns,
    samples: 1,
    rescale: { slope: 1, intercept: 0 },
    geometry: { ...placeOf(cut, index), meaning: like.geometry.meaning },
    padding: null,
    // Mappings are of stored values, and each plane has its own: between planes there are none.
    ...(like.told && { told: { ...like.told, realWorld: [] } }),
  };
  let values: Float32Array | null = null;
  const steps = reslicing(volume, cut, index, slab, fine);
  const computed: Computed = {
    bytes: cut.rows * cut.columns * Float32Array.BYTES_PER_ELEMENT,
    get here() {
      return values !== null;
    },
    step() {
      const { done, value } = values ? { done: true, value: values } : steps.next();
      if (done) values = value as Float32Array;
      return done === true;
    },
    at: (column, row) =>
      (values
        ? values[row * cut.columns + column]
        : reslice(volume, single(cut, column, row), index, slab)[0]) as number,
    coarse() {
      const half = coarser(cut);
      const { rows, columns } = half;
      const geometry = { ...placeOf(half, index), meaning: like.geometry.meaning };
      return { ...shown, rows, columns, geometry, values: reslice(volume, half, index, slab, coarse) };
    },
  };
  return {
    ...shown,
    computed,
    get values() {
      while (!computed.step());
      return values as unknown as Float32Array;
    },
  };
}
