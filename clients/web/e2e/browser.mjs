// What the browser's tests share: Debian's Chromium, a fresh context a test, and words that find things.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, afterEach } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const system = JSON.parse(process.env.SYSTEM);
export const root = fileURLToPath(new URL("../../..", import.meta.url));
export const python =
  process.env.PYTHON ?? (existsSync(`${root}/.venv/bin/python`) ? `${root}/.venv/bin/python` : "python3");
export const STUDY = "2.25.1001";
export const SERIES = "2.25.1002";
export const image = (n) => `${SERIES}${String(n).padStart(2, "0")}`;
export const imagePath = (n) => `/studies/${STUDY}/series/${SERIES}/images/${image(n)}`;

export const chromiumPath = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const OWN = new Set([system.web, system.guarded, system.s3, system.issuer].map((address) => new URL(address).origin));
let browser;
/** Everything is waited for by what it shows; this only ends a wait that is in vain, on the slowest machine. */
const MOST_MS = 90_000;

const contexts = new Set();
/** What the page asked of others than its own origin, the outputs' storage and the issuer; what its policy forbade. */
const foreign = [];
const forbidden = [];

async function launch() {
  if (!chromiumPath)
    throw new Error("No Chromium: on Debian, apt-get install chromium; elsewhere, CHROMIUM=/path/to/it");
  browser ??= await chromium.launch({
    executablePath: chromiumPath,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb"],
  });
  return browser;
}

export async function close() {
  await browser?.close();
  browser = undefined;
}

/** Ends what a test has opened, also one that failed: no page of it goes on polling beside the next. */
export function tidy() {
  afterEach(async () => {
    await Promise.all([...contexts].map((context) => context.close()));
    contexts.clear();
    assert.deepEqual(foreign.splice(0), [], "the page calls its own origin and the outputs' storage alone");
    assert.deepEqual(forbidden.splice(0), [], "nothing violates the policy");
  });
  after(close);
}

/** A browser of its own: a fresh context with one page. What the page logs as an error is collected. */
export async function open(options = {}) {
  const { colours, language, ...rest } = options;
  const context = await (await launch()).newContext({
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    ...rest,
  });
  contexts.add(context);
  await context.addInitScript(
    ([scheme, tongue]) => {
      if (scheme) localStorage.setItem("imaging.colours", scheme);
      if (tongue) localStorage.setItem("imaging.language", tongue);
    },
    [colours, language],
  );
  const page = await context.newPage();
  page.errors = [];
  page.on("pageerror", (error) => page.errors.push(error.message));
  page.on("console", (message) => {
    if (/Content.Security.Policy/.test(message.text())) forbidden.push(message.text());
  });
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    const issuers = request.frame().url().startsWith(system.issuer); // its own page asks whom it likes
    if (protocol.startsWith("http") && !OWN.has(origin) && !issuers) foreign.push(request.url());
  });
  page.setDefaultTimeout(MOST_MS);
  return page;
}

/** Loads an address of the page, or of the one whose users sign in. */
export const goto = (page, address, site = system.web) => page.goto(site + address, { waitUntil: "commit" });

/** Opens an image and waits until it is painted. */
export async function look(page, address) {
  await goto(page, address);
  await page.locator("canvas[data-index]").first().waitFor();
}

export async function choose(page, algorithm) {
  const select = page.getByRole("combobox", { name: "Algorithm" });
  await select.waitFor();
  if ((await select.inputValue()) === algorithm) return;
  await select.click();
  await page.getByRole("option", { name: algorithm, exact: true }).click();
}

export const setNumber = (page, name, value) => page.getByRole("textbox", { name }).first().fill(String(value));

export async function send(page) {
  await page.getByRole("button", { name: "Process", exact: true }).click();
}

export const job = (page, n = 0) => page.getByTestId("job").nth(n);

export async function waitState(page, state, n = 0, timeout = 2 * MOST_MS) {
  await job(page, n).locator(`[data-state="${state}"]`).waitFor({ timeout });
}

/** Asks again until the answer is a true one, and returns it. */
export async function until(ask, what, most = MOST_MS) {
  for (const end = Date.now() + most; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > end) throw new Error(`in vain: ${what}`);
  }
}

