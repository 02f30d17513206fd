/** Turns the fields' values into parameters, and assigns the server's faults to the fields. */

import type { Field, ListField } from "./fieldTypes";

export type FormValues = Record<string, unknown>;

export function initialValues(all: readonly Field[]): FormValues {
  return Object.fromEntries(all.map((one) => [one.name, one.initial]));
}

/** The parameters to send: empty fields are left out, so that the algorithm's own defaults apply. */
export function parameters(all: readonly Field[], values: FormValues): FormValues {
  const sent: FormValues = {};
  for (const one of all) {
    const value = values[one.name];
    if (value === undefined || (value === null && !one.nullable)) continue;
    if (value === "" && one.initial !== "") continue;
    sent[one.name] = one.kind === "list" ? listValue(one, value) : value;
  }
  return sent;
}

function listValue(field: ListField, value: unknown): unknown {
  const items = Array.isArray(value)
    ? value
    : String(value)
        .split(/[\s,;]+/)
        .filter(Boolean);
  return field.numeric ? items.map(Number) : items;
}

export interface ServerFault {
  pointer?: string | null;
  detail: string;
}

/** The server's faults by the field that they belong to; "" holds those that belong to none. */
export function faultsByField(faults: readonly ServerFault[], names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { pointer, detail } of faults) {
    const parts = (pointer ?? "")
      .split("/")
      .slice(1)
      .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
    const name = parts[0] === "parameters" && names.includes(parts[1] ?? "") ? (parts[1] as string) : "";
    const text = name === "" && pointer ? `${pointer}: ${detail}` : detail;
    found[name] = found[name] ? `${found[name]} ${text}` : text;
  }
  return found;
}
