/** Makes form fields from an algorithm's JSON Schema. */

import type { Common, Field, JsonSchema, ListField, NumberField } from "./fieldTypes";

export function fields(schema: JsonSchema): Field[] {
  return Object.entries(schema.properties ?? {}).map(([name, property]) =>
    field(name, property, schema.required?.includes(name) ?? false),
  );
}

function field(name: string, property: JsonSchema, required: boolean): Field {
  const { plain, nullable } = withoutNull(property);
  const common: Common = {
    name,
    label: property.label ?? words(name),
    description: property.description ?? plain.description ?? "",
    unit: property.unit ?? plain.unit ?? "",
    ...(property.said ? { said: property.said } : {}),
    required,
    nullable,
    initial: property.default ?? (nullable ? null : undefined),
  };
  if (plain.enum)
    return {
      ...common,
      kind: "choice",
      choices: plain.enum,
      initial: common.initial ?? (required ? plain.enum[0] : null),
    };
  switch (plain.type) {
    case "boolean":
      return { ...common, kind: "switch", initial: common.initial ?? (nullable ? null : false) };
    case "integer":
    case "number":
      return number(common, plain);
    case "array":
      return list(common, plain);
    default:
      return {
        ...common,
        kind: "text",
        pattern: plain.pattern,
        maxLength: plain.maxLength,
        initial: common.initial ?? "",
      };
  }
}

export function withoutNull(property: JsonSchema): { plain: JsonSchema; nullable: boolean } {
  if (property.anyOf) {
    const others = property.anyOf.filter((option) => option.type !== "null");
    return { plain: { ...property, ...others[0] }, nullable: others.length < property.anyOf.length };
  }
  if (Array.isArray(property.type)) {
    const others = property.type.filter((type) => type !== "null");
    return { plain: { ...property, type: others[0] }, nullable: others.length < property.type.length };
  }
  return { plain: property, nullable: false };
}

function number(common: Common, plain: JsonSchema): NumberField {
  const integer = plain.type === "integer";
  const low = plain.minimum ?? plain.exclusiveMinimum;
  const high = plain.maximum ?? plain.exclusiveMaximum;
  const step = plain.multipleOf ?? (integer ? 1 : stepFor(low, high, common.initial));
  // An excluded end is moved inside by a step: a form has no half-open range.
  const min = plain.exclusiveMinimum !== undefined && plain.minimum === undefined ? plain.exclusiveMinimum + step : low;
  const max =
    plain.exclusiveMaximum !== undefined && plain.maximum === undefined ? plain.exclusiveMaximum - step : high;
  const ranged = min !== undefined && max !== undefined;
  const initial = common.initial ?? (common.nullable ? null : (min ?? 0));
  return { ...common, kind: "number", integer, min, max, step, ranged, initial };
}

/** A step of about a hundredth of the range, or finer if the default needs it. */
function stepFor(low: number | undefined, high: number | undefined, initial: unknown): number {
  const range = low !== undefined && high !== undefined && high > low ? high - low : 100;
  let power = Math.min(0, Math.floor(Math.log10(range / 100)));
  const whole = (value: number) => Math.abs(value - Math.round(value)) < 1e-9;
  while (typeof initial === "number" && power > -6 && !whole(initial * 10 ** -power)) power -= 1;
  return 10 ** power;
}

function list(common: Common, plain: JsonSchema): ListField {
  const type = plain.items?.type;
  return {
    ...common,
    kind: "list",
    numeric: type === "number" || type === "integer",
    integer: type === "integer",
    minItems: plain.minItems,
    maxItems: plain.maxItems,
    initial: common.initial ?? [],
  };
}

function words(name: string): string {
  const text = name.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
