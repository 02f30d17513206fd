/** Measurements as files: one row or object for each, with identifiers and units. */

import type { Stack } from "../../imaging/frame";
import type { Figure, Measurement } from "../../imaging/measure";

export interface Measured {
  measurement: Measurement;
  figures: readonly Figure[];
}

const COLUMNS = ["study_id", "series_id", "image_id", "frame", "plane", "shape", "figure", "value", "unit", "points"];

/** One row for each figure, by RFC 4180; frames and planes are counted from 1, points are "column row" in pixels. */
export function toCsv(stack: Stack, all: readonly Measured[]): string {
  const rows = all.flatMap(({ measurement: { shape, index, points }, figures }) =>
    figures.map(({ name, value, unit }) => [
      ...identifiers(stack, index),
      shape,
      name,
      value,
      unit,
      points.map((point) => `${point.column} ${point.row}`).join("; "),
    ]),
  );
  return [COLUMNS, ...rows]
    .map((row) => row.map(cell).join(","))
    .join("\r\n")
    .concat("\r\n");
}

/** The same as objects; `holds` says where a length holds, if the file does. */
export function toJson(stack: Stack, all: readonly Measured[]): string {
  const objects = all.map(({ measurement: { shape, index, points }, figures }) => {
    const [study_id, series_id, image_id, frame, plane] = identifiers(stack, index);
    const values = figures.map(({ name, value, unit, meaning }) => ({
      name,
      value,
      unit,
      ...(meaning ? { holds: meaning } : {}),
    }));
    return { study_id, series_id, image_id, frame, plane, shape, points, figures: values };
  });
  return `${JSON.stringify(objects, null, 2)}\n`;
}

function identifiers(stack: Stack, index: number): [string, string, string, number, number] {
  const { image, frame } = stack.place(index);
  return [stack.study, stack.series, image, frame + 1, index + 1];
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
