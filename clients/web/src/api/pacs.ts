/** The PACS API as the page uses it. */

import { asValues, type Frame, type Stack } from "../imaging/frame";
import type { PlaneGeometry } from "../imaging/geometry";
import { imageAddress, pixelsAddress, seriesAddress, stackAddress } from "./addresses";
import { ApiError, type Authorization, problem } from "./http";
import type { components, paths } from "./pacs-schema";

export type Study = components["schemas"]["Study"];
export type Series = components["schemas"]["Series"];
export type SeriesStack = components["schemas"]["Stack"];
export type Tags = components["schemas"]["Tags"];
export type Overlays = components["schemas"]["Overlays"];
export type Segments = components["schemas"]["Segments"];
type Found<Path extends "/studies" | "/studies/{study_id}/series"> =
  paths[Path]["get"]["responses"][200]["content"]["application/json"];
type Description = SeriesStack["images"][number];

export interface StudySearch {
  search: string;
  modality: string;
  from: string;
  to: string;
}
export interface Page<T> {
  items: readonly T[];
  next: string | null;
}

export interface Pacs {
  base: string;
  studies(search: StudySearch, cursor: string | undefined): Promise<Page<Study>>;
  series(study: string): Promise<readonly Series[]>;
  stack(study: string, series: string): Promise<SeriesStack>;
  /** A small picture as a data address: an element that loads pictures itself sends no token. */
  thumbnail(study: string, series: string, image: string, size: number, signal?: AbortSignal): Promise<string>;
  /** The elements of an image's header. */
  tags(study: string, series: string, image: string): Promise<Tags>;
  /** The overlay planes over a frame, which is counted from 0. */
  overlays(study: string, series: string, image: string, frame: number): Promise<Overlays>;
  /** The segments of a segmentation, without its pixels. */
  segments(study: string, series: string, image: string): Promise<Segments>;
  /** The file as it is stored. */
  original(study: string, series: string, image: string): Promise<Blob>;
  /** The stored values of one plane. */
  frame(study: string, series: string, description: Description, frame: number, signal?: AbortSignal): Promise<Frame>;
}

const PAGE = 100;

export function createPacs(base: string, authorization: Authorization): Pacs {
  async function fetched(address: string, signal?: AbortSignal, accept?: string): Promise<Response> {
    const header = await authorization();
    const headers = { ...(header ? { Authorization: header } : {}), ...(accept ? { Accept: accept } : {}) };
    let answer: Response;
    try {
      answer = await fetch(address, { signal, headers });
    } catch (error) {
      if (error instanceof DOMException) throw error;
      throw new ApiError(0, "unreachable", String(error));
    }
    if (!answer.ok) throw await problem(answer);
    return answer;
  }
  const json = async <T>(address: string): Promise<T> => (await fetched(address)).json();
  return {
    base,
    async studies({ search, modality, from, to }, cursor) {
      const given = Object.entries({
        limit: String(PAGE),
        cursor,
        search: search.trim(),
        modality,
        from: from.replaceAll("-", ""),
        to: to.replaceAll("-", ""),
      }).flatMap(([name, value]) => (value ? [[name, value]] : []));
      const page = await json<Found<"/studies">>(`${base}/studies?${new URLSearchParams(given)}`);
      return { items: page.studies, next: page.next ?? null };
    },
    async series(study) {
      const found: Series[] = [];
      let cursor: string | null | undefined;
      do {
        const after = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
        const page = await json<Found<"/studies/{study_id}/series">>(seriesAddress(base, study) + after);
        found.push(...page.series);
        cursor = page.next;
      } while (cursor);
      return found.sort((a, b) => (a.series_number ?? 1e9) - (b.series_number ?? 1e9));
    },
    stack: (study, series) => json(stackAddress(base, study, series)),
    async thumbnail(study, series, image, size, signal) {
      const answer = await fetched(`${imageAddress(base, study, series, image)}?size=${size}`, signal);
      return dataAddress(await answer.blob());
    },
    tags: (study, series, image) => json(`${imageAddress(base, study, series, image)}/tags`),
    overlays: (study, series, image, frame) =>
      json(`${imageAddress(base, study, series, image)}/overlays?frame=${frame + 1}`),
    segments: (study, series, image) => json(`${imageAddress(base, study, series, image)}/segments`),
    async original(study, series, image) {
      return (await fetched(imageAddress(base, study, series, image), undefined, "application/dicom")).blob();
    },
    async frame(study, series, description, frame, signal) {
      const answer = await fetched(pixelsAddress(base, study, series, description.image_id, frame), signal);
      return toFrame(description, frame, await answer.arrayBuffer());
    },
  };
}

function dataAddress(picture: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(picture);
  });
}

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
    lut: plane.lut ?? null,
    padding: description.padding ?? null,
    invert: description.inverted,
    unit: description.unit,
  };
}

/** Only a spacing that the file states is a length; without one, it still says the pixels' shape (1, 1 if unknown). */
function geometryOf(plane: Description["planes"][number], regions: Description["regions"]): PlaneGeometry {
  const { pixel_spacing: pixels, spacing_meaning: meaning, position, orientation } = plane;
  const place = { position, orientation, ...(regions.length ? { regions } : {}) };
  if (!plane.spacing_known || meaning === "ratio" || meaning === "unknown")
    return { ...place, spacing: null, aspect: pixels[0] / pixels[1] };
  return { ...place, spacing: pixels, meaning };
}

/** The planes of a series in their order in space; or of one of its images, or of one of its volumes, alone. */
export function toStack(
  pacs: Pacs,
  study: string,
  found: SeriesStack,
  series: string,
  image?: string,
  volume?: string,
): Stack & { images: readonly string[] } {
  const part = found.volumes?.find((one) => one.id === volume);
  const { order: places, spacing } = part ?? found;
  const order = places
    .map(([at, frame]) => ({ description: found.images[at] as Description, frame }))
    .filter(({ description }) => !image || description.image_id === image);
  return {
    id: `${study}/${series}/${image ?? ""}${part ? `/${volume}` : ""}`,
    study,
    series,
    count: order.length,
    modality: found.modality,
    images: order.map(({ description }) => description.image_id),
    load(index, signal) {
      const one = order[index];
      if (!one) return Promise.reject(new Error(`there is no plane ${index + 1}`));
      return pacs.frame(study, series, one.description, one.frame, signal);
    },
    place(index) {
      const one = order[index];
      return { image: one?.description.image_id ?? "", frame: one?.frame ?? 0 };
    },
    outline(index) {
      const one = order[index];
      const plane = one?.description.planes[one.frame];
      if (!one || !plane) return null;
      return {
        rows: one.description.rows,
        columns: one.description.columns,
        geometry: geometryOf(plane, one.description.regions),
      };
    },
    described: (index) => order[index]?.description ?? null,
    archived: true,
    pace(index) {
      const one = order[index];
      const times = one?.description.frame_times;
      return times?.[times.length > 1 ? (one?.frame ?? 0) : 0] ?? null;
    },
    colour: order.some(({ description }) => description.type === "rgb8"),
    irregular: part ? null : found.not_a_volume,
    label() {
      const lines: [string, string][] = [
        ["series", [found.modality, found.series_description].filter(Boolean).join(" · ")],
        ["study", [found.study_description, found.body_part].filter(Boolean).join(" · ")],
      ];
      // The measured one: a header's own may contradict the planes' positions.
      if (spacing) lines.push(["spacing", `Δ ${spacing.toFixed(2)} mm`]);
      return lines.filter(([, value]) => value);
    },
  };
}
