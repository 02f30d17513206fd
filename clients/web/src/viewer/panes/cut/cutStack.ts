/** The planes of a cut through a volume as a stack, which any pane can show. */

import type { Frame, Motion, Stack } from "../../../imaging/frame";
import { type Cut, coarser, placeOf } from "../../../imaging/volume/cut";
import type { Volume } from "../../../imaging/volume/lines";
import { resliced } from "../../../imaging/volume/resliced";
import type { Slab } from "../../../imaging/volume/slab";
import { keptPlanes } from "./keptPlanes";

interface Source {
  stack: Stack;
  volume: Volume;
  like: Frame;
}

export function cutStack({ stack, volume, like }: Source, cut: Cut, slab: Slab, motion: Motion): Stack {
  const { rows, columns, count } = cut;
  const parts = { fine: keptPlanes(volume, cut, slab), coarse: keptPlanes(volume, coarser(cut), slab) };
  const now = (index: number) => resliced(volume, like, cut, index, slab, parts);
  return {
    id: `${stack.id}#${[...cut.row, ...cut.column].map((cosine) => cosine.toFixed(4))}`,
    study: stack.study,
    series: stack.series,
    count,
    modality: stack.modality,
    frameOfReference: stack.frameOfReference,
    // No image of the archive holds such a plane.
    place: (index) => ({ image: "", frame: index }),
    outline: (index) => ({ rows, columns, geometry: placeOf(cut, index) }),
    now,
    motion,
    load: (index) => Promise.resolve(now(index)),
    label: () => [
      ...stack.label(0).filter(([name]) => name !== "spacing"),
      ["spacing", `Δ ${cut.step.toFixed(2)} mm`],
      ["pixel", `${cut.spacing.toFixed(2)} mm/px`],
    ],
  };
}
