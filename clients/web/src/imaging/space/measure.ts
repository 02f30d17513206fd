/** Measurements on one plane: lengths, angles, and the values in an area. */

import { type Frame, valueAt } from "../frame";
import { paddingTest } from "../values/window";
import { distance, type LengthMeaning, type Point, scaleAt } from "./geometry";

export type Shape = "point" | "length" | "angle" | "ellipse" | "rectangle";

export interface Measurement {
  id: string;
  shape: Shape;
  /** The plane in the stack, from 0. */
  index: number;
  /** One; two ends; three points with the angle's vertex in the middle; two opposite corners of the area's box. */
  points: readonly Point[];
}

export type FigureName = "value" | "length" | "angle" | "mean" | "sd" | "min" | "max" | "area" | "pixels";

export interface Figure {
  name: FigureName;
  value: number;
  unit: string;
  /** Where a length or an area holds, if the file says. */
  meaning?: LengthMeaning;
}

export const POINTS: Record<Shape, number> = { point: 1, length: 2, angle: 3, ellipse: 2, rectangle: 2 };

/** What a measurement gives on its plane. SD is that of the population (divided by the number of pixels). */
export function figures(frame: Frame, { shape, points }: Pick<Measurement, "shape" | "points">): Figure[] {
  const [a, b, c] = points;
  if (shape === "point") return a ? value(frame, a) : [];
  if (!a || !b) return [];
  const { meaning } = frame.geometry;
  if (shape === "length") {
    const { length, unit } = distance(frame.geometry, a, b);
    return [{ name: "length", value: length, unit, ...(unit === "mm" ? { meaning } : {}) }];
  }
  if (shape === "angle") return c ? [{ name: "angle", value: angle(frame, a, b, c), unit: "°" }] : [];
  return [...statistics(frame, shape, a, b), area(frame, shape, a, b)];
}

/** The value of the pixel in which a point lies; of a colour, its three parts. */
function value(frame: Frame, { column, row }: Point): Figure[] {
  const found = valueAt(frame, column, row);
  if (typeof found === "number")
    return Number.isFinite(found) ? [{ name: "value", value: found, unit: frame.unit }] : [];
  return (found ?? []).map((part, n) => ({ name: "value", value: part, unit: ["R", "G", "B"][n] as string }));
}

/** The angle at `vertex`, in degrees from 0 to 180, by the shape that the pixels have. */
function angle({ geometry }: Frame, a: Point, vertex: Point, c: Point): number {
  const [tall, wide] = scaleAt(geometry, [a, vertex, c]) ?? geometry.spacing ?? [geometry.aspect ?? 1, 1];
  const direction = (p: Point) => Math.atan2((p.row - vertex.row) * tall, (p.column - vertex.column) * wide);
  const between = Math.abs(direction(a) - direction(c));
  return (Math.min(between, 2 * Math.PI - between) * 180) / Math.PI;
}

/** The area of the shape itself, not of the pixels that it takes in. */
function area({ geometry }: Frame, shape: Shape, a: Point, b: Point): Figure {
  const box = Math.abs(a.column - b.column) * Math.abs(a.row - b.row);
  const pixels = shape === "ellipse" ? (box * Math.PI) / 4 : box;
  const { meaning } = geometry;
  const spacing = scaleAt(geometry, [a, b]);
  if (!spacing) return { name: "area", value: pixels, unit: "px²" };
  return { name: "area", value: pixels * spacing[0] * spacing[1], unit: "mm²", meaning };
}

/**
 * The values of the pixels whose centres lie within, but for padding; nothing for colours, and for an area without a
 * pixel.
 */
function statistics(frame: Frame, shape: Shape, a: Point, b: Point): Figure[] {
  if (frame.samples !== 1) return [];
  const [left, right] = [Math.min(a.column, b.column), Math.max(a.column, b.column)];
  const [top, bottom] = [Math.min(a.row, b.row), Math.max(a.row, b.row)];
  const [x0, y0, rx, ry] = [(left + right) / 2, (top + bottom) / 2, (right - left) / 2, (bottom - top) / 2];
  const isPadding = paddingTest(frame.padding);
  const values: number[] = [];
  for (let y = Math.max(0, Math.ceil(top)); y <= Math.min(frame.rows - 1, bottom); y++) {
    for (let x = Math.max(0, Math.ceil(left)); x <= Math.min(frame.columns - 1, right); x++) {
      if (shape === "ellipse" && ((x - x0) / rx) ** 2 + ((y - y0) / ry) ** 2 > 1) continue;
      const stored = frame.values[y * frame.columns + x] as number;
      if (isPadding(stored)) continue;
      const value = stored * frame.rescale.slope + frame.rescale.intercept;
      if (Number.isFinite(value)) values.push(value);
    }
  }
  if (values.length === 0) return [];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const { unit } = frame;
  return [
    { name: "mean", value: mean, unit },
    { name: "sd", value: Math.sqrt(spread), unit },
    { name: "min", value: values.reduce((low, value) => Math.min(low, value)), unit },
    { name: "max", value: values.reduce((high, value) => Math.max(high, value)), unit },
    { name: "pixels", value: values.length, unit: "" },
  ];
}
