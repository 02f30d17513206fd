/** The inputs that a batch may have, of what is open. */

import type { Reference } from "../../model";

/** Jobs of one batch: the list keeps 500 in all. */
export const MOST = 300;

export interface Offer {
  references: readonly Reference[];
  modality: string;
  /** How many there are, also beyond the most. */
  whole: number;
}

/** Each image of a series once, however many frames it has. */
export function imagesOf(study_id: string, series_id: string, images: readonly string[]): Offer {
  const distinct = [...new Set(images)];
  const references = distinct
    .slice(0, MOST)
    .map((image_id): Reference => ({ study_id, series_id, image_id, scope: "image" }));
  return { references, modality: "", whole: distinct.length };
}

/** Each series of the study of the open one's modality. */
export function seriesOf(
  study_id: string,
  open: string,
  all: readonly { series_id: string; modality?: string | null }[],
): Offer {
  const modality = all.find((one) => one.series_id === open)?.modality ?? "";
  const same = modality ? all.filter((one) => one.modality === modality) : [];
  const references = same.slice(0, MOST).map(({ series_id }): Reference => ({ study_id, series_id, scope: "series" }));
  return { references, modality, whole: same.length };
}
