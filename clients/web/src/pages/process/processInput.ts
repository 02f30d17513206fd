/** What is open in the viewer, as the input of a job. */

import { useEffect } from "react";
import type { SeriesStack } from "../../api/pacs";
import type { CatalogueEntry } from "../../api/processing";
import type { Measured } from "../../forms/inputs/offers";
import type { Reference } from "../../model";
import { useServices } from "../../services";

/** What is open in the viewer. */
export interface Input {
  study: string | undefined;
  series: string | undefined;
  image: string | undefined;
  planes: number;
  /** The image of each plane. */
  images?: readonly string[];
  /** Places that were measured in the open series, in mm. */
  measured: Measured;
  /** The id of the one volume of the series that is looked at. */
  part?: string | undefined;
  /** The volumes of the open series. */
  volumes?: SeriesStack["volumes"] | undefined;
  /** What the open series is, of what algorithms need, and why it is no regular volume; undefined if unknown. */
  volume?: { goodFor: readonly string[]; reason: string | null; files: number };
}

/** Why the algorithm would refuse the input, or null. An image is a stack of its own: that of a series of one file. */
export function refusalOf(needs: CatalogueEntry["needs"], scope: string, series: Input["volume"]): string | null {
  if (!series || !(scope === "series" || (scope === "image" && series.files === 1))) return null;
  return series.goodFor.includes(needs) ? null : (series.reason ?? "");
}

/** Stores the input for the command in the catalogue. */
export function useRemembered(reference: Reference | null): void {
  const { draft } = useServices();
  const key = JSON.stringify(reference);
  useEffect(() => {
    if (key !== "null") draft.set({ reference: JSON.parse(key) as Reference });
  }, [key, draft]);
}
