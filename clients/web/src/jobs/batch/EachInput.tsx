/** Offers to send a job for each image of the series, or for each series of the study, as one batch. */

import { Checkbox } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { useWords } from "../../i18n/words";
import type { Reference } from "../../model";
import { useSeries } from "../../queries/useArchive";
import { imagesOf, MOST, seriesOf } from "./offers";
import { words } from "./words";

interface Props {
  scope: Reference["scope"];
  study: string;
  series: string;
  images: readonly string[];
  /** Called with the inputs of the batch, or with null for one job. */
  onChange: (references: readonly Reference[] | null) => void;
}

export default function EachInput({ scope, study, series, images, onChange }: Props) {
  const w = useWords(words);
  const { data } = useSeries(study);
  const [wanted, setWanted] = useState(false);
  const found = useMemo(
    () => (scope === "image" ? imagesOf(study, series, images) : seriesOf(study, series, data ?? [])),
    [scope, study, series, images, data],
  );
  useEffect(() => {
    onChange(wanted && found.references.length > 1 ? found.references : null);
    return () => onChange(null);
  }, [wanted, found, onChange]);
  const n = found.references.length;
  if (n < 2) return null;
  return (
    <Checkbox
      size="xs"
      mb={12}
      checked={wanted}
      onChange={(event) => setWanted(event.currentTarget.checked)}
      label={scope === "image" ? w("eachImage", { n }) : w("eachSeries", { n, modality: found.modality })}
      description={found.whole > MOST ? w("most", { n: MOST }) : undefined}
    />
  );
}
