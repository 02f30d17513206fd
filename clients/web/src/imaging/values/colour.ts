/** Colours of differences and of masks. */

import type { LabelLooks } from "../frame";

/** A signed colour map: blue below zero, dark at zero, red above; `at` from -1 to 1. Returned as a canvas pixel. */
export function signedColour(at: number): number {
  const size = Math.min(1, Math.abs(Number.isNaN(at) ? 0 : at));
  // Brightness rises faster than linearly, so that small differences are seen.
  const main = Math.round(255 * size ** 0.6);
  const side = Math.round(170 * size ** 1.6);
  const base = Math.round(24 * (1 - size));
  const [r, g, b] =
    at >= 0 ? [Math.max(main, base), Math.max(side, base), base] : [base, Math.max(side, base), Math.max(main, base)];
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/** Colours of a mask's labels 1, 2, ...: apart from one another for the colour-blind too (Okabe and Ito, 2008). */
const LABELS: readonly (readonly [number, number, number])[] = [
  [230, 159, 0],
  [86, 180, 233],
  [0, 158, 115],
  [240, 228, 66],
  [204, 121, 167],
  [213, 94, 0],
  [0, 114, 178],
];

/** The colour of a label as a canvas pixel with `opacity` from 0 to 1; 0, the background, is transparent. */
export function labelColour(label: number, opacity: number): number {
  if (!(label > 0)) return 0;
  const [r, g, b] = LABELS[(Math.round(label) - 1 + LABELS.length) % LABELS.length] as readonly [
    number,
    number,
    number,
  ];
  return ((Math.round(255 * opacity) << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/** The colour of a label as it is declared, or as `labelColour` has it. */
export function shownColour(label: number, opacity: number, looks?: LabelLooks): number {
  const declared = looks?.get(Math.round(label))?.colour;
  const [, r = "", g = "", b = ""] = /^#(..)(..)(..)$/.exec(declared ?? "") ?? [];
  if (!b) return labelColour(label, opacity);
  const blueFirst = Number.parseInt(b + g + r, 16);
  return ((Math.round(255 * opacity) << 24) | blueFirst) >>> 0;
}

/** A canvas pixel as a colour of a style sheet. */
export function cssColour(pixel: number): string {
  return `rgb(${pixel & 255} ${(pixel >> 8) & 255} ${(pixel >> 16) & 255})`;
}

const MOST_LABELS = 15;

/** The labels in values, ascending, without the background 0; null if they do not look like a few labels. */
export function labelsIn(values: ArrayLike<number>): readonly number[] | null {
  const seen = new Set<number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (seen.has(value)) continue;
    if (value < 0 || value > 255 || !Number.isInteger(value) || seen.size > MOST_LABELS) return null;
    seen.add(value);
  }
  return seen.has(0) ? [...seen].filter((label) => label > 0).sort((a, b) => a - b) : null;
}

/** Whether values look like labels: whole numbers from 0, and few of them. */
export function looksLikeMask(values: ArrayLike<number>): boolean {
  return (labelsIn(values)?.length ?? 0) > 0;
}
