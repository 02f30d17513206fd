/** The colours of the segments that are chosen of a frame, or of a plane that is cut through several. */

import { paintFractions, paintLabels } from "../../imaging/space/segments";
import { colourOf, nameOf, type Segmentation } from "./useDrawings";

const OPACITY = 0.5;

export interface SegmentValues {
  one: Segmentation;
  /** The segment of which the values are bits or fractions; null of a label map. */
  segment: number | null;
  /** The segments that are drawn. */
  chosen: readonly number[];
  values: ArrayLike<number>;
}

/** Which segments of a frame are to be drawn: its own one, or several of a label map. */
export function chosenOf(one: Segmentation, segment: number | null, names: readonly string[]): number[] {
  const numbers = segment === null ? one.segments.segments.map(({ number }) => number) : [segment];
  return numbers.filter((number) => names.includes(nameOf(one, number)));
}

export function paintSegments({ one, segment, chosen, values }: SegmentValues, out: Uint32Array): void {
  if (segment === null) paintLabels(values, new Map(chosen.map((n) => [n, colourOf(one, n, OPACITY)])), out);
  else paintFractions(values, one.segments.most, colourOf(one, segment, OPACITY), out);
}
