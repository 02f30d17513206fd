/** What stored values stand for by the real world mappings of a file. */

import type { Frame } from "../frame";
import type { Point } from "../space/geometry";

export interface RealWorldValue {
  label: string;
  unit: string;
  value: number;
}

/** What the stored value at a point stands for, by each mapping that has it; nothing for padding and outside of the image. */
export function realWorldAt({ values, rows, columns, samples, padding, told }: Frame, at: Point): RealWorldValue[] {
  const [x, y] = [Math.round(at.column), Math.round(at.row)];
  if (!told || samples !== 1 || x < 0 || y < 0 || x >= columns || y >= rows) return [];
  const stored = values[y * columns + x] as number;
  if (padding && stored >= padding[0] && stored <= padding[1]) return [];
  return told.realWorld.flatMap(({ label, unit, first, last, slope, intercept }) => {
    if (slope === null || intercept === null) return [];
    if ((first !== null && stored < first) || (last !== null && stored > last)) return [];
    return [{ label, unit: unitText(unit), value: stored * slope + intercept }];
  });
}

const WRITTEN: Readonly<Record<string, string>> = { "[hnsf'U]": "HU", "1": "" };

/** A unit's code in UCUM as it is written; what its braces say is the unit if nothing else does. */
export function unitText(code: string): string {
  const known = WRITTEN[code];
  if (known !== undefined) return known;
  const plain = code.replaceAll(/\{[^}]*\}/g, "");
  const written = plain === "" || plain === "1" ? code.replaceAll(/^1|[{}]/g, "") : plain;
  return written.replaceAll(/(?<=[a-z])2\b/g, "²").replaceAll(/(?<=[a-z])3\b/g, "³");
}
