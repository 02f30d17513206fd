/** Which volume of a series is looked at and processed: a time point, an echo, a b-value. */

import { Select } from "@mantine/core";
import { useLanguage } from "../../i18n/index";
import { TEXTS, type Volume, volumeText } from "./volumeText";

interface Props {
  volumes: readonly Volume[];
  chosen: string | undefined;
  onChange: (id: string | undefined) => void;
}

const ALL = "all";
const MANY = 8;

export default function VolumeChoice({ volumes, chosen, onChange }: Props) {
  const { language } = useLanguage();
  const texts = TEXTS[language];
  return (
    <Select
      size="sm"
      mb={12}
      data-testid="volume"
      label={texts.volume}
      data={[
        { value: ALL, label: texts.all },
        ...volumes.map((one) => ({ value: one.id, label: volumeText(language, one) })),
      ]}
      value={chosen ?? ALL}
      allowDeselect={false}
      searchable={volumes.length > MANY}
      onChange={(id) => onChange(id === null || id === ALL ? undefined : id)}
    />
  );
}
