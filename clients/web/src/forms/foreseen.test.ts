import { expect, it } from "vitest";
import type { JsonSchema } from "./fieldTypes";
import { foreseen } from "./foreseen";

const sigma: JsonSchema = { type: "number", exclusiveMinimum: 0, maximum: 2.5, unit: "mm" };

it.each<[string, JsonSchema, unknown, string | null]>([
  ["a bound that is excluded", sigma, 0, "dev’essere maggiore di 0 mm"],
  ["a bound", sigma, 3, "dev’essere al massimo 2,5 mm"],
  ["a good value", sigma, 2.5, null],
  ["no number", sigma, Number.NaN, "dev’essere un numero"],
  ["nothing", sigma, undefined, "è necessario"],
  ["a fraction", { type: "integer", minimum: 1 }, 1.5, "dev’essere un numero intero"],
  ["a step", { type: "number", multipleOf: 0.1 }, 0.25, "dev’essere un multiplo di 0,1"],
  ["a good step", { type: "number", multipleOf: 0.1 }, 0.3, null],
  ["a length", { type: "string", maxLength: 2 }, "abc", "sono ammessi al massimo 2 caratteri"],
  ["too few values", { type: "array", minItems: 3, items: sigma }, [1], "servono almeno 3 valori"],
  ["one of several", { type: "array", items: sigma }, [1, -1], "valore 2: dev’essere maggiore di 0 mm"],
  ["no value where that is a choice", { anyOf: [sigma, { type: "null" }] }, null, null],
  ["a value where none is a choice, too", { anyOf: [sigma, { type: "null" }] }, -1, "dev’essere maggiore di 0 mm"],
  ["what only the API knows", { type: "string", pattern: "^a" }, "b", null],
])("%s is said in Italian, or left to the API", (_, schema, value, sentence) => {
  expect(foreseen("it", schema, value)).toBe(sentence);
});

it("in English the API's own sentence stands", () => expect(foreseen("en", sigma, 0)).toBeNull());
