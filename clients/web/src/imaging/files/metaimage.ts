/** Reads MetaImage (.mha), in which jobs return values without loss. */

import { asValues, type Values } from "../frame";
import type { Vec3 } from "../space/geometry";
import type { Window } from "../values/window";

const TYPES: Record<string, string> = {
  MET_CHAR: "int8",
  MET_UCHAR: "uint8",
  MET_SHORT: "int16",
  MET_USHORT: "uint16",
  MET_INT: "int32",
  MET_UINT: "uint32",
  MET_FLOAT: "float32",
  MET_DOUBLE: "float64",
};

export interface MetaImage {
  rows: number;
  columns: number;
  planes: number;
  samples: 1 | 3;
  values: Values;
  /** Distance of planes, rows and columns in mm. */
  spacing: readonly [number, number, number];
  /** Centre of the first voxel in mm (LPS). */
  origin: Vec3;
  /** Direction cosines: along a row, along a column, from plane to plane. */
  axes: readonly [Vec3, Vec3, Vec3];
  /** How the values are shown; null in files of workers that did not say so yet. */
  display: Display | null;
}

export interface Display {
  /** Whether planes are shown as the source's, by a window of their own, without any (a mask), or in colour. */
  scale: "source" | "own" | "mask" | "colour";
  unit: string;
  window: Window | null;
  invert: boolean;
}

/** Reads a MetaImage; throws an Error for other bytes, and for forms that the workers never write. */
export async function readMetaImage(file: ArrayBuffer): Promise<MetaImage> {
  const bytes = new Uint8Array(file);
  const { header, start } = readHeader(bytes);
  const size = numbers(header.get("DimSize"));
  const spacing = numbers(header.get("ElementSpacing") ?? "1 1 1");
  // A row of the matrix is the direction of an axis of the file.
  const axes = numbers(header.get("TransformMatrix") ?? "1 0 0 0 1 0 0 0 1");
  const samples = Number(header.get("ElementNumberOfChannels") ?? 1);
  const dtype = TYPES[header.get("ElementType") ?? ""];
  if (!dtype || size.length < 2 || (samples !== 1 && samples !== 3))
    throw new Error("not a MetaImage that can be shown");
  if (header.get("BinaryDataByteOrderMSB") === "True") throw new Error("big-endian values are not supported");
  let body = bytes.slice(start);
  if (header.get("CompressedData") === "True") body = await inflate(body);
  const values = asValues(dtype, body.buffer);
  const [columns = 0, rows = 0, planes = 1] = size;
  if (values.length < columns * rows * planes * samples) throw new Error("the MetaImage is cut short");
  return {
    rows,
    columns,
    planes,
    samples,
    values,
    spacing: [spacing[2] ?? 1, spacing[1] ?? 1, spacing[0] ?? 1],
    origin: vector(numbers(header.get("Offset") ?? "0 0 0"), 0),
    axes: [vector(axes, 0), vector(axes, 3), vector(axes, 6)],
    display: displayOf(header),
  };
}

function displayOf(header: ReadonlyMap<string, string>): Display | null {
  const scale = header.get("Scale");
  if (scale !== "source" && scale !== "own" && scale !== "mask" && scale !== "colour") return null;
  const [center, width] = [Number(header.get("WindowCenter")), Number(header.get("WindowWidth"))];
  const window = Number.isFinite(center) && width > 0 && Number.isFinite(width) ? { center, width } : null;
  return { scale, unit: header.get("Unit") ?? "", window, invert: header.get("Inverted") === "True" };
}

function readHeader(bytes: Uint8Array): { header: Map<string, string>; start: number } {
  const header = new Map<string, string>();
  let start = 0;
  for (let line = 0; line < 64; line++) {
    const end = bytes.indexOf(10, start);
    if (end < 0) break;
    const [name = "", value = ""] = new TextDecoder().decode(bytes.subarray(start, end)).split(/ *= */, 2);
    header.set(name.trim(), value.trim());
    start = end + 1;
    if (name.trim() === "ElementDataFile") return { header, start };
  }
  throw new Error("not a MetaImage");
}

function numbers(text: string | undefined): number[] {
  return (text ?? "").split(/\s+/).filter(Boolean).map(Number);
}

async function inflate(body: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([body]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const vector = (all: readonly number[], at: number): Vec3 => [all[at] ?? 0, all[at + 1] ?? 0, all[at + 2] ?? 0];
