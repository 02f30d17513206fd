import { expect, it } from "vitest";
import type { JsonSchema } from "./fieldTypes";
import { fields } from "./schema";
import { faultsByField, initialValues, parameters } from "./values";

const schema: JsonSchema = {
  type: "object",
  properties: {
    sigma: { type: "number", minimum: 0.1, maximum: 20, default: 1, unit: "mm", description: "Width of the kernel." },
    steps: { type: "integer", exclusiveMinimum: 0, exclusiveMaximum: 10 },
    mode: { enum: ["nearest", "reflect"], default: "reflect" },
    keep_range: { type: "boolean", default: true },
    limit: { anyOf: [{ type: "number", minimum: 0 }, { type: "null" }], default: null },
    note: { type: "string", maxLength: 20, default: "" },
    radii: { type: "array", items: { type: "integer" }, maxItems: 3, default: [1, 2] },
  },
  required: ["steps"],
};

it("every kind of property becomes its kind of field", () => {
  const found = fields(schema);
  expect(found.map((f) => f.kind)).toEqual(["number", "number", "choice", "switch", "number", "text", "list"]);
  expect(found[0]).toMatchObject({
    label: "Sigma",
    unit: "mm",
    ranged: true,
    min: 0.1,
    max: 20,
    step: 0.1,
    initial: 1,
  });
  expect(found[1]).toMatchObject({ integer: true, min: 1, max: 9, step: 1, required: true, initial: 1 });
  expect(found[3]).toMatchObject({ label: "Keep range", initial: true });
  expect(found[4]).toMatchObject({ nullable: true, initial: null, min: 0, ranged: false });
});

it("a step is fine enough for the default, which an excluded end must not shut out", () => {
  const properties: Record<string, JsonSchema> = {
    time_step: { type: "number", exclusiveMinimum: 0, maximum: 10, default: 0.05 },
  };
  const [field] = fields({ type: "object", properties });
  expect(field).toMatchObject({ step: 0.01, min: 0.01, initial: 0.05 });
});

it("what is sent has the schema's types; empty fields are left out", () => {
  const all = fields(schema);
  expect(parameters(all, initialValues(all))).toEqual({
    sigma: 1,
    steps: 1,
    mode: "reflect",
    keep_range: true,
    limit: null,
    note: "",
    radii: [1, 2],
  });
  expect(parameters(all, { sigma: "", steps: 4, radii: "3, 4" })).toEqual({ steps: 4, radii: [3, 4] });
});

it("the server's faults go to the fields that they point at", () => {
  const faults = [
    { pointer: "/parameters/sigma", detail: "is too small" },
    { pointer: "/parameters/radii/0", detail: "is not whole" },
    { pointer: "/pacs/image_id", detail: "is missing" },
  ];
  expect(faultsByField(faults, ["sigma", "radii"])).toEqual({
    sigma: "is too small",
    radii: "is not whole",
    "": "/pacs/image_id: is missing",
  });
});
