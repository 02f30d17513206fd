/** A number, with a slider if both ends are known, and a box for "no value" if that is a choice. */

import { Checkbox, NumberInput, Slider } from "@mantine/core";
import type { ReactNode } from "react";
import { useT } from "../i18n";
import type { NumberField } from "./fieldTypes";

interface NumberProps {
  field: NumberField;
  value: unknown;
  common: { label: string; id: string; description: string; error?: ReactNode };
  onChange: (value: unknown) => void;
}

export function NumberRow({ field, value, common, onChange }: NumberProps) {
  const t = useT();
  const number = typeof value === "number" ? value : undefined;
  const off = field.nullable && value === null;
  return (
    <div>
      <NumberInput
        {...common}
        mb={field.ranged || field.nullable ? 6 : 12}
        value={number ?? ""}
        onChange={(next) => onChange(next === "" ? (field.nullable ? null : "") : Number(next))}
        min={field.min}
        max={field.max}
        step={field.step}
        // The server checks the text, so it stays as typed, and the server's answer is shown at the field.
        clampBehavior="none"
        allowDecimal={!field.integer}
        // A comma that is passed over would make 15 of 1,5.
        allowedDecimalSeparators={[",", "."]}
        placeholder={off ? t("process.empty") : undefined}
      />
      {field.ranged && (
        <Slider
          mb={14}
          // The thumb, with its outline, is higher than the track: it must not reach into the box above.
          mt={10}
          size="sm"
          min={field.min}
          max={field.max}
          step={field.step}
          value={number ?? field.min}
          onChange={onChange}
          label={null}
          thumbLabel={common.label}
        />
      )}
      {field.nullable && (
        <Checkbox
          mb={14}
          size="xs"
          label={t("process.empty")}
          aria-label={`${common.label}: ${t("process.empty")}`}
          checked={off}
          onChange={(event) => onChange(event.currentTarget.checked ? null : (field.min ?? 0))}
        />
      )}
    </div>
  );
}
