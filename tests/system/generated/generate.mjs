// Writes the two TypeScript clients: node generate.mjs DOCUMENT ADDRESS FOLDER
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import { generate } from "orval";

const [document, address, folder] = process.argv.slice(2);
const read = JSON.parse(await readFile(document, "utf8"));
await writeFile(join(folder, "types.d.ts"), astToString(await openapiTS(read, { defaultNonNullable: false })));
await generate({
  input: { target: document },
  output: { target: join(folder, "orval.ts"), client: "fetch", baseUrl: address },
});
