/** A plane of the PACS API as the viewer takes it. */

import { asValues, type Frame } from "../imaging/frame";
import type { PlaneGeometry } from "../imaging/space/geometry";
import type { components } from "./pacs-schema";

export type Description = components["schemas"]["Stack"]["images"][number];

export function toFrame(description: Description, index: number, bytes: ArrayBuffer): Frame {
  const plane = description.planes[index];
  if (!plane) throw new Error(`there is no frame ${index + 1}`);
  const values = asValues(description.type === "rgb8" ? "uint8" : description.type, bytes);
  const samples = description.type === "rgb8" ? 3 : 1;
  if (values.length < description.rows * description.columns * samples) throw new Error("the image was cut short");
  return {
    rows: description.rows,
    columns: description.columns,
    samples,
    values,
    rescale: { slope: plane.slope, intercept: plane.intercept },
    geometry: geometryOf(plane, description.regions),
    windows: plane.windows.map(({ centre, width }) => ({ center: centre, width })),
    fn: plane.function,
    ...(plane.unknown_function ? { unknownFunction: plane.unknown_function } : {}),
    lut: plane.lut ?? null,
    padding: paddingOf(description),
    invert: description.inverted,
    unit: description.unit,
    ...told(description, plane),
  };
}

/** What is told and not applied, if there is anything. */
function told(
  { colour_profile: colourProfile, not_applied: notApplied }: Description,
  { real_world_values: realWorld }: Description["planes"][number],
): Pick<Frame, "told"> {
  return colourProfile || notApplied.length || realWorld.length
    ? { told: { realWorld, colourProfile, notApplied } }
    : {};
}

/** The range of a description's padding, whose limit may be below it (PS3.3 C.7.5.1.1.2). */
function paddingOf({ padding, padding_limit: limit }: Description): Frame["padding"] {
  return padding === null ? null : [Math.min(padding, limit ?? padding), Math.max(padding, limit ?? padding)];
}

/** Only a spacing that the file states is a length; without one, it still says the pixels' shape (1, 1 if unknown). */
export function geometryOf(plane: Description["planes"][number], regions: Description["regions"]): PlaneGeometry {
  const { pixel_spacing: pixels, spacing_meaning: meaning, position, orientation } = plane;
  const place = { position, orientation, ...(regions.length ? { regions } : {}) };
  if (!plane.spacing_known || meaning === "ratio" || meaning === "unknown")
    return { ...place, spacing: null, aspect: pixels[0] / pixels[1] };
  return { ...place, spacing: pixels, meaning };
}
