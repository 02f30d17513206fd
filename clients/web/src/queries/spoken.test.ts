import { expect, it } from "vitest";
import type { CatalogueEntry } from "../api/processing";
import type { JsonSchema } from "../forms/fieldTypes";
import { fields } from "../forms/schema";
import type { Job } from "../model";
import { spokenEntry, spokenJob } from "./spoken";

const entry = {
  name: "segment",
  summary: "Finds tissue.",
  parameters: {
    properties: {
      sigma: { type: "number", description: "how smooth" },
      soft_edge: { type: "boolean", description: "soft or not" },
      cut: { anyOf: [{ enum: ["soft", "hard"] }, { type: "null" }], unit: "steps" },
    },
  },
  inputs: [{ name: "prior", type: "image", description: "an earlier scan", required: false }],
  translations: {
    it: {
      summary: "Trova i tessuti.",
      names: { sigma: "Morbidezza", prior: "Esame precedente", tissue: "Tessuti" },
      descriptions: { sigma: "quanto è morbido", prior: "un esame precedente" },
      labels: { tissue: { "1": "osso" } },
      choices: { cut: { soft: "morbido" } },
      units: { cut: "passi" },
    },
  },
} as unknown as CatalogueEntry;

it("the author's texts stand in the form, and what has none stays as it is declared", () => {
  const { summary, inputs, parameters } = spokenEntry(entry, "it");
  expect([summary, inputs?.[0]]).toMatchObject([
    "Trova i tessuti.",
    { label: "Esame precedente", description: "un esame precedente" },
  ]);
  expect(fields(parameters as JsonSchema).map((one) => [one.name, one.label, one.description])).toEqual([
    ["sigma", "Morbidezza", "quanto è morbido"],
    ["soft_edge", "Soft edge", "soft or not"],
    ["cut", "Cut", ""],
  ]);
  expect(fields(parameters as JsonSchema)[2]).toMatchObject({ unit: "passi", said: { soft: "morbido" } });
  expect(spokenEntry(entry, "en")).toBe(entry);
});

it("a result has its outputs and labels by the author's names", () => {
  const port = { name: "tissue", type: "labels", description: "tissue classes" };
  const labels = [
    { label: 1, name: "bone", colour: "#fff" },
    { label: 2, name: "fat", colour: "#000" },
  ];
  const job = { result: { ports: [{ ...port, labels }] } } as unknown as Job;
  expect(spokenJob(job, entry, "it").result?.ports[0]).toMatchObject({
    label: "Tessuti",
    description: "tissue classes",
    labels: [{ name: "osso" }, { name: "fat" }],
  });
  expect(spokenJob(job, undefined, "it")).toBe(job);
});
