/** Points, boxes and tables of a result as rows that people read. */

import type { Output, Result } from "../model";

export interface Listed {
  columns: readonly string[];
  rows: readonly (readonly unknown[])[];
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

type Place = { name?: string; position?: readonly number[]; corners?: readonly (readonly number[])[] };

/** The rows of a file; throws an Error if it holds something else. Positions are in mm. */
export function rowsOf(type: ListedPort["type"], file: unknown): Listed {
  const content = file as {
    points?: Place[];
    boxes?: Place[];
    columns?: Record<string, unknown[]>;
    units?: Record<string, string>;
  };
  if (type === "points" && Array.isArray(content.points)) {
    const rows = content.points.map(({ name, position }, n) => [name || n + 1, ...(position ?? [])]);
    return { columns: ["", "x (mm)", "y (mm)", "z (mm)"], rows };
  }
  if (type === "boxes" && Array.isArray(content.boxes)) {
    const rows = content.boxes.map(({ name, corners }, n) => [
      name || n + 1,
      ...[0, 1, 2].map((axis) => (corners ?? []).map((corner) => short(corner[axis])).join(" – ")),
    ]);
    return { columns: ["", "x (mm)", "y (mm)", "z (mm)"], rows };
  }
  if (type === "table" && content.columns) {
    const { columns, units = {} } = content;
    const names = Object.keys(columns);
    const count = Math.max(0, ...Object.values(columns).map((values) => values.length));
    return {
      columns: names.map((name) => (units[name] ? `${name} (${units[name]})` : name)),
      rows: Array.from({ length: count }, (_, n) => names.map((name) => columns[name]?.[n] ?? "")),
    };
  }
  throw new Error(`no ${type}`);
}

const short = (value: number | undefined) => (value === undefined ? "" : String(Number(value.toFixed(1))));
