/** What a result's labels measure, and several results as one. */

import type { Frame, LabelLooks, Stack, Values } from "../frame";
import { cross, dot, gridOf } from "../volume/grid";
import { cssColour, labelColour } from "./colour";

export interface LabelFigure {
  label: number;
  voxels: number;
  /** The plane on which most of it is seen. */
  plane: number;
}

/** More are no labels, but measured values. */
const MOST_LABELS = 1000;

/** The labels of values, ascending, without the background 0 and below. */
export function labelFigures(values: Values, planeLength: number): LabelFigure[] {
  const found = new Map<number, LabelFigure & { most: number }>();
  for (let start = 0, plane = 0; start < values.length; start += planeLength, plane++) {
    const here = new Map<number, number>();
    const end = Math.min(values.length, start + planeLength);
    // Neighbours mostly have one label: they are counted together.
    for (let from = start, i = start + 1; i <= end; i++) {
      const label = values[from] as number;
      if (i < end && values[i] === label) continue;
      if (label > 0) here.set(label, (here.get(label) ?? 0) + i - from);
      from = i;
    }
    for (const [label, voxels] of here) {
      const known = found.get(label) ?? { label, voxels: 0, plane, most: 0 };
      if (found.size >= MOST_LABELS && known.voxels === 0) continue;
      const more = voxels > known.most ? { plane, most: voxels } : {};
      found.set(label, { ...known, voxels: known.voxels + voxels, ...more });
    }
  }
  return [...found.values()].map(({ most: _, ...one }) => one).sort((a, b) => a.label - b.label);
}

/** What one voxel of a stack measures: ml of a regular volume, mm² of a single plane; null if that is not known. */
export function voxelSize(stack: Pick<Stack, "count" | "outline">): { size: number; unit: "ml" | "mm²" } | null {
  const planes = Array.from({ length: stack.count }, (_, index) => stack.outline?.(index) ?? null);
  const [first] = planes;
  const { spacing, meaning = "patient", regions } = first?.geometry ?? {};
  // A length at the detector or on a film is none of the patient's.
  if (!first || !spacing || regions?.length || (meaning !== "patient" && meaning !== "calibrated")) return null;
  if (stack.count === 1) return { size: spacing[0] * spacing[1], unit: "mm²" };
  const grid = gridOf(
    planes.map((one) => one?.geometry ?? null),
    first.rows,
    first.columns,
  );
  if (typeof grid === "string") return null;
  const [along, down, step] = grid.axes;
  return { size: Math.abs(dot(cross(along, down), step)) / 1000, unit: "ml" };
}

export interface Layer {
  stack: Stack;
  /** Whose labels they are. */
  title: string;
  looks?: LabelLooks;
}

/** By how much the labels of each further result are raised, so that they differ from the others'. */
export const RAISED = 2 ** 16;

/** The look of a label of a further result. */
export function raisedLook({ title, looks }: Layer, at: number, label: number): { name: string; colour: string } {
  const own = looks?.get(label);
  const pixel = labelColour(label + 2 * at, 1);
  const [r, g, b] = (/\d+ \d+ \d+/.exec(cssColour(pixel))?.[0] ?? "0 0 0").split(" ").map(Number);
  const hex = [r, g, b].map((part) => (part ?? 0).toString(16).padStart(2, "0")).join("");
  return { name: `${title}: ${own?.name || label}`, colour: own?.colour || `#${hex}` };
}

/** Several results over one source as one stack of labels; where they overlap, a later one is seen. */
export function layered(layers: readonly Layer[]): Stack {
  const [first] = layers as [Layer];
  if (layers.length === 1) return first.stack;
  return {
    ...first.stack,
    id: layers.map(({ stack }) => stack.id).join("+"),
    async load(index, signal) {
      return merged(layers, await Promise.all(layers.map(({ stack }) => stack.load(index, signal))));
    },
  };
}

function merged(layers: readonly Layer[], frames: readonly Frame[]): Frame {
  const [first] = frames as [Frame];
  const values = Float64Array.from(first.values);
  const looks = new Map(first.labels);
  for (const [at, frame] of frames.entries()) {
    if (at === 0) continue;
    if (frame.rows !== first.rows || frame.columns !== first.columns) continue;
    for (let i = 0; i < values.length; i++) {
      const label = frame.values[i] as number;
      if (!(label > 0)) continue;
      const raised = at * RAISED + label;
      values[i] = raised;
      if (!looks.has(raised)) looks.set(raised, raisedLook(layers[at] as Layer, at, label));
    }
  }
  return { ...first, values, labels: looks };
}
