/** One decoded plane as the viewer draws it, whether it came from the PACS API or from a job's output. */

import type { PlaneGeometry } from "./space/geometry";
import type { Told } from "./values/told";
import type { Rescale, VoiFunction, VoiLut, Window } from "./values/window";

export type Values =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

export interface Frame {
  rows: number;
  columns: number;
  /** 1 for grey values, 3 for red, green, blue interleaved. */
  samples: 1 | 3;
  values: Values;
  rescale: Rescale;
  geometry: PlaneGeometry;
  /** The file's own windows, the first being its default. */
  windows: readonly Window[];
  fn: VoiFunction;
  /** The VOI LUT function of the file's windows, if it is not known: such windows are left out. */
  unknownFunction?: string;
  /** The file's own lookup table, which takes precedence over its windows. */
  lut: VoiLut | null;
  /** The first and the last stored value of padding pixels. */
  padding: readonly [number, number] | null;
  /** Whether the lowest value is white (MONOCHROME1). */
  invert: boolean;
  unit: string;
  /** Whether it is a mask, which no window applies to. */
  mask?: boolean;
  /** What the file says that is told and not applied; absent if there is nothing. */
  told?: Told;
  /** What costs less than all values, of a plane that is computed once they are read. */
  computed?: Computed;
  /** How its algorithm declares labels; others have a number and a colour of the page. */
  labels?: LabelLooks;
}

/** A plane of which not all need be computed at once. */
export interface Computed {
  /** Of its values. */
  readonly bytes: number;
  /** Whether its values are here. */
  readonly here: boolean;
  /** Computes a part of its values; true once they are here. */
  step(): boolean;
  /** The value of one of its pixels. */
  at(column: number, row: number): number;
  /** The plane in pixels twice as large, for the eye while it moves: nothing is read or measured on it. */
  coarse(): Frame;
}

/** Paints planes that are computed as they move and rest. */
export interface Motion {
  /** Paints a plane: in pixels twice as large if it is slow and moves, and in full (null) once it rests; `whole` at once. */
  show(plane: Computed, whole: boolean, paint: (coarse: Frame | null) => void): void;
  /** Forgets the plane that was to rest. */
  stop(): void;
}

/** Names and colours (such as #c81e1e) of labels. */
export type LabelLooks = ReadonlyMap<number, { name: string; colour: string }>;

export type Outline = Pick<Frame, "rows" | "columns" | "geometry">;

/** How many overlay planes an image has, and by what segmentations name it. */
export interface Drawable {
  overlays: number;
  series_instance_uid: string | null;
  frame_of_reference: string | null;
}

/** A stack of planes that are fetched when they are needed. */
export interface Stack {
  /** Identifies the stack, for caches. */
  id: string;
  study: string;
  series: string;
  count: number;
  modality: string;
  load(index: number, signal?: AbortSignal): Promise<Frame>;
  /** Which image holds a plane, and which of its frames it is, from 0. */
  place(index: number): { image: string; frame: number };
  /** The size and the place of a plane, as far as they are known before it is loaded. */
  outline?(index: number): Outline | null;
  /** The plane at once, of a stack that computes its planes instead of fetching them. */
  now?(index: number): Frame;
  /** How such planes are painted. */
  motion?: Motion;
  /** What the archive says of the image of a plane that can be drawn over it. */
  described?(index: number): Drawable | null;
  /** In which its planes have their places, if the file names one. */
  frameOfReference?: string | null;
  /** Whether its places are images of the archive. */
  archived?: boolean;
  /** How long the file means a plane to be shown in a cine, in ms; null if it does not say. */
  pace?(index: number): number | null;
  /** Whether its planes are in colour. */
  colour?: boolean;
  /** Why the archive says that its planes are no regular volume; null if it does not say so. */
  irregular?: { code: string | null; sentence: string } | null;
  /** The plane's attributes, to write over it. */
  label(index: number): readonly (readonly [string, string])[];
}

/** The value of a pixel in the modality's unit; the three colours for a colour image; null outside. */
export function valueAt(frame: Frame, column: number, row: number): number | readonly number[] | null {
  const [x, y] = [Math.round(column), Math.round(row)];
  if (x < 0 || y < 0 || x >= frame.columns || y >= frame.rows) return null;
  if (frame.computed) return frame.computed.at(x, y) * frame.rescale.slope + frame.rescale.intercept;
  const at = (y * frame.columns + x) * frame.samples;
  if (frame.samples === 3) return Array.from(frame.values.slice(at, at + 3));
  return (frame.values[at] as number) * frame.rescale.slope + frame.rescale.intercept;
}

/** Views bytes as little-endian values of a type with numpy's name. */
export function asValues(dtype: string, bytes: ArrayBuffer): Values {
  switch (dtype) {
    case "int8":
      return new Int8Array(bytes);
    case "uint8":
      return new Uint8Array(bytes);
    case "int16":
      return new Int16Array(bytes);
    case "uint16":
      return new Uint16Array(bytes);
    case "int32":
      return new Int32Array(bytes);
    case "uint32":
      return new Uint32Array(bytes);
    // JavaScript's numbers hold whole numbers up to 2^53.
    case "int64":
      return Float64Array.from(new BigInt64Array(bytes), Number);
    case "uint64":
      return Float64Array.from(new BigUint64Array(bytes), Number);
    case "float32":
      return new Float32Array(bytes);
    case "float64":
      return new Float64Array(bytes);
    default:
      throw new Error(`values of type ${dtype} cannot be shown`);
  }
}
