/** Parallel planes through a volume in any direction, all of one size, with square pixels. */

import type { PlaneGeometry, Vec3 } from "../space/geometry";
import { dot, type Grid, inSteps, minus, plus, scale } from "./grid";

/** The planes of the patient; their normals point to the head, to the back, to the left. */
export type PlaneName = "axial" | "coronal" | "sagittal";

export interface Cut {
  rows: number;
  columns: number;
  /** How many planes there are from one end of the volume to the other. */
  count: number;
  /** Centre of the first pixel of the first plane, in mm. */
  origin: Vec3;
  /** Unit vectors along a row, along a column, and from plane to plane. */
  row: Vec3;
  column: Vec3;
  normal: Vec3;
  /** Size of a pixel and distance of planes, in mm. */
  spacing: number;
  step: number;
}

const DIRECTIONS: Record<PlaneName, readonly [Vec3, Vec3, Vec3]> = {
  axial: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  coronal: [
    [1, 0, 0],
    [0, 0, -1],
    [0, 1, 0],
  ],
  sagittal: [
    [0, 1, 0],
    [0, 0, -1],
    [1, 0, 0],
  ],
};
/** The most pixels on a side: finer ones would cost time and show nothing more. */
const MOST_PIXELS = 1024;

/**
 * The planes of a name, turned by `tilt` about their rows' direction and then by `turn` about their columns' (degrees).
 * Pixels are as fine as the volume's finest spacing, planes as far apart as its voxels are in that direction.
 */
export function cutOf(grid: Grid, name: PlaneName, tilt = 0, turn = 0): Cut {
  let [row, column, normal] = DIRECTIONS[name];
  [column, normal] = rotated(column, normal, tilt);
  [row, normal] = rotated(row, normal, turn);
  const [wide, tall, deep] = [extent(grid, row), extent(grid, column), extent(grid, normal)];
  const finest = Math.min(...grid.axes.map((axis) => Math.hypot(...axis)));
  const spacing = Math.max(finest, wide.length / (MOST_PIXELS - 1), tall.length / (MOST_PIXELS - 1));
  const step = 1 / Math.max(...inSteps(grid.axes, normal).map(Math.abs));
  const middle = plus(grid.origin, scale(plus(plus(far(grid, 0), far(grid, 1)), far(grid, 2)), 0.5));
  const corner = [
    [row, wide],
    [column, tall],
    [normal, deep],
  ] as const;
  return {
    rows: pixels(tall.length, spacing),
    columns: pixels(wide.length, spacing),
    count: pixels(deep.length, step),
    origin: corner.reduce<Vec3>((at, [axis, { length }]) => minus(at, scale(axis, length / 2)), middle),
    row,
    column,
    normal,
    spacing,
    step,
  };
}

/** The same planes in pixels twice as large, each in the place of four. */
export function coarser(cut: Cut): Cut {
  return {
    ...cut,
    rows: Math.ceil(cut.rows / 2),
    columns: Math.ceil(cut.columns / 2),
    origin: plus(cut.origin, scale(plus(cut.row, cut.column), cut.spacing / 2)),
    spacing: 2 * cut.spacing,
  };
}

/** One pixel of the same planes. */
export function single(cut: Cut, column: number, row: number): Cut {
  const along = scale(cut.row, column * cut.spacing);
  const down = scale(cut.column, row * cut.spacing);
  return { ...cut, rows: 1, columns: 1, origin: plus(plus(cut.origin, along), down) };
}

/** Where a plane of a cut lies. */
export function placeOf(cut: Cut, index: number): PlaneGeometry {
  return {
    spacing: [cut.spacing, cut.spacing],
    position: plus(cut.origin, scale(cut.normal, index * cut.step)),
    orientation: [...cut.row, ...cut.column] as unknown as PlaneGeometry["orientation"],
  };
}

const pixels = (mm: number, spacing: number) => Math.max(1, Math.floor(mm / spacing + 1e-6) + 1);

/** From the first to the last voxel along one of the grid's axes. */
const far = ({ axes, size }: Grid, axis: 0 | 1 | 2) => scale(axes[axis], size[axis] - 1);

/** How long the volume is in a direction, between the centres of its outermost voxels. */
function extent(grid: Grid, direction: Vec3): { length: number } {
  return {
    length: ([0, 1, 2] as const).reduce<number>((sum, axis) => sum + Math.abs(dot(far(grid, axis), direction)), 0),
  };
}

/** Two axes that are at right angles, turned from the first to the second. */
function rotated(first: Vec3, second: Vec3, degrees: number): [Vec3, Vec3] {
  const angle = (degrees * Math.PI) / 180;
  const [c, s] =
    degrees % 90 === 0
      ? [Math.round(Math.cos(angle)), Math.round(Math.sin(angle))]
      : [Math.cos(angle), Math.sin(angle)];
  return [plus(scale(first, c), scale(second, s)), minus(scale(second, c), scale(first, s))];
}
