// Frames of the screen while planes of 512 x 512 x 300 voxels are gone through, one a frame, as one JSON object on stdout.
// BEFORE=folder of another build: each of its runs follows one of this build's, so that other work meets both.
import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { close, look, open, system } from "../browser.mjs";
import { quantile, round, through } from "./measure.mjs";

const STEPS = 150;
const ROUNDS = Number(process.env.ROUNDS ?? 4);
const OBLIQUE = "coronal+tilt20+turn30+at200";
/** What a pane's address says of a plane in the middle of the volume. */
const KINDS = {
  coronal: "coronal+at200",
  oblique: OBLIQUE,
  coronal_max: "coronal+max10+at200",
  coronal_mean: "coronal+mean10+at200",
  oblique_max: `${OBLIQUE}+max10`,
  oblique_min: `${OBLIQUE}+min10`,
  oblique_mean: `${OBLIQUE}+mean10`,
};
const only = process.env.ONLY?.split(",") ?? Object.keys(KINDS);
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".woff2": "font/woff2" };

/** Lets a page have the files of another build. */
async function builtIn(page, folder) {
  await page.route(`${system.web}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (/^\/(api|pacs|config)/.test(pathname)) return route.fallback();
    const file = join(folder, pathname);
    const found = extname(pathname) && existsSync(file) ? file : join(folder, "index.html");
    return route.fulfill({ body: readFileSync(found), contentType: TYPES[extname(found)] ?? "text/plain" });
  });
}

async function measured(pane, folder) {
  const page = await open();
  page.setDefaultTimeout(300_000); // a volume is shown when all of it is here
  if (folder) await builtIn(page, folder);
  await look(page, `/studies/volume/series/head?pane1=${pane}`);
  await page.waitForTimeout(1500);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const task = async () =>
    (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value * 1000;
  const before = await task();
  const { gaps, late } = await through(page, STEPS);
  const busy = ((await task()) - before) / STEPS;
  await page.context().close();
  return {
    p50: round(quantile(gaps, 0.5)),
    p95: round(quantile(gaps, 0.95)),
    most: round(Math.max(...gaps)),
    busy: round(busy),
    late,
  };
}

const builds = process.env.BEFORE ? { now: "", before: process.env.BEFORE } : { now: "" };
const result = Object.fromEntries(only.map((kind) => [kind, { now: [], before: [] }]));
for (let n = 0; n < ROUNDS; n++)
  for (const kind of only)
    for (const [name, folder] of Object.entries(builds)) {
      const found = await measured(KINDS[kind], folder);
      console.error(kind, name, JSON.stringify(found), readFileSync("/proc/loadavg", "utf8").split(" ")[0]);
      result[kind][name].push(found);
    }
await close();
console.log(JSON.stringify(result, null, 2));
