/** A choice for each further input of an algorithm. */

import { Button, Select } from "@mantine/core";
import { type Language, type Translate, useLanguage } from "../../i18n";
import { shortId } from "../../jobs/list/input";
import { distinctionText } from "../../ui/distinction";
import { type InputPort, type InputValue, type OfferGroup, offersFor, type Surroundings } from "./offers";

interface Props {
  port: InputPort;
  around: Surroundings;
  chosen: readonly InputValue[];
  onChange: (chosen: readonly InputValue[]) => void;
}

const GROUPS: readonly OfferGroup[] = ["measured", "series", "jobs"];

export default function InputPicker({ port, around, chosen, onChange }: Props) {
  const { t, language } = useLanguage();
  const offers = offersFor(port, around);
  const texts = new Map<string, InputValue>();
  for (const value of [...chosen, ...offers.map((one) => one.value)]) texts.set(JSON.stringify(value), value);
  const option = (value: InputValue) => ({ value: JSON.stringify(value), label: textOf(t, language, value, around) });
  const offered = offers.map((one) => JSON.stringify(one.value));
  // What was chosen earlier, or elsewhere, stays a choice although it is not offered here.
  const kept = chosen.filter((value) => !offered.includes(JSON.stringify(value)));
  const data = [
    ...(kept.length && !port.many ? [{ group: t("inputs.chosen"), items: kept.map(option) }] : []),
    ...GROUPS.map((group) => ({
      group: t(`inputs.${group}`),
      items: offers.filter((one) => one.group === group).map((one) => option(one.value)),
    })).filter((one) => one.items.length > 0),
  ];
  const single = port.many ? null : (chosen[0] ?? null);
  return (
    <div style={{ marginBottom: 12 }} data-testid={`input-${port.name}`}>
      <Select
        size="sm"
        label={port.label ?? port.name.replaceAll("_", " ")}
        description={port.description}
        required={port.required}
        withAsterisk={port.required}
        clearable={!port.required && !port.many}
        clearButtonProps={{ "aria-label": t("inputs.clear", { name: port.label ?? port.name }) }}
        placeholder={t(port.many ? "inputs.add" : "inputs.choose")}
        disabled={data.length === 0}
        data={data}
        value={single && JSON.stringify(single)}
        onChange={(text) => {
          const value = text === null ? undefined : texts.get(text);
          onChange(port.many ? (value ? [...chosen, value] : chosen) : value ? [value] : []);
        }}
        comboboxProps={{ withinPortal: true }}
      />
      {data.length === 0 && <p className="quiet">{t(`inputs.none.${port.type}`)}</p>}
      {port.many && chosen.length > 0 && (
        <ol style={{ margin: "6px 0 0", paddingInlineStart: 20, fontSize: "0.8125rem" }}>
          {chosen.map((value, n) => {
            const text = textOf(t, language, value, around);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: one may be chosen twice
              <li key={n}>
                {text}{" "}
                <Button
                  size="compact-xs"
                  variant="subtle"
                  color="gray"
                  aria-label={t("inputs.remove", { text })}
                  onClick={() => onChange(chosen.filter((_, at) => at !== n))}
                >
                  ×
                </Button>
              </li>
            );
          })}
        </ol>
      )}
    </div>
  );
}

/** A value in words. */
function textOf(
  t: Translate,
  language: Language,
  value: InputValue,
  { all, jobs, volumes }: Pick<Surroundings, "all" | "jobs" | "volumes">,
): string {
  if ("points" in value) return t("inputs.points", { n: value.points.length });
  if ("boxes" in value) return t("inputs.boxes", { n: value.boxes.length });
  if ("job_id" in value) {
    const job = jobs.find((one) => one.jobId === value.job_id);
    return `${job?.algorithm ?? t("inputs.job")} · ${value.output.replaceAll("_", " ")} · ${shortId(value.job_id)}`;
  }
  const series = all.find((one) => one.series_id === value.series_id);
  const name = series?.series_description ?? shortId(value.series_id ?? value.study_id);
  const image = value.image_id ? ` · ${t("scope.image")} ${shortId(value.image_id)}` : "";
  const volume = volumes?.find((one) => one.id === value.volume);
  const part = volume ? distinctionText(language, volume.distinction) : value.volume;
  return `${[series?.modality, name, part].filter(Boolean).join(" · ")}${image}`;
}
