import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ApiError } from "../api/http";
import { type Translate, translate } from "../i18n";
import { en } from "../i18n/en";
import { it } from "../i18n/it";
import { message, noVolume, said } from "./message";

const inEnglish: Translate = (key, fill) => translate(en, key, fill);
const inItalian: Translate = (key, fill) => translate(it, key, fill);

/** Those of the commands of operators, and the one that the page words itself. */
const ELSEWHERE = ["not_a_failure", "client_removed", "not_signed_in"];

test("every code that readers of the page can meet has an Italian sentence", () => {
  const source = readFileSync(new URL("../../../../runtime/contracts/codes.py", import.meta.url), "utf8");
  const codes = [...source.matchAll(/^ {4}"(\w+)": Code\(/gm)].map((found) => found[1] as string);
  expect(codes).toContain("input_unreadable");
  const missing = codes.filter((code) => !ELSEWHERE.includes(code) && said(inItalian, code, "x") === "x");
  expect(missing).toEqual([]);
});

test("the server's sentence stands in English, and behind the Italian one where it says more", () => {
  const error = new ApiError(422, "input_unreadable", "The input is empty.");
  expect(message(inEnglish, error)).toBe("The input is empty.");
  expect(message(inItalian, error)).toBe("Il file non si può leggere. Dettaglio del server: The input is empty.");
  expect(said(inItalian, "cancelled", "The job was cancelled.")).toBe("Il lavoro è stato annullato.");
});

test("of a code that the page does not know, the server's sentence stands", () => {
  expect(said(inItalian, "of_a_later_release", "Something else.")).toBe("Something else.");
});

test("every reason for which images are no volume has an Italian sentence", () => {
  const folder = new URL("../../../../runtime/dicom/geometry/", import.meta.url);
  const sources = ["stack", "alike", "regularity", "unplaced"].map((name) =>
    readFileSync(new URL(`${name}.py`, folder), "utf8"),
  );
  const kinds = new Set(sources.flatMap((text) => [...text.matchAll(/",\s+"([a-z_]+)",?\s*\)/g)].map((one) => one[1])));
  expect(kinds).toContain("unplaced");
  expect(kinds).toContain("same_place");
  const plain = said(inItalian, "not_a_volume", "x");
  expect([...kinds].filter((kind) => noVolume(inItalian, kind as string, "x") === plain)).toEqual([]);
  expect(noVolume(inItalian, "of_a_later_release", "x")).toBe(plain);
  expect(noVolume(inEnglish, "sizes", "The planes differ in size.")).toBe("The planes differ in size.");
});
