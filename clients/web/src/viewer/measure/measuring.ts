/** Changes of the measurements: set and move points, select, remove. */

import type { Point } from "../../imaging/space/geometry";
import { type Measurement, POINTS, type Shape } from "../../imaging/space/measure";
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

/** Removes one measurement: the one named, or of the shown plane the selected one, or else its last one. */
export function removeMeasurement(model: Model, id?: string): void {
  const { measurements, removed, selected, index } = model.get();
  const here = measurements.filter((one) => one.index === index);
  const target = id
    ? measurements.find((one) => one.id === id)
    : (here.find((one) => one.id === selected) ?? here.at(-1));
  const left = measurements.filter((one) => one !== target);
  model.set({ measurements: left, removed: target ? [...removed, target] : removed, pending: null, selected: null });
}

/** Puts back what was removed last, and shows its plane. */
export function restoreMeasurement(model: Model): void {
  const { measurements, removed } = model.get();
  const last = removed.at(-1);
  if (!last) return;
  const { id, index } = last;
  model.set({ measurements: [...measurements, last], removed: removed.slice(0, -1), selected: id, index });
}
