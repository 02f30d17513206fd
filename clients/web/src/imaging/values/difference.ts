/** The difference of two frames, as an image of its own. */

import type { Frame } from "../frame";

/** Result minus source, pixel by pixel, in the unit that both have; of colours, their red. Frames of one size. */
export function difference(source: Frame, result: Frame): Frame {
  const known = DIFFERENCES.get(result);
  if (known?.source === source) return known.frame;
  const values = new Float32Array(source.rows * source.columns);
  for (let i = 0; i < values.length; i++) values[i] = valueAtPixel(result, i) - valueAtPixel(source, i);
  const frame: Frame = {
    rows: source.rows,
    columns: source.columns,
    samples: 1,
    values,
    rescale: { slope: 1, intercept: 0 },
    geometry: source.geometry,
    windows: [],
    fn: "LINEAR",
    lut: null,
    padding: null,
    invert: false,
    unit: source.unit === result.unit ? source.unit : "",
  };
  DIFFERENCES.set(result, { source, frame });
  return frame;
}
const DIFFERENCES = new WeakMap<Frame, { source: Frame; frame: Frame }>();

const valueAtPixel = ({ values, samples, rescale }: Frame, pixel: number) =>
  (values[pixel * samples] as number) * rescale.slope + rescale.intercept;

/** The end of the colour map: all but a thousandth of the differences are smaller. */
export function differenceRange(difference: Frame): number {
  const known = RANGES.get(difference);
  if (known !== undefined) return known;
  const { values } = difference;
  const step = Math.max(1, Math.floor(values.length / 20000));
  const sizes: number[] = [];
  for (let i = 0; i < values.length; i += step) {
    const size = Math.abs(values[i] as number);
    if (Number.isFinite(size)) sizes.push(size);
  }
  sizes.sort((x, y) => x - y);
  const range = sizes[Math.floor(sizes.length * 0.999)] || 1;
  RANGES.set(difference, range);
  return range;
}
const RANGES = new WeakMap<Frame, number>();
