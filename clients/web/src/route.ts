/** Converts addresses to pages and back. */

import type { StudySearch } from "./api/pacs";
import type { Reference } from "./model";

export type Route =
  | {
      page: "browse";
      study?: string;
      series?: string;
      image?: string;
      /** The volume of the series that alone is looked at. */
      volume?: string;
      scope?: Reference["scope"];
    }
  | { page: "jobs"; job?: string }
  | { page: "catalogue"; algorithm?: string }
  | { page: "system" }
  | { page: "missing" };
export type BrowseRoute = Extract<Route, { page: "browse" }>;

/** The route of a path and its query; identifiers are decoded. */
export function parse(path: string, query = ""): Route {
  const parts = path.split("/").filter(Boolean).map(decode);
  const [first, second, third, fourth, fifth, sixth, ...rest] = parts;
  if (rest.length) return { page: "missing" };
  if (first === undefined) return { page: "browse" };
  if (first === "jobs" && third === undefined) return { page: "jobs", job: second };
  if (first === "algorithms" && third === undefined) return { page: "catalogue", algorithm: second };
  if (first === "system" && second === undefined) return { page: "system" };
  if (first === "studies") {
    if ((third !== undefined && third !== "series") || (fifth !== undefined && fifth !== "images"))
      return { page: "missing" };
    const given = new URLSearchParams(query);
    const [scope, volume] = [given.get("scope"), given.get("volume")];
    const known = scope === "image" || scope === "series" || scope === "study" ? scope : undefined;
    return {
      page: "browse",
      study: second,
      series: fourth,
      image: sixth,
      ...(volume ? { volume } : {}),
      ...(known ? { scope: known } : {}),
    };
  }
  return { page: "missing" };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of an image, a series (of several volumes, one of them alone) or a study. */
export function imagePath(
  study?: string,
  series?: string | null,
  image?: string | null,
  volume?: string | null,
): string {
  let path = "/studies";
  if (!study) return "/";
  path += `/${encodeURIComponent(study)}`;
  if (series) path += `/series/${encodeURIComponent(series)}`;
  if (series && image) path += `/images/${encodeURIComponent(image)}`;
  return volume ? `${path}?volume=${encodeURIComponent(volume)}` : path;
}

/** The address of what a job was sent for. */
export const inputPath = ({ study_id, series_id, image_id, volume }: Reference) =>
  imagePath(study_id, series_id, image_id, volume);

/** The address of a job: by the service's number, once it has one, so that it can be opened elsewhere. */
export function jobPath({ jobId, key }: { jobId: string | null; key: string }): string {
  return `/jobs/${jobId ?? key}`;
}

/** What is searched for, as the address says; patients' names and numbers are not searched, so none is in it. */
export function searchOf(query: string): StudySearch {
  const given = new URLSearchParams(query);
  const text = (name: string) => given.get(name) ?? "";
  return { search: text("search"), modality: text("modality"), from: text("from"), to: text("to") };
}

/** The address of the list of studies with a search, and with an order if one was chosen. */
export function searchPath(search: StudySearch, order: string | null = null): string {
  const query = new URLSearchParams(Object.entries(search).filter(([, value]) => value));
  if (order) query.set("sort", order);
  return query.size ? `/?${query}` : "/";
}
