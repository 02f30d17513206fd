/** Which frames of a segmentation lie on a plane, and drawings of one bit or one fraction a pixel. */

import type { Outline } from "../frame";
import { isPlaced } from "./places";

export interface Segmentation {
  rows: number;
  columns: number;
  frame_of_reference: string | null;
  series_instance_uids: readonly string[];
  frames: readonly {
    /** null of a label map, whose values are the numbers of segments. */
    segment: number | null;
    position: readonly number[] | null;
    orientation: readonly number[] | null;
    pixel_spacing: readonly number[] | null;
  }[];
}

/** What an image says of itself, by which a segmentation names it. */
export interface Named {
  series_instance_uid?: string | null;
  frame_of_reference?: string | null;
}

/** Of a pixel's size; of a cosine and of a spacing: writers round them. */
const [SAME_PLACE, SAME_SHAPE] = [0.05, 1e-4];

/** Whether a segmentation says that it is of the series of an image. */
export function isOf(seg: Segmentation, image: Named): boolean {
  return seg.series_instance_uids.some((uid) => uid === image.series_instance_uid);
}

export interface FrameOn {
  frame: number;
  segment: number | null;
}

/** The frames (from 0) whose pixels are the very pixels of a plane of its series; nothing else is drawn over it. */
export function framesOn(seg: Segmentation, plane: Outline, image: Named): FrameOn[] {
  const { geometry } = plane;
  if (!isOf(seg, image) || !isPlaced(geometry)) return [];
  if (!image.frame_of_reference || seg.frame_of_reference !== image.frame_of_reference) return [];
  if (seg.rows !== plane.rows || seg.columns !== plane.columns) return [];
  const { position, orientation, spacing } = geometry;
  const most = SAME_PLACE * Math.min(...spacing);
  return seg.frames.flatMap((one, frame) =>
    one.position &&
    one.orientation &&
    one.pixel_spacing &&
    Math.hypot(...one.position.map((mm, axis) => mm - (position[axis] as number))) <= most &&
    one.orientation.every((cosine, at) => Math.abs(cosine - (orientation[at] as number)) <= SAME_SHAPE) &&
    one.pixel_spacing.every((mm, at) => Math.abs(mm / (spacing[at] as number) - 1) <= SAME_SHAPE)
      ? [{ frame, segment: one.segment }]
      : [],
  );
}

/** One bit a pixel, row by row, the lowest bit of a byte first. */
export interface Bits {
  rows: number;
  columns: number;
  /** Row and column of the image, from 1, on which they begin. */
  origin: readonly [number, number];
  bytes: Uint8Array;
}

/** Gives one colour, a pixel of a canvas, to the pixels of an image over which bits lie; others beside it are left out. */
export function paintBits(bits: Bits, pixel: number, image: { rows: number; columns: number }, out: Uint32Array): void {
  for (let i = 0; i < bits.rows * bits.columns; i++) {
    if (!(((bits.bytes[i >> 3] as number) >> (i & 7)) & 1)) continue;
    const row = Math.floor(i / bits.columns) + bits.origin[0] - 1;
    const column = (i % bits.columns) + bits.origin[1] - 1;
    if (row >= 0 && column >= 0 && row < image.rows && column < image.columns)
      out[row * image.columns + column] = pixel;
  }
}

/** Gives pixels a colour as opaque as their values, from 0 to `most`, are large. */
export function paintFractions(values: ArrayLike<number>, most: number, pixel: number, out: Uint32Array): void {
  for (let i = 0; i < out.length; i++) {
    const share = Math.min(1, (values[i] as number) / most);
    if (share > 0) out[i] = ((Math.round((pixel >>> 24) * share) << 24) | (pixel & 0xffffff)) >>> 0;
  }
}

/** Gives the pixels of labels their colours; labels without one are left out. */
export function paintLabels(values: ArrayLike<number>, colours: ReadonlyMap<number, number>, out: Uint32Array): void {
  for (let i = 0; i < out.length; i++) {
    const pixel = colours.get(values[i] as number);
    if (pixel !== undefined) out[i] = pixel;
  }
}
