/** Which plane of its series a job took, in words. */

import { useT } from "../../i18n/index";
import type { Job } from "../../model";
import { useStack } from "../../queries/useArchive";

/** "Image 12 of 20"; undefined if the job took more than a plane, or if the series is not here. */
export function usePlaneText({ reference }: Job): string | undefined {
  const t = useT();
  const { study_id, series_id, image_id, scope } = reference;
  const { stack } = useStack(study_id, scope === "image" ? (series_id ?? undefined) : undefined);
  const planes = stack?.images.flatMap((image, at) => (image === image_id ? [at + 1] : [])) ?? [];
  return stack && planes.length === 1 ? t("viewer.slice", { n: planes[0] ?? 0, count: stack.count }) : undefined;
}
