/** How much a series holds, in words. */

import type { Series } from "../../api/pacs";
import type { Translate } from "../../i18n";

/** Of these modalities (PS3.3 C.7.3.1.1.1) objects have no pixels. */
const WITHOUT_PIXELS = /^(SR|KO|PR|RT(PLAN|STRUCT|RECORD)|REG|FID|PLAN|DOC|AU|ECG|HD)$/;

export function countText(t: Translate, { modality, images }: Pick<Series, "modality" | "images">): string {
  if (WITHOUT_PIXELS.test(modality ?? "")) return t("browse.files", { n: images });
  return images === 1 ? t("browse.countOne") : t("browse.count", { n: images });
}
