/** Puts what an algorithm's author says in the page's language in place of the declared texts. */

import type { CatalogueEntry } from "../api/processing";
import type { JsonSchema } from "../forms/fieldTypes";
import type { Job, Port } from "../model";

type Translation = NonNullable<CatalogueEntry["translations"]>[string];

/** An entry of the catalogue in a language, as far as its author gave texts; `label` is a name to show. */
export function spokenEntry(entry: CatalogueEntry, language: string): CatalogueEntry {
  const texts = entry.translations?.[language];
  if (!texts) return entry;
  const { properties, ...schema } = entry.parameters as JsonSchema;
  const named = Object.entries(properties ?? {}).map(([name, each]) => [name, spoken(texts, name, each)]);
  return {
    ...entry,
    summary: texts.summary || entry.summary,
    parameters: { ...schema, properties: Object.fromEntries(named) },
    inputs: entry.inputs?.map((each) => spoken(texts, each.name, each)),
  };
}

/** A job whose result has its declared outputs, and the names of their labels, in a language. */
export function spokenJob(job: Job, entry: CatalogueEntry | undefined, language: string): Job {
  const texts = entry?.translations?.[language];
  if (!texts || !job.result) return job;
  const ports = (job.result.ports ?? []).map((port): Port => {
    const names = texts.labels?.[port.name];
    return {
      ...spoken(texts, port.name, port),
      labels: port.labels?.map((one) => ({ ...one, name: names?.[one.label] ?? one.name })),
    };
  });
  return { ...job, result: { ...job.result, ports } };
}

function spoken<T extends { description?: string }>(texts: Translation, name: string, declared: T) {
  return {
    ...declared,
    label: texts.names?.[name],
    description: texts.descriptions?.[name] ?? declared.description,
    ...(texts.units?.[name] ? { unit: texts.units[name] } : {}),
    ...(texts.choices?.[name] ? { said: texts.choices[name] } : {}),
  } as T & { label?: string };
}
