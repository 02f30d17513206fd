/** What the service expects of a job that has not ended, in words: no promise. */

import type { Translate } from "../../i18n/index";
import type { Job } from "../../model";

type Estimate = NonNullable<Job["estimate"]>;

/** The place among those that wait, and when it starts; or when it ends, once it runs. */
export function estimateText(t: Translate, { place, start, end }: Estimate, now: number): string {
  const where = place && t("jobs.place", { place: range(place.least, place.most) });
  const when = start
    ? t("jobs.startsIn", { time: spanText(start, now) })
    : t("jobs.endsIn", { time: spanText(end, now) });
  return [where, when].filter(Boolean).join(" · ");
}

/** A span of time from now on, such as "2–5 min"; open to the end if its latest time is not known. */
export function spanText({ earliest, latest }: Estimate["end"], now: number): string {
  const [from, to] = [earliest, latest ?? earliest].map((at) => Math.max(0, (at - now) / 1000)) as [number, number];
  const [divisor, unit] = to >= 5400 ? [3600, "h"] : to >= 90 ? [60, "min"] : [1, "s"];
  const text = range(Math.floor(from / divisor), Math.ceil(to / divisor));
  return latest === null ? `≥ ${text} ${unit}` : `${text} ${unit}`;
}

const range = (least: number, most: number) => (least >= most ? String(most) : `${least}–${most}`);
