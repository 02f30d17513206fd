/** Frames for tests. */

import type { Frame } from "./frame";

/** A frame of one channel without window, unit and place, but for what a test is about. */
export const frameOf = (values: Frame["values"], rows: number, columns: number, more: Partial<Frame> = {}): Frame => ({
  rows,
  columns,
  samples: 1,
  values,
  rescale: { slope: 1, intercept: 0 },
  geometry: { spacing: null, position: null, orientation: null },
  windows: [],
  fn: "LINEAR",
  lut: null,
  padding: null,
  invert: false,
  unit: "",
  ...more,
});
