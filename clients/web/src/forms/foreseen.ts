/** Says in the reader's language what is wrong with a parameter, as far as its schema tells: the API writes English. */

import type { Language } from "../i18n";
import { fillIn } from "../i18n/fill";
import type { JsonSchema } from "./fieldTypes";
import { withoutNull } from "./schema";

const SENTENCES = {
  en: null,
  it: {
    required: "è necessario",
    number: "dev’essere un numero",
    integer: "dev’essere un numero intero",
    minimum: "dev’essere almeno {limit}",
    exclusiveMinimum: "dev’essere maggiore di {limit}",
    maximum: "dev’essere al massimo {limit}",
    exclusiveMaximum: "dev’essere minore di {limit}",
    multipleOf: "dev’essere un multiplo di {limit}",
    minLength: "servono almeno {limit} caratteri",
    maxLength: "sono ammessi al massimo {limit} caratteri",
    minItems: "servono almeno {limit} valori",
    maxItems: "sono ammessi al massimo {limit} valori",
    item: "valore {n}: {fault}",
  },
} as const satisfies Record<Language, Record<string, string> | null>;

type Keyword = keyof Omit<(typeof SENTENCES)["it"], "item">;
type Limit = Exclude<Keyword, "required" | "number" | "integer">;

/** What is wrong with a value that was sent, or null: then the API's own sentence stands. */
export function foreseen(language: Language, schema: JsonSchema, value: unknown): string | null {
  const said = SENTENCES[language];
  if (!said) return null;
  const { plain, nullable } = withoutNull(schema);
  if (value === null && nullable) return null;
  const limited = (keyword: Limit) => fillIn(said[keyword], { limit: limitText(plain, keyword) });
  if (value === undefined || value === null || value === "") return said.required;
  if (plain.type === "array") {
    const items = value as readonly unknown[];
    const wrong = wrongIn({ minItems: (n) => items.length < n, maxItems: (n) => items.length > n }, plain);
    if (wrong) return limited(wrong);
    const faults = items.map((one) => foreseen(language, plain.items ?? {}, one));
    const sentences = faults.flatMap((fault, at) => (fault ? fillIn(said.item, { n: at + 1, fault }) : []));
    return sentences.join("; ") || null;
  }
  if (plain.type === "string") {
    const { length } = [...String(value)];
    const wrong = wrongIn({ minLength: (n) => length < n, maxLength: (n) => length > n }, plain);
    return wrong ? limited(wrong) : null;
  }
  if (plain.type !== "number" && plain.type !== "integer") return null;
  if (typeof value !== "number" || Number.isNaN(value)) return said[plain.type];
  if (plain.type === "integer" && !Number.isInteger(value)) return said.integer;
  const wrong = wrongIn(
    {
      minimum: (limit) => value < limit,
      exclusiveMinimum: (limit) => value <= limit,
      maximum: (limit) => value > limit,
      exclusiveMaximum: (limit) => value >= limit,
      // As the API counts: steps such as 0.1 are no exact numbers.
      multipleOf: (step) => Math.abs(value / step - Math.round(value / step)) > 1e-9,
    },
    plain,
  );
  return wrong ? limited(wrong) : null;
}

/** The first keyword of a schema that a value breaks. */
function wrongIn(breaks: Partial<Record<Limit, (limit: number) => boolean>>, plain: JsonSchema): Limit | undefined {
  const keywords = Object.keys(breaks) as Limit[];
  return keywords.find((keyword) => plain[keyword] !== undefined && breaks[keyword]?.(plain[keyword]));
}

/** A bound of a number has its unit, a count has none. */
function limitText(plain: JsonSchema, keyword: Limit): string {
  // English is the API's own: these sentences are Italian.
  const limit = String(plain[keyword]).replace(".", ",");
  const isCount = keyword.endsWith("Items") || keyword.endsWith("Length");
  return plain.unit && !isCount ? `${limit} ${plain.unit}` : limit;
}
