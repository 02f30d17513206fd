// What the browser's tests share: Debian's Chromium, a fresh context a test, and words that find things.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

export const system = JSON.parse(process.env.SYSTEM);
export const STUDY = "2.25.1001";
export const SERIES = "2.25.1002";
export const image = (n) => `${SERIES}${String(n).padStart(2, "0")}`;
export const imagePath = (n) => `/studies/${STUDY}/series/${SERIES}/images/${image(n)}`;

const path = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
let browser;

export async function launch() {
  browser ??= await chromium.launch({ executablePath: path, args: ["--no-sandbox", "--force-color-profile=srgb"] });
  return browser;
}

export async function close() {
  await browser?.close();
  browser = undefined;
}

/** A browser of its own: a fresh context with one page. What the page logs as an error is collected. */
export async function open(options = {}) {
  const { colours, language, ...rest } = options;
  const context = await (await launch()).newContext({
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    ...rest,
  });
  await context.addInitScript(
    ([scheme, tongue]) => {
      if (scheme) localStorage.setItem("imaging.colours", scheme);
      if (tongue) localStorage.setItem("imaging.language", tongue);
      window.violations = [];
      document.addEventListener("securitypolicyviolation", (event) =>
        window.violations.push(`${event.violatedDirective} ${event.blockedURI}`),
      );
    },
    [colours, language],
  );
  const page = await context.newPage();
  page.errors = [];
  page.on("pageerror", (error) => page.errors.push(error.message));
  page.setDefaultTimeout(30_000);
  return page;
}

export const goto = (page, address) => page.goto(system.web + address);

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

export async function waitState(page, state, n = 0, timeout = 60_000) {
  await job(page, n).locator(`[data-state="${state}"]`).waitFor({ timeout });
}

export async function control(command) {
  const answer = await fetch(process.env.CONTROL, { method: "POST", body: command });
  return answer.json();
}
