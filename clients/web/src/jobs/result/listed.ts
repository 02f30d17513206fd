/** Points, boxes and tables of a result as rows that people read. */

import type { Translate } from "../../i18n/index";
import type { Vec3 } from "../../imaging/space/geometry";
import type { Output, Result } from "../../model";
import { decimal } from "../../ui/format";

export interface Listed {
  columns: readonly string[];
  rows: readonly (readonly unknown[])[];
  /** Of each column, whether it has numbers alone. */
  numbers: readonly boolean[];
}

export type ListedPort = Result["ports"][number] & { type: "points" | "boxes" | "table" };

/** The declared outputs that are lists, each with its file. */
export function listsOf({ ports, outputs }: Pick<Result, "ports" | "outputs">): { port: ListedPort; output: Output }[] {
  return ports.flatMap((port) => {
    const output = outputs.find(
      (one) => one.port === port.name && one.name.endsWith(".json") && !one.name.endsWith(".mrk.json"),
    );
    const lists = port.type === "points" || port.type === "boxes" || port.type === "table";
    return lists && output ? [{ port: port as ListedPort, output }] : [];
  });
}

/** A point, or the two corners of a box, in mm (LPS). */
export interface Placed {
  /** Its name, or its number from 1. */
  name: string;
  at: readonly Vec3[];
}

/** The points or boxes of a file, in its order; throws an Error if it holds something else. */
export function placesOf(type: "points" | "boxes", file: unknown): Placed[] {
  const places = (file as Record<string, Place[] | undefined>)[type];
  if (!Array.isArray(places)) throw new Error(`no ${type}`);
  return places.map(({ name, position, corners }, n) => {
    const at = type === "points" ? [position] : [corners?.[0], corners?.[1]];
    if (!at.every(isVector)) throw new Error(`no ${type}`);
    return { name: name || String(n + 1), at };
  });
}

const isVector = (value: readonly number[] | undefined): value is Vec3 =>
  value?.length === 3 && value.every((part) => Number.isFinite(part));

type Place = { name?: string; position?: readonly number[]; corners?: readonly (readonly number[])[] };

/** The rows of a file; throws an Error if it holds something else. Positions are in mm. */
export function rowsOf(t: Translate, type: ListedPort["type"], file: unknown): Listed {
  const content = file as {
    points?: Place[];
    boxes?: Place[];
    columns?: Record<string, unknown[]>;
    units?: Record<string, string>;
  };
  if (type === "points" && Array.isArray(content.points)) {
    const rows = content.points.map(({ name, position }, n) => [name || n + 1, ...(position ?? [])]);
    return { columns: ["", "x (mm)", "y (mm)", "z (mm)"], rows, numbers: [false, true, true, true] };
  }
  if (type === "boxes" && Array.isArray(content.boxes)) {
    const rows = content.boxes.map(({ name, corners }, n) => [
      name || n + 1,
      ...[0, 1, 2].map((axis) => (corners ?? []).map((corner) => short(t, corner[axis])).join(" – ")),
    ]);
    return { columns: ["", "x (mm)", "y (mm)", "z (mm)"], rows, numbers: [false, true, true, true] };
  }
  if (type === "table" && content.columns) {
    const { columns, units = {} } = content;
    const names = Object.keys(columns);
    const count = Math.max(0, ...Object.values(columns).map((values) => values.length));
    return {
      columns: names.map((name) => (units[name] ? `${name} (${units[name]})` : name)),
      numbers: names.map((name) => columns[name]?.every((cell) => cell === null || typeof cell === "number") ?? false),
      rows: Array.from({ length: count }, (_, n) => names.map((name) => columns[name]?.[n] ?? "")),
    };
  }
  throw new Error(`no ${type}`);
}

const short = (t: Translate, value: number | undefined) =>
  value === undefined ? "" : decimal(t, Number(value.toFixed(1)));
