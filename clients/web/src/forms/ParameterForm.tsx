/** The form of an algorithm's parameters, made from its JSON Schema. */

import { Select, Switch, TextInput } from "@mantine/core";
import { memo, type ReactNode, Suspense } from "react";
import { useT } from "../i18n";
import { lazy } from "../ui/lazy";
import type { Field, JsonSchema } from "./fieldTypes";
import { NumberRow } from "./NumberRow";
import type { FormValues } from "./values";

const FieldFault = lazy(() => import("./FieldFault"));

interface Props {
  fields: readonly Field[];
  values: FormValues;
  faults: Record<string, string>;
  schema?: JsonSchema;
  /** The parameters to which the faults belong. */
  sent: FormValues;
  onChange: (name: string, value: unknown) => void;
}

export const ParameterForm = memo(function ParameterForm({ fields, values, faults, schema, sent, onChange }: Props) {
  const t = useT();
  if (fields.length === 0) return <p className="quiet">{t("process.noParameters")}</p>;
  return fields.map((field) => {
    const { name } = field;
    const said = faults[name];
    return (
      <FieldInput
        key={name}
        field={field}
        value={values[name]}
        fault={
          said && (
            <Suspense fallback={said}>
              <FieldFault schema={schema?.properties?.[name] ?? {}} value={sent[name]} said={said} />
            </Suspense>
          )
        }
        onChange={(value) => onChange(name, value)}
      />
    );
  });
});

interface OneProps {
  field: Field;
  value: unknown;
  fault?: ReactNode;
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
