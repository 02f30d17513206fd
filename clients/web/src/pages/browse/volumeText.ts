/** What a volume of a series is called; apart from the page's other texts, because most series have one volume. */

import type { SeriesStack } from "../../api/pacs";
import { type Language, useLanguage } from "../../i18n/index";
import type { Job } from "../../model";
import { useStack } from "../../queries/useArchive";
import { distinctionText } from "../../ui/distinction";

export type Volume = SeriesStack["volumes"][number];

const EN = { volume: "Volume", all: "All planes (no single volume)", planes: "{n} planes", gone: "no longer found" };
export const TEXTS: Record<Language, typeof EN> = {
  en: EN,
  it: { volume: "Volume", all: "Tutti i piani (nessun volume unico)", planes: "{n} piani", gone: "non più presente" },
};

/** What distinguishes a volume, such as "echo time 30 ms", and how many planes it has. */
export function volumeText(language: Language, { distinction, order }: Volume): string {
  const said = distinctionText(language, distinction);
  return [...(said ? [said] : []), TEXTS[language].planes.replace("{n}", String(order.length))].join(" · ");
}

/** The volume that a job was sent for, in words; undefined if it took all of its input. */
export function useVolumeText({ reference }: Job): string | undefined {
  const { language } = useLanguage();
  const { study_id, series_id, volume } = reference;
  const { data } = useStack(study_id, volume ? (series_id ?? undefined) : undefined);
  if (!volume) return undefined;
  const found = data?.volumes.find((one) => one.id === volume);
  const said = found ? volumeText(language, found) : data ? `${volume}, ${TEXTS[language].gone}` : volume;
  return `${TEXTS[language].volume} ${said}`;
}
