/** Maps values to grey levels by the rules of DICOM PS3.3 C.11.2.1.2 and C.11.2.1.3. */

export type VoiFunction = "LINEAR" | "LINEAR_EXACT" | "SIGMOID";

export interface Window {
  center: number;
  width: number;
}

/** The narrowest window that LINEAR defines. */
export const NARROWEST = 1;

/** Grey level from 0 to 255 of one value; not-a-number is shown as the lowest. */
export function grey(value: number, window: Window, fn: VoiFunction = "LINEAR", invert = false): number {
  const { center, width } = window;
  let ramp: number;
  if (fn === "SIGMOID") ramp = 1 / (1 + Math.exp((-4 * (value - center)) / width));
  // A LINEAR window narrower than one is not defined; LINEAR_EXACT is what a file can mean by it.
  else if (fn === "LINEAR_EXACT" || width < 1) ramp = (value - center) / width + 0.5;
  else if (width === 1) ramp = value > center - 0.5 ? 1 : 0;
  else ramp = (value - (center - 0.5)) / (width - 1) + 0.5;
  const level = Number.isNaN(ramp) ? 0 : Math.round(255 * Math.min(1, Math.max(0, ramp)));
  return invert ? 255 - level : level;
}

/** The value of a stored pixel: `stored * slope + intercept`, in the modality's unit. */
export interface Rescale {
  slope: number;
  intercept: number;
}

/** A VOI lookup table of the file itself: `first` is the value of its first entry; entries have `bits` bits. */
export interface VoiLut {
  first: number;
  bits: number;
  entries: readonly number[];
}

export function lutGrey(value: number, lut: VoiLut, invert: boolean): number {
  const index = Math.min(lut.entries.length - 1, Math.max(0, Math.round(value) - lut.first));
  const level = Math.min(255, Math.round(((lut.entries[index] ?? 0) * 255) / (2 ** lut.bits - 1)));
  return invert ? 255 - level : level;
}

export interface Shade {
  window: Window;
  fn: VoiFunction;
  invert: boolean;
  /** The file's own table, which takes precedence over its window until the user chooses a window. */
  lut?: VoiLut | null;
  /** A canvas pixel for each grey level; grey itself if it is left out or null. */
  colours?: Uint32Array | null;
}

/** A grey level from 0 to 255 as a canvas pixel. */
export function levelPixel(level: number, { colours }: Pick<Shade, "colours">): number {
  return colours ? (colours[level] as number) : 0xff000000 | (level * 0x010101);
}

/** The grey of a value as it is shown. */
export function shaded(value: number, shade: Shade): number {
  return shade.lut ? lutGrey(value, shade.lut, shade.invert) : grey(value, shade.window, shade.fn, shade.invert);
}

/**
 * A table from every stored value (`low` to `high`) to a pixel as the canvas keeps it (ABGR on a little-endian machine).
 * A window change costs one table of at most 65536 entries and one lookup a pixel.
 */
export function greyTable(low: number, high: number, rescale: Rescale, shade: Shade): Uint32Array {
  const table = new Uint32Array(high - low + 1);
  for (let i = 0; i < table.length; i++) {
    const level = shaded((low + i) * rescale.slope + rescale.intercept, shade);
    table[i] = levelPixel(level, shade);
  }
  return table;
}

/** The window after a drag: right widens, down (towards darker) raises the centre, as the field's viewers do. */
export function dragWindow(start: Window, dx: number, dy: number, range: number): Window {
  // One screen pixel moves a thousandth of the values' range, so that CT and 8-bit images feel alike.
  const step = Math.max(range, 1) / 1000;
  return { center: start.center + dy * step, width: Math.max(NARROWEST, start.width + dx * step) };
}

/** The share of the values below and above the window of a file that states none, as the PACS API takes it. */
const PERCENTILES = [0.005, 0.995] as const;

/** The first and the last value of padding. */
type Padding = readonly [number, number] | null;

/** Whether a stored value is padding, which is no measured value (PS3.3 C.7.5.1.1.2). */
export function paddingTest(padding: Padding): (stored: number) => boolean {
  const [first, last] = padding ?? [Number.NaN, Number.NaN];
  return (stored) => stored >= first && stored <= last;
}

/** The window that spans values, all but the extremes and the padding. */
export function spanWindow(values: ArrayLike<number>, rescale: Rescale, padding: Padding = null): Window {
  const sorted = order(values, padding);
  if (sorted === null) return { center: 0.5, width: 1 };
  let [from, to] = PERCENTILES.map((q) => sorted.quantile(q)) as [number, number];
  if (to <= from) [from, to] = [sorted.quantile(0), sorted.quantile(1)];
  [from, to] = [from * rescale.slope + rescale.intercept, to * rescale.slope + rescale.intercept];
  if (to < from) [from, to] = [to, from];
  return { center: (from + to + 1) / 2, width: to - from + 1 };
}

/** Values in order; whole numbers of at most 16 bits are counted instead of sorted. */
function order(values: ArrayLike<number>, padding: Padding): { quantile(q: number): number } | null {
  const isPadding = paddingTest(padding);
  const whole = (values as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT ?? 8;
  if (whole > 2) {
    const kept = Float64Array.from(values)
      .filter((v) => Number.isFinite(v) && !isPadding(v))
      .sort();
    return kept.length ? { quantile: (q) => between(q * (kept.length - 1), (at) => kept[at] as number) } : null;
  }
  const counts = new Uint32Array(65536 + 32768);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (isPadding(value)) continue;
    counts[value + 32768] = (counts[value + 32768] as number) + 1;
    total += 1;
  }
  const at = (rank: number) => {
    let passed = 0;
    for (let i = 0; i < counts.length; i++) {
      passed += counts[i] as number;
      if (passed > rank) return i - 32768;
    }
    return 0;
  };
  return total ? { quantile: (q) => between(q * (total - 1), at) } : null;
}

function between(place: number, at: (rank: number) => number): number {
  const [below, above] = [at(Math.floor(place)), at(Math.ceil(place))];
  return below + (above - below) * (place - Math.floor(place));
}

/** Windows that radiologists use on CT, in HU. */
export const CT_PRESETS: readonly { name: PresetName; window: Window }[] = [
  { name: "softTissue", window: { center: 40, width: 400 } },
  { name: "lung", window: { center: -600, width: 1500 } },
  { name: "bone", window: { center: 400, width: 1800 } },
  { name: "brain", window: { center: 40, width: 80 } },
  { name: "mediastinum", window: { center: 50, width: 350 } },
  { name: "liver", window: { center: 60, width: 160 } },
];
export type PresetName = "softTissue" | "lung" | "bone" | "brain" | "mediastinum" | "liver";
