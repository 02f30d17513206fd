/** Where the planes of a stack lie, as algorithms are given them. */

import { useMemo } from "react";
import type { MetaImage } from "../../imaging/files/metaimage";
import type { Stack } from "../../imaging/frame";
import type { Vec3 } from "../../imaging/space/geometry";
import { isPlaced, type Placement, pixelOf, type Reach } from "../../imaging/space/places";
import { normalOf } from "../../imaging/volume/crossLine";
import { dot, plus, scale } from "../../imaging/volume/grid";

export interface Planes {
  count: number;
  at(index: number): Placement | null;
}

/** The planes of the archive's stack, or of a cut through one; what has no position lies where the result's file says. */
export function sourcePlanes(stack: Stack, image: MetaImage | null): Planes {
  return {
    count: stack.count,
    at(index) {
      const outline = stack.outline?.(index);
      if (!outline || isPlaced(outline.geometry)) return (outline?.geometry as Placement) ?? null;
      const { rows, columns, geometry } = outline;
      if (image?.planes === stack.count && image.rows === rows && image.columns === columns)
        return filePlane(image, index);
      // Workers lay an image without a position at the origin, and without directions along the axes.
      const { position, orientation, spacing } = geometry;
      const assumed = { position: position ?? ORIGIN, orientation: orientation ?? ALONG, spacing };
      return stack.count === 1 && isPlaced(assumed) ? assumed : null;
    },
  };
}

const ORIGIN: Vec3 = [0, 0, 0];
const ALONG = [1, 0, 0, 0, 1, 0] as const;

/** The planes of a result: those of its source if their pixels are the same, otherwise as its file says. */
export function resultPlanes(stack: Stack, image: MetaImage): Planes {
  return {
    count: stack.count,
    at(index) {
      const outline = stack.outline?.(index);
      const same = outline?.rows === image.rows && outline.columns === image.columns;
      return same && isPlaced(outline.geometry) ? outline.geometry : filePlane(image, index);
    },
  };
}

function filePlane({ origin, axes, spacing }: MetaImage, index: number): Placement {
  return {
    spacing: [spacing[1], spacing[2]],
    position: plus(origin, scale(axes[2], index * spacing[0])),
    orientation: [...axes[0], ...axes[1]] as unknown as Placement["orientation"],
  };
}

/** Half the way to the planes on both sides; as far on the other if there is one side only; half a pixel for one plane. */
export function reachOf(planes: Planes, index: number): Reach {
  const plane = planes.at(index);
  if (!plane) return [0, 0];
  const found: { behind?: number; before?: number } = {};
  for (const step of [1, -1])
    for (let at = index + step; at >= 0 && at < planes.count; at += step) {
      const other = planes.at(at);
      if (!other || !parallel(plane, other)) continue;
      const { away } = pixelOf(plane, other.position);
      // Time points and echoes lie on one another.
      if (Math.abs(away) < SAME_PLACE) continue;
      found[away > 0 ? "before" : "behind"] ??= Math.abs(away) / 2;
      break;
    }
  const { behind, before } = found;
  const alone = Math.min(...plane.spacing) / 2;
  return [behind ?? before ?? alone, before ?? behind ?? alone];
}

const SAME_PLACE = 1e-3;
const parallel = (a: Placement, b: Placement) => dot(normalOf(a) as Vec3, normalOf(b) as Vec3) > 0.9995;

/** The plane that is nearest to a point; null if no place is known. */
export function nearestPlane(planes: Planes, point: Vec3): number | null {
  let [found, least] = [null as number | null, Number.POSITIVE_INFINITY];
  for (let index = 0; index < planes.count; index++) {
    const plane = planes.at(index);
    const away = plane ? Math.abs(pixelOf(plane, point).away) : Number.POSITIVE_INFINITY;
    if (away < least - 1e-6) [found, least] = [index, away];
  }
  return found;
}

/** The planes of a comparison's sides, as far as they are known. */
export function usePlanes(source: Stack | null, result: Stack | null, image: MetaImage | null) {
  return useMemo(
    () => ({
      source: source && sourcePlanes(source, image),
      result: result && image && resultPlanes(result, image),
    }),
    [source, result, image],
  );
}
