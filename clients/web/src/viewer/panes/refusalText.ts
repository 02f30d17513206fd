/** Why planes are no volume, in words. */

import type { Translate } from "../../i18n";
import type { Refusal } from "../../imaging/volume/refusal";
import { noVolume } from "../../ui/message";

export function refusalText(t: Translate, refusal: Refusal): string {
  return "fault" in refusal ? t(`volume.${refusal.fault}`) : noVolume(t, refusal.code, refusal.sentence);
}
