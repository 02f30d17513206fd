/** Changes of the measurements: set and move points, select, remove. */

import type { Point } from "../../imaging/geometry";
import { type Measurement, POINTS, type Shape } from "../../imaging/measure";
import type { Model, Tool } from "../state/model";

/** The shape that a tool measures; null for the other tools. */
export function shapeOf(tool: Tool): Shape | null {
  if (tool === "measure") return "length";
  return tool === "point" || tool === "angle" || tool === "ellipse" || tool === "rectangle" ? tool : null;
}

/** Sets the next point of a measurement, or its first one. */
export function placePoint(model: Model, point: Point): void {
  const { pending, index, measurements, tool } = model.get();
  const shape = shapeOf(tool);
  if (!shape) return;
  const earlier = pending?.index === index && pending.shape === shape ? pending.points : [];
  const points = [...earlier, point];
  if (points.length < POINTS[shape]) {
    model.set({ pending: { shape, index, points } });
    return;
  }
  const id = crypto.randomUUID();
  model.set({ pending: null, selected: id, measurements: [...measurements, { id, shape, index, points }] });
}

/** A point of a measurement. */
export interface Handle {
  id: string;
  at: number;
}

/** The point on the shown plane that is nearest by `away` and not farther than `most`; null if none is. */
export function nearestPoint(model: Model, away: (point: Point) => number, most: number): Handle | null {
  const { measurements, index } = model.get();
  let found: Handle | null = null;
  let least = most;
  for (const one of measurements) {
    if (one.index !== index) continue;
    for (const [at, point] of one.points.entries()) {
      if (away(point) <= least) [found, least] = [{ id: one.id, at }, away(point)];
    }
  }
  return found;
}

export function movePoint(model: Model, { id, at }: Handle, point: Point): void {
  const moved = (one: Measurement) => ({ ...one, points: one.points.map((old, n) => (n === at ? point : old)) });
  const measurements = model.get().measurements.map((one) => (one.id === id ? moved(one) : one));
  model.set({ measurements, selected: id });
}

/** Removes one measurement: the one named, the selected one, or the last one of the shown plane. */
export function removeMeasurement(model: Model, id?: string): void {
  const { measurements, selected, index } = model.get();
  const known = measurements.find((one) => one.id === (id ?? selected));
  const target = known ?? measurements.filter((one) => one.index === index).at(-1);
  const left = measurements.filter((one) => one !== target);
  model.set({ measurements: left, pending: null, selected: null });
}
