/** What a job was sent for, in words that tell it from others. */

import type { Translate } from "../../i18n/index";
import type { Job } from "../../model";
import { decimal, figure } from "../../ui/format";

/** The scope and the identifiers of the input, from the study down. */
export function inputText(t: Translate, { reference }: Job): string {
  const { scope, study_id, series_id, image_id } = reference;
  const parts = [`${t("scope.study")} ${shortId(study_id)}`];
  if (scope !== "study" && series_id) parts.push(`${t("scope.series")} ${shortId(series_id)}`);
  if (scope === "image" && image_id) parts.push(`${t("scope.image")} ${shortId(image_id)}`);
  return parts.join(" · ");
}

const [LONGEST, END] = [14, 10];

/** An identifier that is too long for a row by its end, which tells the objects of one archive apart. */
export function shortId(id: string): string {
  return id.length > LONGEST ? `…${id.slice(-END)}` : id;
}

/** A measured value as people read it: numbers with four significant digits. */
export function measurementText(t: Translate, value: unknown): string {
  if (typeof value === "number" && Number.isFinite(value)) {
    if (Number.isInteger(value) || value === 0) return String(value);
    const [small, large] = [1e-3, 1e6];
    const size = Math.abs(value);
    return size < small || size >= large ? decimal(t, value.toExponential(3)) : figure(t, value);
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
