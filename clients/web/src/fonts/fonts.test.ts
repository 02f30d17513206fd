import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const source = new URL("../", import.meta.url);
const ranges = /UNICODES='([^']+)'/.exec(readFileSync(new URL("README.md", import.meta.url), "utf8"))?.[1] ?? "";
const holds = (code: number) =>
  ranges.split(",").some((range) => {
    const [from = "", to = from] = range.replace("U+", "").split("-");
    return Number.parseInt(from, 16) <= code && code <= Number.parseInt(to, 16);
  });

test("the page's font holds every character of the page's texts", () => {
  const files = (readdirSync(source, { recursive: true }) as string[]).filter(
    (name) => /\.tsx?$/.test(name) && !/\.test\.|-schema/.test(name),
  );
  const characters = new Set(files.flatMap((name) => [...readFileSync(new URL(name, source), "utf8")]));
  const missing = [...characters].filter((one) => one > "~" && !holds(one.codePointAt(0) ?? 0));
  expect(missing).toEqual([]);
});
