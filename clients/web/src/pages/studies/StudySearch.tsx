/** The fields that narrow the list of studies. */

import { Select, TextInput } from "@mantine/core";
import type { StudySearch as Search } from "../../api/pacs";
import { useT } from "../../i18n";
import { DirectEntry } from "./DirectEntry";

interface Props {
  search: Search;
  modalities: readonly string[];
  onChange: (change: Partial<Search>) => void;
}

export function StudySearch({ search, modalities, onChange }: Props) {
  const t = useT();
  return (
    <search className="pad" style={{ paddingBottom: 6 }}>
      <TextInput
        size="sm"
        label={t("browse.search")}
        placeholder={t("browse.searchHint")}
        value={search.search}
        onChange={(e) => onChange({ search: e.currentTarget.value })}
        type="search"
      />
      <Select
        size="xs"
        mt={8}
        label={t("browse.modality")}
        placeholder={t("browse.anyModality")}
        data={modalities}
        value={search.modality || null}
        onChange={(value) => onChange({ modality: value ?? "" })}
        clearable
        clearButtonProps={{ "aria-label": t("browse.anyModality") }}
      />
      <div className="dates">
        {(["from", "to"] as const).map((name) => (
          <TextInput
            key={name}
            size="xs"
            type="date"
            label={t(`browse.${name}`)}
            value={search[name]}
            onChange={(e) => onChange({ [name]: e.currentTarget.value })}
          />
        ))}
      </div>
      <DirectEntry />
    </search>
  );
}
