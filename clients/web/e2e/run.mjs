// Starts a system, runs the browser's tests (or another script) against it, and stops it.
//   node e2e/run.mjs [screenshots | speed | planes | examples | <test file> ...]
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { CLIENT_ID, startIssuer } from "./issuer.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));
const python = process.env.PYTHON ?? (existsSync(`${root}/.venv/bin/python`) ? `${root}/.venv/bin/python` : "python3");
const issuer = await startIssuer();
const oidc = { issuer: issuer.address, client_id: CLIENT_ID, scope: "openid profile" };
const wanted = process.argv.slice(2);
// What the system has beside the rest: `large` a large series, `examples` the example plugins.
const more = { speed: ["large"], planes: ["large"], examples: ["examples"] }[wanted[0]] ?? [];
const system = spawn(python, ["-m", "clients.web.e2e.system", JSON.stringify(oidc), ...more], {
  cwd: root,
  stdio: ["pipe", "pipe", "inherit"],
});
const lines = createInterface({ input: system.stdout })[Symbol.asyncIterator]();
const first = await lines.next();
if (first.done) process.exit(1);
const addresses = JSON.parse(first.value);
issuer.serve(addresses.guarded);

// Tests run in processes of their own and reach the system's stdin through this.
const control = createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  system.stdin.write(`${body.trim()}\n`);
  response.end((await lines.next()).value);
});
await new Promise((resolve) => control.listen(0, "127.0.0.1", resolve));

const scripts = {
  screenshots: ["e2e/screenshots.mjs"],
  speed: ["e2e/bench/page.mjs"],
  planes: ["e2e/bench/planes.mjs"],
};
const tests = [
  "flow",
  "browse",
  "uploads",
  "viewer",
  "drawn",
  "panes",
  "motion",
  "gaps",
  "truth",
  "told",
  "jobs",
  "form",
  "inputs",
  "kept",
  "signin",
  "access",
  "wide",
  "operators",
].map((name) => `e2e/${name}.test.mjs`);
const args = scripts[wanted[0]] ?? [
  "--test",
  "--test-reporter=spec",
  "--test-concurrency=1",
  ...(wanted[0] === "examples" ? ["e2e/examples.test.mjs"] : wanted.length ? wanted : tests),
];
const child = spawn(process.execPath, args, {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  stdio: ["ignore", "inherit", "inherit"],
  env: {
    ...process.env,
    SYSTEM: JSON.stringify({ ...addresses, issuer: issuer.address }),
    CONTROL: `http://127.0.0.1:${control.address().port}`,
    HERE: here,
  },
});
const code = await new Promise((resolve) => child.on("exit", (status) => resolve(status ?? 1)));
control.close();
issuer.close();
system.stdin.end();
await new Promise((resolve) => system.on("exit", resolve));
process.exit(code);
