/** The form of an algorithm's parameters, made from its JSON Schema. */

import { Checkbox, NumberInput, Select, Slider, Switch, TextInput } from "@mantine/core";
import { memo } from "react";
import { useT } from "../i18n";
import type { Field, NumberField } from "./fieldTypes";
import type { FormValues } from "./values";

interface Props {
  fields: readonly Field[];
  values: FormValues;
  faults: Record<string, string>;
  onChange: (name: string, value: unknown) => void;
}

export const ParameterForm = memo(function ParameterForm({ fields, values, faults, onChange }: Props) {
  const t = useT();
  if (fields.length === 0) return <p className="quiet">{t("process.noParameters")}</p>;
  return fields.map((field) => (
    <FieldInput
      key={field.name}
      field={field}
      value={values[field.name]}
      fault={faults[field.name]}
      onChange={(value) => onChange(field.name, value)}
    />
  ));
});

interface OneProps {
  field: Field;
  value: unknown;
  fault?: string;
  onChange: (value: unknown) => void;
}

function FieldInput({ field, value, fault, onChange }: OneProps) {
  const t = useT();
  const label = field.unit ? t("process.unit", { label: field.label, unit: field.unit }) : field.label;
  const common = {
    label,
    description: field.description,
    error: fault,
    mb: 12,
    size: "sm",
    id: `parameter-${field.name}`,
  } as const;
  switch (field.kind) {
    case "number":
      return <NumberRow field={field} value={value} common={common} onChange={onChange} />;
    case "choice":
      return (
        <Select
          {...common}
          data={field.choices.map(String).map((value) => ({ value, label: field.said?.[value] ?? value }))}
          value={value === null || value === undefined ? null : String(value)}
          onChange={(text) => onChange(text === null ? null : field.choices.find((choice) => String(choice) === text))}
          clearable={field.nullable}
          allowDeselect={field.nullable}
          comboboxProps={{ withinPortal: true }}
        />
      );
    case "switch":
      return (
        <Switch {...common} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
      );
    case "list":
      return (
        <TextInput
          {...common}
          placeholder={t("process.list")}
          value={Array.isArray(value) ? value.join(", ") : String(value ?? "")}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          value={String(value ?? "")}
          maxLength={field.maxLength}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

interface NumberProps {
  field: NumberField;
  value: unknown;
  common: { label: string; id: string; description: string; error?: string };
  onChange: (value: unknown) => void;
}

/** A number, with a slider if both ends are known, and a box for "no value" if that is a choice. */
function NumberRow({ field, value, common, onChange }: NumberProps) {
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