/** Waits until what moves has come to rest and is painted. */
export const settled = (page) =>
  page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const ending = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((one) => one.finished));
    await frame();
  });

export async function control(command) {
  const answer = await fetch(process.env.CONTROL, { method: "POST", body: command });
  return answer.json();
}

/** A mask of the size of the sample as a MetaImage: a disc of label 1 with a smaller one of label 2. */
export function mask(side = 256) {
  const header = `ObjectType = Image\nNDims = 3\nDimSize = ${side} ${side} 1\nElementSpacing = 1 1 1\nElementType = MET_UCHAR\nElementDataFile = LOCAL\n`;
  const body = Buffer.alloc(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const away = Math.hypot(x - side / 2, y - side * 0.45);
      body[y * side + x] = away < side * 0.1 ? 2 : away < side * 0.2 ? 1 : 0;
    }
  }
  return Buffer.concat([Buffer.from(header), body]);
}

/** Changes what the page is told of a job's end. */
export async function rewriteResults(page, change) {
  await page.route("**/proxy-sqs?**", async (route) => {
    if (route.request().method() !== "GET") return route.fallback();
    const answer = await route.fetch();
    const body = await answer.json();
    for (const message of body.messages ?? []) change(message.result);
    await route.fulfill({ response: answer, json: body });
  });
}

/** What the page has stored: its client, and its jobs, newest first. */
export const stored = (page) =>
  page.evaluate(() => {
    const jobs = Object.keys(localStorage).filter((name) => name.startsWith("imaging.job."));
    return {
      client: JSON.parse(localStorage.getItem("imaging.client")),
      jobs: jobs.map((name) => JSON.parse(localStorage.getItem(name))).sort((a, b) => b.sentAt - a.sentAt),
    };
  });

/** Removes the page's client and its queue behind its back, as their life's end would; returns the client's identifier. */
export async function expire(page) {
  const { client } = await stored(page);
  const answer = await fetch(`${system.API_BASE}/provision`, {
    method: "DELETE",
    headers: { "X-Client-Token": client.token },
  });
  if (answer.status !== 204) throw new Error(`the client was not removed: ${answer.status}`);
  return client.clientId;
}

/** Sends a job that takes as long as its number of iterations says. */
export async function slowJob(page, iterations, n = 3) {
  await look(page, imagePath(n));
  await choose(page, "curvature_flow");
  await setNumber(page, /^Iterations/, iterations);
  await send(page);
}

/** Sends a slow job, and cancels it once it runs. */
export async function cancelledJob(page) {
  await slowJob(page, 1000);
  await waitState(page, "running");
  await job(page).getByRole("button", { name: "Cancel" }).click();
  await waitState(page, "cancelled");
}

/** Sends a job whose result is partial and a mask of two labels; `more` is changed in its result. */
export async function partialMask(page, more = {}) {
  await rewriteResults(page, (result) => {
    Object.assign(result, { status: "partial", missing: ["The left half could not be measured."] }, more);
  });
  await page.route("**/values.mha*", (route) =>
    route.fulfill({ body: mask(), headers: { "access-control-allow-origin": "*" } }),
  );
  await look(page, imagePath(12));
  await choose(page, "gaussian");
  await send(page);
  await waitState(page, "partial");
}

/** Opens the newest job's result as a mask over its source. */
export async function openMask(page) {
  await job(page).getByRole("button", { name: "Open the result" }).click();
  await page.locator('[data-testid="compare"][data-mode="mask"] canvas[data-index]').waitFor();
}

/** Sends a job whose number the page takes for invalid, and waits for the field to say so. */
export async function faultyField(page) {
  await choose(page, "gaussian");
  await setNumber(page, /^Sigma/, -3);
  await send(page);
  await page.getByText(/must be/).waitFor();
}

/** Sends a job on an image that its algorithm cannot take. */
export async function unsupportedJob(page) {
  await look(page, "/studies/us");
  await choose(page, "curvature_flow");
  await send(page);
  await waitState(page, "failed");
}
