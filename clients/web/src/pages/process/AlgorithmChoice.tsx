/** Which algorithm a job is for. */

import { Select } from "@mantine/core";
import { memo } from "react";
import type { CatalogueEntry } from "../../api/processing";
import { useT } from "../../i18n/index";

interface Props {
  catalogue: readonly CatalogueEntry[];
  chosen: string;
  onChange: (name: string | null) => void;
}

/** Another plane is another input, but no other choice: it is not drawn again while planes are gone through. */
export const AlgorithmChoice = memo(function AlgorithmChoice({ catalogue, chosen, onChange }: Props) {
  const t = useT();
  return (
    <Select
      label={t("process.algorithm")}
      data={catalogue.map((one) => one.name)}
      value={chosen}
      allowDeselect={false}
      searchable={catalogue.length > 8}
      onChange={onChange}
    />
  );
});
