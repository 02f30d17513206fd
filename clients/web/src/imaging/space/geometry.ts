/** Positions of pixels in the patient, and distances. Positions in mm, patient coordinates (LPS). */

export type Vec3 = readonly [number, number, number];

import type { Point } from "./point";
import { commonScale, type Region, regionScale } from "./regions";

/**
 * Where a length in mm holds: in the patient, in a projection that was calibrated by an object, corrected
 * for magnification, or one of both, or of which that is not known; at the detector, on a film that was scanned.
 */
export type LengthMeaning = "patient" | "calibrated" | "corrected" | "adjusted" | "undetermined" | "detector" | "film";

export interface PlaneGeometry {
  /** Distance between neighbouring rows, then columns, in mm; null if the file does not say. */
  spacing: readonly [number, number] | null;
  /** Where that distance holds; in the patient if it is left out. */
  meaning?: LengthMeaning;
  /** Height of a pixel in units of its width, for files that state no lengths; 1 if it is left out. */
  aspect?: number;
  /** The calibrated areas of an ultrasound image: lengths are those of an area, whatever the spacing says. */
  regions?: readonly Region[];
  /** Centre of the first pixel; null if the file does not say. */
  position: Vec3 | null;
  /** Direction cosines: along a row, then along a column. */
  orientation: readonly [number, number, number, number, number, number] | null;
}

export type { Point };

/** The position of a pixel's centre (PS3.3 C.7.6.2.1.1), or null if the file does not say. */
export function physicalPosition(plane: PlaneGeometry, at: Point): Vec3 | null {
  const { position: p, orientation: o, spacing: s } = plane;
  if (!p || !o || !s) return null;
  const [alongRow, alongColumn] = [at.column * s[1], at.row * s[0]];
  return [
    p[0] + o[0] * alongRow + o[3] * alongColumn,
    p[1] + o[1] * alongRow + o[4] * alongColumn,
    p[2] + o[2] * alongRow + o[5] * alongColumn,
  ];
}

/** The distance between rows and columns that holds at all of the points, or of all the plane; null in pixels. */
export function scaleAt({ regions, spacing }: PlaneGeometry, points?: readonly Point[]): PlaneGeometry["spacing"] {
  if (!regions?.length) return spacing;
  return points ? regionScale(regions, points) : commonScale(regions);
}

/** Distance between two points of one plane, in mm if the file says so there, otherwise in pixels. */
export function distance(plane: PlaneGeometry, a: Point, b: Point): { length: number; unit: "mm" | "px" } {
  const [dy, dx] = [b.row - a.row, b.column - a.column];
  const scale = scaleAt(plane, [a, b]);
  if (!scale) return { length: Math.hypot(dx, dy), unit: "px" };
  return { length: Math.hypot(dx * scale[1], dy * scale[0]), unit: "mm" };
}

/** The plane's height along its normal, which orders a stack; null if the file does not say. */
export function height(plane: PlaneGeometry): number | null {
  const { position: p, orientation: o } = plane;
  if (!p || !o) return null;
  const normal = [o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]] as const;
  return normal[0] * p[0] + normal[1] * p[1] + normal[2] * p[2];
}

/** A round length (1, 2 or 5 times a power of ten, in mm) whose bar is at most `limit` screen pixels long. */
export function scaleBar(mmPerScreenPixel: number, limit: number): { mm: number; pixels: number } {
  const most = mmPerScreenPixel * limit;
  const power = 10 ** Math.floor(Math.log10(most));
  const mm = [5, 2, 1].map((n) => n * power).find((n) => n <= most) ?? power;
  return { mm, pixels: mm / mmPerScreenPixel };
}

const LETTERS = [
  ["R", "L"],
  ["A", "P"],
  ["F", "H"],
] as const;

/** The letters that name where a direction points in the patient, the strongest first, such as "L" or "PH". */
export function directionLetters(v: Vec3): string {
  return v
    .map((value, axis) => ({ size: Math.abs(value), letter: LETTERS[axis]?.[value > 0 ? 1 : 0] ?? "" }))
    .filter((part) => part.size > 0.25)
    .sort((a, b) => b.size - a.size)
    .map((part) => part.letter)
    .join("");
}
