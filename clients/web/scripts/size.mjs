// What a browser loads for the first view, gzipped: the entry, the application that it starts, their imports, styles and font.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT = 280_000;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const files = new Set(["index.html"]);
const visit = (name) => {
  const chunk = manifest[name];
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const style of chunk.css ?? []) files.add(style);
  for (const other of chunk.imports ?? []) visit(other);
};
visit("index.html");
for (const name of manifest["index.html"].dynamicImports) visit(name);
// What the page itself names: the font, too.
for (const [, name] of readFileSync(new URL("index.html", dist), "utf8").matchAll(/href="\/(assets\/[^"]+)"/g))
  files.add(name);
let total = 0;
for (const file of files) {
  const size = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
  total += size;
  console.log(`${String(size).padStart(8)}  ${file}`);
}
console.log(`${String(total).padStart(8)}  first view, gzipped (at most ${LIMIT})`);
process.exit(total > LIMIT ? 1 : 0);
