/** In which order studies are listed: the archive's own, by its keys, or one of the page's over all that it has loaded. */

import type { Study } from "../../api/pacs";

export const STUDY_ORDERS = ["archive", "newest", "oldest", "description", "modality"] as const;
export type StudyOrder = (typeof STUDY_ORDERS)[number];

/** The order that the address asks for, or null. */
export function studyOrderOf(query: string): StudyOrder | null {
  const wanted = new URLSearchParams(query).get("sort");
  return STUDY_ORDERS.find((one) => one === wanted) ?? null;
}

/** The wanted order; otherwise the newest first if all are loaded at once, as finding the newest of many loads them all. */
export function orderIn(wanted: StudyOrder | null, more: boolean): StudyOrder {
  return wanted ?? (more ? "archive" : "newest");
}

/** Studies without what they are ordered by come last. */
export function studiesInOrder(studies: readonly Study[], order: StudyOrder): readonly Study[] {
  if (order === "archive") return studies;
  const key = (one: Study) =>
    order === "description"
      ? (one.study_description ?? "").toLowerCase()
      : order === "modality"
        ? one.modalities.join(" ")
        : (one.study_date ?? "");
  const sign = order === "newest" ? -1 : 1;
  return [...studies].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (!x || !y) return Number(!x) - Number(!y);
    return sign * x.localeCompare(y) || a.study_id.localeCompare(b.study_id);
  });
}
