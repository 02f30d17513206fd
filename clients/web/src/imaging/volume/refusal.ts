/** Why a stack is no volume, as far as that is known before its planes are loaded. */

import type { Stack } from "../frame";
import { type Grid, gridOf, type VolumeFault } from "./grid";

/** Why a stack is no volume: a fault that the page words, or a sentence of the archive. */
export type Refusal = { fault: VolumeFault } | { code: string | null; sentence: string };

/** Why a stack is no volume, as far as that is known before its planes are loaded; null if it may be one. */
export function refusalOf(stack: Stack): Refusal | null {
  if (stack.count < 2) return { fault: "single" };
  if (stack.colour) return { fault: "colour" };
  if (stack.irregular) return stack.irregular;
  const grid = knownGrid(stack);
  return typeof grid === "string" ? { fault: grid } : null;
}

/** The grid of a stack, by the places that are known of its planes. */
export function knownGrid(stack: Stack): Grid | VolumeFault {
  const outlines = Array.from({ length: stack.count }, (_, index) => stack.outline?.(index) ?? null);
  const { rows = 1, columns = 1 } = outlines[0] ?? {};
  if (outlines.some((one) => one && (one.rows !== rows || one.columns !== columns))) return "irregular";
  return gridOf(
    outlines.map((one) => one?.geometry ?? null),
    rows,
    columns,
  );
}
