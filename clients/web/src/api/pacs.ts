/** The PACS API as the page uses it. */

import type { Frame } from "../imaging/frame";
import { imageAddress, pixelsAddress, seriesAddress, stackAddress } from "./addresses";
import { type Description, toFrame } from "./frame";
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
  // What is no JSON comes from a proxy between: that it does not answer is all that can be said.
  const json = async <T>(address: string): Promise<T> =>
    (await fetched(address)).json().catch((error) => {
      throw new ApiError(502, "unreadable", String(error));
    });
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
