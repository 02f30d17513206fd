/** Measurements as places in the patient, for inputs that take points or boxes. */

import type { Stack } from "../../imaging/frame";
import { physicalPosition, type Vec3 } from "../../imaging/space/geometry";
import type { Measurement } from "../../imaging/space/measure";
import type { Measured } from "./offers";

/** The points that were set (if none, those of lengths and angles), and the boxes of areas; none without positions. */
export function measuredIn(stack: Stack, measurements: readonly Measurement[]): Measured {
  const points: Vec3[] = [];
  const ends: Vec3[] = [];
  const boxes: [Vec3, Vec3][] = [];
  for (const { shape, index, points: placed } of measurements) {
    const geometry = stack.outline?.(index)?.geometry;
    const found = placed.map((at) => (geometry ? physicalPosition(geometry, at) : null)).filter((at) => at !== null);
    if (shape === "point") points.push(...found);
    else if (shape === "length" || shape === "angle") ends.push(...found);
    else if (found[0] && found[1]) boxes.push([found[0], found[1]]);
  }
  return { points: points.length ? points : ends, boxes };
}
