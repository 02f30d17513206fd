/** Measurements as files: one row or object for each, with identifiers and units. */

import type { Language } from "../../i18n";
import type { Stack } from "../../imaging/frame";
import type { Figure, Measurement } from "../../imaging/space/measure";

export interface Measured {
  measurement: Measurement;
  figures: readonly Figure[];
}

const COLUMNS = ["study_id", "series_id", "image_id", "frame", "plane", "shape", "figure", "value", "unit", "holds"];
/** Without it, spreadsheets take the units' signs for those of another encoding. */
const UTF_8 = "\uFEFF";

/**
 * One row for each figure, by RFC 4180; frames and planes are counted from 1, points are "column row" in pixels. In
 * Italian with semicolons and decimal commas, as spreadsheets expect there.
 */
export function toCsv(stack: Stack, all: readonly Measured[], language: Language): string {
  const [between, point] = language === "it" ? [";", ","] : [",", "."];
  const text = (value: string | number) => cell(value, point);
  const rows = all.flatMap(({ measurement: { shape, index, points }, figures }) =>
    figures.map(({ name, value, unit, meaning }) => [
      ...identifiers(stack, index),
      shape,
      name,
      value,
      unit,
      meaning ?? "",
      points.map((point) => `${point.column} ${point.row}`).join("; "),
    ]),
  );
  const lines = [[...COLUMNS, "points"], ...rows].map((row) => `${row.map(text).join(between)}\r\n`);
  return UTF_8 + lines.join("");
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

/** A spreadsheet would compute a text that begins like a formula: an apostrophe makes it a text there. */
function cell(value: string | number, point: string): string {
  if (typeof value === "number") return String(value).replace(".", point);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
