import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { en, type Key } from "./en";
import { translate } from "./index";
import { it } from "./it";
import type { Words } from "./words";

const parts = import.meta.glob<{ words: Words<string> }>("../**/words.ts", { eager: true });

const keys = Object.keys(en) as Key[];
const source = new URL("../", import.meta.url);
const code = (readdirSync(source, { recursive: true }) as string[])
  .filter((name) => /\.tsx?$/.test(name) && !/^i18n|\.test\.|-schema/.test(name))
  .map((name) => readFileSync(new URL(name, source), "utf8"))
  .join();

const holes = (text = "") => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();

test("the parts that are loaded when they are used have the same sentences in both languages", () => {
  const found = Object.entries(parts).filter(([, part]) => part.words);
  expect(found.length).toBeGreaterThan(0);
  for (const [file, { words }] of found) {
    expect(Object.keys(words.it).sort(), file).toEqual(Object.keys(words.en).sort());
    for (const key of Object.keys(words.en))
      expect(holes(words.it[key]), `${file} ${key}`).toEqual(holes(words.en[key]));
  }
});

test("what is filled in has a name, and the same one in both languages", () => {
  for (const key of keys) expect(holes(it[key]), key).toEqual(holes(en[key]));
  expect(translate(en, "viewer.slice", { n: 2, count: 9 })).toBe("Image 2 of 9");
});

test("no sentence has the words of those who run the service", () => {
  const own = [en, it, ...Object.values(parts).flatMap(({ words }) => (words ? [words.en, words.it] : []))];
  const told = own.flatMap((book) => Object.values(book)).filter((text) => /\b(clients?|hops?|workers?)\b/i.test(text));
  expect(told).toEqual([]);
  for (const code of ["cancelled", "unauthorized", "too_many_open_jobs", "too_many_own_clients", "too_many_clients"])
    expect(translate(en, `said.${code}`), "the server's sentence is about clients").not.toBe("");
});

test("every sentence is used, by its key or by a key that is put together", () => {
  const built = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map((found) => found[1] as string);
  const unused = keys.filter((key) => !code.includes(`"${key}"`) && !built.some((prefix) => key.startsWith(prefix)));
  expect(unused).toEqual([]);
});
