/** What the PACS API says of a series, as stacks of the viewer. */

import type { Stack } from "../imaging/frame";
import { type Description, geometryOf } from "./frame";
import type { Pacs, SeriesStack } from "./pacs";

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
    frameOfReference: order[0]?.description.frame_of_reference ?? null,
    archived: true,
    pace(index) {
      const one = order[index];
      const times = one?.description.frame_times;
      return times?.[times.length > 1 ? (one?.frame ?? 0) : 0] ?? null;
    },
    colour: order.some(({ description }) => description.type === "rgb8"),
    irregular: part || !found.not_a_volume ? null : { code: found.not_a_volume_code, sentence: found.not_a_volume },
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
