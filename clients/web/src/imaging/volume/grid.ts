/** A regular grid of voxels in the patient, found from the places of a stack's planes. */

import type { PlaneGeometry, Vec3 } from "../space/geometry";

export interface Grid {
  /** Columns, rows and planes. */
  size: readonly [number, number, number];
  /** Centre of the first voxel, in mm. */
  origin: Vec3;
  /** From a voxel to the next column, row and plane, in mm. */
  axes: readonly [Vec3, Vec3, Vec3];
}

/** Why planes make no volume; the archive's own reason is a sentence of its own. */
export type VolumeFault = "single" | "colour" | "places" | "irregular" | "large";

/** How far a plane may lie from its regular place, as a share of the distance of planes. */
const LOOSE = 0.05;
/** Of a direction cosine: scanners round them. */
const SAME_DIRECTION = 1e-3;

/** The grid of planes of one size, or why they have none. A sheared one (gantry tilt) is a grid as well. */
export function gridOf(planes: readonly (PlaneGeometry | null)[], rows: number, columns: number): Grid | VolumeFault {
  const [first, last] = [planes[0], planes.at(-1)];
  if (planes.length < 2) return "single";
  if (!first?.position || !first.orientation || !first.spacing || !last?.position) return "places";
  const [o, spacing, origin] = [first.orientation, first.spacing, first.position];
  const step = scale(minus(last.position, origin), 1 / (planes.length - 1));
  const [along, down]: [Vec3, Vec3] = [
    [o[0], o[1], o[2]],
    [o[3], o[4], o[5]],
  ];
  const apart = Math.abs(dot(step, cross(along, down)));
  if (apart < 1e-3) return "irregular";
  for (const [index, plane] of planes.entries()) {
    if (!plane?.position || !plane.orientation || !plane.spacing) return "places";
    const away = minus(minus(plane.position, origin), scale(step, index));
    if (Math.hypot(...away) > LOOSE * apart) return "irregular";
    if (plane.orientation.some((cosine, at) => Math.abs(cosine - (o[at] as number)) > SAME_DIRECTION))
      return "irregular";
    if (plane.spacing.some((mm, at) => Math.abs(mm / (spacing[at] as number) - 1) > SAME_DIRECTION)) return "irregular";
  }
  return {
    size: [columns, rows, planes.length],
    origin,
    axes: [scale(along, spacing[1]), scale(down, spacing[0]), step],
  };
}

export const dot = (a: Vec3, b: Vec3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const plus = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Vec3, by: number): Vec3 => [a[0] * by, a[1] * by, a[2] * by];
export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** A vector in mm as steps of three axes. */
export function inSteps([a, b, c]: Grid["axes"], mm: Vec3): Vec3 {
  const [bc, ca, ab] = [cross(b, c), cross(c, a), cross(a, b)];
  const size = dot(a, bc);
  return [dot(mm, bc) / size, dot(mm, ca) / size, dot(mm, ab) / size];
}
