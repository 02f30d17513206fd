/** The planes of a MetaImage, as the viewer draws them. */

import type { Frame } from "../frame";
import type { PlaneGeometry } from "../space/geometry";
import { looksLikeMask } from "../values/colour";
import type { Window } from "../values/window";
import type { Display, MetaImage } from "./metaimage";

/** Zero black and one white. */
const MASK: Window = { center: 0.5, width: 1 };

/** One plane of the volume, shown as the file says; by `windows`, as `like` (the source's plane) is, if it says nothing. */
export function planeOf(image: MetaImage, index: number, like: Frame | null, windows: readonly Window[] = []): Frame {
  const length = image.rows * image.columns * image.samples;
  return {
    rows: image.rows,
    columns: image.columns,
    samples: image.samples,
    values: image.values.subarray(index * length, (index + 1) * length),
    rescale: { slope: 1, intercept: 0 },
    geometry: geometryOf(image, like),
    padding: null,
    ...shownAs(image.display, like, windows),
    ...(isMask(image) ? { windows: [MASK], lut: null, invert: false, mask: true } : {}),
  };
}

/**
 * The place of the source's plane, if the result has the same pixels. The file's own spacing gives only their shape:
 * it is 1, 1 if the source states none.
 */
function geometryOf(image: MetaImage, like: Frame | null): PlaneGeometry {
  if (like && like.rows === image.rows && like.columns === image.columns) return like.geometry;
  return { spacing: null, aspect: image.spacing[1] / image.spacing[2], position: null, orientation: null };
}

/** Whether the values are labels: as the file says, or by their look if it does not. */
export function isMask(image: MetaImage): boolean {
  const known = MASKS.get(image);
  if (known !== undefined) return known;
  const scale = image.display?.scale;
  const found =
    scale === "mask" ||
    (scale !== "source" && scale !== "colour" && image.samples === 1 && looksLikeMask(image.values));
  MASKS.set(image, found);
  return found;
}
const MASKS = new WeakMap<MetaImage, boolean>();

function shownAs(
  display: Display | null,
  like: Frame | null,
  windows: readonly Window[],
): Pick<Frame, "windows" | "fn" | "lut" | "invert" | "unit"> {
  if (display && (display.scale !== "source" || !like)) {
    const own = display.window ? [display.window] : [];
    return { windows: own, fn: "LINEAR", lut: null, invert: display.invert, unit: display.unit };
  }
  return {
    windows,
    fn: like?.fn ?? "LINEAR",
    lut: windows.length ? (like?.lut ?? null) : null,
    invert: display?.invert ?? like?.invert ?? false,
    unit: display?.unit ?? like?.unit ?? "",
  };
}
