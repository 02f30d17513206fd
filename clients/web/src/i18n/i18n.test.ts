import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { en, type Key } from "./en";
import { translate } from "./index";
import { it } from "./it";

const keys = Object.keys(en) as Key[];
const source = new URL("../", import.meta.url);
const code = (readdirSync(source, { recursive: true }) as string[])
  .filter((name) => /\.tsx?$/.test(name) && !/^i18n|\.test\.|-schema/.test(name))
  .map((name) => readFileSync(new URL(name, source), "utf8"))
  .join();

test("what is filled in has a name, and the same one in both languages", () => {
  const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();
  for (const key of keys) expect(holes(it[key]), key).toEqual(holes(en[key]));
  expect(translate(en, "viewer.slice", { n: 2, count: 9 })).toBe("Image 2 of 9");
});

test("every sentence is used, by its key or by a key that is put together", () => {
  const built = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map((found) => found[1] as string);
  const unused = keys.filter((key) => !code.includes(`"${key}"`) && !built.some((prefix) => key.startsWith(prefix)));
  expect(unused).toEqual([]);
});
