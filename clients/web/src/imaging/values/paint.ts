/** Paints values as canvas pixels. */

import type { Frame } from "../frame";
import { shownColour, signedColour } from "./colour";
import { greyTable, levelPixel, type Shade, shaded } from "./window";

interface Table {
  low: number;
  entries: Uint32Array;
}
/** Linked panes alternate between two tables; more are kept for quick ways back. */
const KEPT = 4;
const tables = new Map<string, Table>();

function tableFor(frame: Frame, shade: Shade): Table {
  const bytes = frame.values.BYTES_PER_ELEMENT;
  const signed = frame.values instanceof Int16Array || frame.values instanceof Int8Array;
  const count = 2 ** (8 * bytes);
  const low = signed ? -count / 2 : 0;
  const { rescale: r, lut } = { ...frame, lut: shade.lut };
  const first = lut ? [lut.first, lut.bits, lut.entries.length, ...lut.entries.slice(0, 64)] : [];
  const of = [
    low,
    bytes,
    r.slope,
    r.intercept,
    shade.window.center,
    shade.window.width,
    shade.fn,
    shade.invert,
    shade.colours?.[128],
    ...first,
  ];
  const key = of.join();
  let found = tables.get(key);
  if (!found) {
    found = { low, entries: greyTable(low, low + count - 1, r, shade) };
    tables.set(key, found);
    if (tables.size > KEPT) tables.delete(tables.keys().next().value as string);
  }
  return found;
}

const GREYS = Uint32Array.from({ length: 256 }, (_, level) => levelPixel(level, {}));

/** Fills `out` (one 32-bit pixel each) with the frame's grey levels through the window and their colours; colours are shown as they are. */
export function paint(frame: Frame, shade: Shade, out: Uint32Array): void {
  const { values, rescale } = frame;
  const count = frame.rows * frame.columns;
  if (frame.samples === 3) {
    for (let i = 0, at = 0; i < count; i++, at += 3) {
      const [r, g, b] = [values[at] as number, values[at + 1] as number, values[at + 2] as number];
      const pixel = (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;
      out[i] = shade.invert ? pixel ^ 0x00ffffff : pixel;
    }
  } else if (values.BYTES_PER_ELEMENT <= 2) {
    const { low, entries } = tableFor(frame, shade);
    for (let i = 0; i < count; i++) out[i] = entries[(values[i] as number) - low] as number;
  } else if (shade.fn === "LINEAR" && !shade.lut && shade.window.width > 1) {
    // The formula of `grey`, with what is the same for all pixels taken out: volumes are cut at the screen's pace.
    const scale = (255 * rescale.slope) / (shade.window.width - 1);
    const base = (255 * (rescale.intercept - shade.window.center + 0.5)) / (shade.window.width - 1) + 127.5;
    const flip = shade.invert ? 255 : 0;
    const colours = shade.colours ?? GREYS;
    for (let i = 0; i < count; i++) {
      const at = (values[i] as number) * scale + base;
      out[i] = colours[(at > 0 ? (at < 255 ? (at + 0.5) | 0 : 255) : 0) ^ flip] as number;
    }
  } else {
    for (let i = 0; i < count; i++) {
      const value = (values[i] as number) * rescale.slope + rescale.intercept;
      out[i] = levelPixel(shaded(value, shade), shade);
    }
  }
}

/** Fills `out` with a difference's signed colours, full colour at `range`. */
export function paintDifference(difference: Frame, range: number, out: Uint32Array): void {
  for (let i = 0; i < out.length; i++) out[i] = signedColour((difference.values[i] as number) / range);
}

/** Which labels are drawn, and whether only their edges are. */
export interface LabelDrawing {
  hidden: readonly number[];
  outline: boolean;
}
export const ALL_LABELS: LabelDrawing = { hidden: [], outline: false };

/** Fills `out` with the mask's labels in colour, transparent elsewhere. */
export function paintMask(mask: Frame, opacity: number, out: Uint32Array, drawing = ALL_LABELS): void {
  const { hidden, outline } = drawing;
  const known = new Map<number, number>();
  const colourOf = (label: number) => {
    const colour = hidden.includes(label) ? 0 : shownColour(label, opacity, mask.labels);
    known.set(label, colour);
    return colour;
  };
  for (let i = 0; i < mask.rows * mask.columns; i++) {
    const label = (mask.values[i * mask.samples] as number) * mask.rescale.slope + mask.rescale.intercept;
    const drawn = label > 0 && (!outline || isEdge(mask, i));
    out[i] = drawn ? (known.get(label) ?? colourOf(label)) : 0;
  }
}

/** Whether one of a pixel's four neighbours has another label, or is beyond the image. */
function isEdge({ values, rows, columns }: Frame, i: number): boolean {
  const [column, row] = [i % columns, Math.floor(i / columns)];
  if (column === 0 || row === 0 || column === columns - 1 || row === rows - 1) return true;
  const own = values[i];
  return [i - 1, i + 1, i - columns, i + columns].some((at) => values[at] !== own);
}

/** Lays a mask's colours over grey levels. */
export function blendMask(pixels: Uint32Array, mask: Frame, opacity: number, drawing = ALL_LABELS): void {
  const colours = new Uint32Array(pixels.length);
  paintMask(mask, opacity, colours, drawing);
  for (let i = 0; i < pixels.length; i++) {
    const colour = colours[i] as number;
    const share = colour >>> 24;
    if (share === 0) continue;
    const below = pixels[i] as number;
    const mix = (shift: number) => (((colour >> shift) & 255) * share + ((below >> shift) & 255) * (255 - share)) / 255;
    pixels[i] = ((255 << 24) | (mix(16) << 16) | (mix(8) << 8) | mix(0)) >>> 0;
  }
}
