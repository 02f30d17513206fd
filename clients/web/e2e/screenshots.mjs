// Pictures of every state that people meet, in both colour schemes: out/screenshots/<scheme>-<name>.png.
// ONLY=viewer,result COLOURS=dark SIZE=1024x768 LANGUAGE=it take some, and others.
import { mkdirSync } from "node:fs";
import {
  cancelledJob,
  choose,
  close,
  expire,
  faultyField,
  goto,
  imagePath,
  job,
  look,
  open,
  openMask,
  partialMask,
  STUDY,
  send,
  setNumber,
  settled,
  slowJob,
  system,
  unsupportedJob,
  waitState,
} from "./browser.mjs";

const folder = new URL(process.env.SCREENSHOTS ?? "../../../out/screenshots/", `file://${process.env.HERE}`);
mkdirSync(folder, { recursive: true });
const only = process.env.ONLY?.split(",");

/** Each state: a name and what leads to it. */
const states = {
  async choose(page) {
    await goto(page, "/");
    await page.getByRole("link", { name: /BRAIN/ }).waitFor();
  },
  async direct(page) {
    await goto(page, "/");
    await page.getByRole("button", { name: "Enter identifiers" }).click();
    await page.getByRole("button", { name: "Open", exact: true }).click();
  },
  async nothing(page) {
    await goto(page, "/");
    await page.getByRole("searchbox").fill("no such study");
    await page.getByText("Nothing found").waitFor();
  },
  async viewer(page) {
    await look(page, imagePath(12));
    await page.mouse.move(600, 380);
  },
  async panes(page) {
    await look(page, "/studies/long/series/thick?panes=4&pane1=axial&pane2=coronal+max10&pane3=sagittal");
    await page.locator("canvas[data-index]").nth(3).waitFor();
    await page.getByTestId("planeBar").waitFor();
  },
  async panesMenu(page) {
    await look(page, "/studies/us");
    await page.getByRole("button", { name: "Panes", exact: true }).click();
    await page.getByTestId("noVolume").waitFor();
  },
  async measure(page) {
    await look(page, "/studies/ct");
    await page.getByRole("button", { name: "Measure", exact: true }).click();
    await page.getByRole("button", { name: "Histogram" }).click();
    await page.mouse.move(480, 300);
    await page.mouse.down();
    await page.mouse.move(700, 480, { steps: 4 });
    await page.mouse.up();
  },
  async colour(page) {
    await look(page, "/studies/us");
  },
  async help(page) {
    await look(page, imagePath(12));
    await page.getByRole("application").focus();
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
  },
  async result(page) {
    await finish(page, "gaussian", "Sigma", 2);
    await page.getByTestId("compare").waitFor();
    await page.locator('[data-testid="view-Result"] canvas[data-index]').waitFor();
  },
  async jobs(page) {
    await look(page, imagePath(12));
    for (const [name, parameter, value] of [
      ["gaussian", "Sigma", 1],
      ["median", null, null],
      ["gaussian", "Sigma", 4],
    ]) {
      await choose(page, name);
      if (parameter) await setNumber(page, new RegExp(`^${parameter}`), value);
      await send(page);
      await waitState(page, "succeeded");
    }
    await page.getByRole("link", { name: "Jobs" }).click();
    await page.getByRole("button", { name: "Release" }).waitFor();
  },
  async fault(page) {
    await look(page, imagePath(12));
    await faultyField(page);
  },
  async failed(page) {
    await unsupportedJob(page);
  },
  async series(page) {
    await look(page, imagePath(12));
    await choose(page, "curvature_flow");
    await send(page);
    await waitState(page, "succeeded", 0, 120_000);
    await job(page).getByRole("button", { name: "Open the result" }).click();
    await page.getByText("Difference", { exact: true }).click();
    await page.locator('[data-testid="compare"][data-mode="difference"]').waitFor();
    await page.getByRole("application").focus();
    for (let i = 0; i < 11; i++) await page.keyboard.press("ArrowDown");
  },
  async swipe(page) {
    await finish(page, "gaussian", "Sigma", 3);
    await page.getByText("Swipe", { exact: true }).click();
  },
  async partial(page) {
    await partialMask(page, { measurements: { volume_ml: 12.4, labels: 2 } });
    await openMask(page);
  },
  async cancelled(page) {
    await cancelledJob(page);
  },
  async asleep(page) {
    await page.route("**/jobs/*", async (route) => {
      if (route.request().method() !== "GET") return route.fallback();
      const answer = await route.fetch();
      const body = await answer.json();
      await route.fulfill({
        response: answer,
        json: { ...body, state: "queued", attempts: 0, hops: {}, result: null },
      });
    });
    await page.route("**/proxy-sqs*", (route) =>
      route.fulfill({ json: { messages: [] }, headers: { "access-control-allow-origin": "*" } }),
    );
    await look(page, imagePath(12));
    await choose(page, "gaussian");
    await send(page);
    await page.getByText(/Starting the first worker/).waitFor();
  },
  async offline(page) {
    await look(page, imagePath(12));
    await page.context().setOffline(true);
    await page.getByText(/You are offline/).waitFor();
  },
  async unreachable(page) {
    await page.route(`${system.PACS_API_BASE}/**`, (route) => route.abort());
    await page.route(`${system.API_BASE}/**`, (route) => route.abort());
    await goto(page, "/");
    await page.getByText("The archive does not answer").waitFor({ timeout: 20_000 });
    await page.getByText("The list of algorithms cannot be fetched").waitFor({ timeout: 20_000 });
  },
  async empty(page) {
    await page.route(`${system.PACS_API_BASE}/studies?**`, (route) =>
      route.fulfill({ json: { studies: [], next: null }, headers: { "access-control-allow-origin": "*" } }),
    );
    await goto(page, "/");
    await page.getByText("The archive is empty").waitFor();
  },
  async absent(page) {
    await goto(page, "/studies/nowhere");
    await page.getByText("These images are not in the archive").waitFor();
  },
  async slow(page) {
    await page.route(`${system.PACS_API_BASE}/**`, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 6000));
      await route.fallback();
    });
    await goto(page, `/studies/${STUDY}`);
    await page.getByText("Still waiting for the server").first().waitFor();
  },
  async expired(page) {
    await finish(page, "gaussian", "Sigma", 1);
    await expire(page);
    await look(page, imagePath(12));
    await send(page);
    await page.getByText(/place for results had expired/).waitFor();
  },
  async running(page) {
    await slowJob(page, 150, 12);
    await page.getByText(/running [2-9] s/).waitFor();
  },
  async catalogue(page) {
    await goto(page, "/algorithms");
    await page.getByRole("heading", { name: "Algorithms" }).waitFor();
  },
  async algorithm(page) {
    await look(page, imagePath(12));
    await page.getByRole("link", { name: "About this algorithm" }).click();
    await page.getByTestId("curl").waitFor();
  },
  async signin(page) {
    await goto(page, imagePath(12), system.guarded);
    await page.getByText("This stack asks you to sign in").waitFor();
    await page.locator("canvas[data-index]").waitFor();
  },
  async tablet(page) {
    await page.setViewportSize({ width: 1024, height: 768 });
    await look(page, imagePath(12));
  },
  async small(page) {
    await page.setViewportSize({ width: 768, height: 1024 });
    await look(page, imagePath(12));
  },
  async italian(page) {
    await page.addInitScript(() => localStorage.setItem("imaging.language", "it"));
    await look(page, imagePath(12));
  },
};

async function finish(page, algorithm, parameter, value) {
  await look(page, imagePath(12));
  await choose(page, algorithm);
  await setNumber(page, new RegExp(`^${parameter}`), value);
  await send(page);
  await waitState(page, "succeeded");
  await job(page).getByRole("button", { name: "Open the result" }).click();
}

const [width, height] = (process.env.SIZE ?? "1280x800").split("x").map(Number);
const suffix = [process.env.LANGUAGE, process.env.SIZE].filter(Boolean).map((part) => `-${part}`);
let failed = 0;
for (const colours of (process.env.COLOURS ?? "dark,light").split(",")) {
  for (const [name, reach] of Object.entries(states)) {
    if (only && !only.includes(name)) continue;
    // The other states are found by their English words, and change their language at the end.
    const language = name === "help" ? process.env.LANGUAGE : undefined;
    const page = await open({ colours, language, reducedMotion: "reduce", viewport: { width, height } });
    try {
      await reach(page);
      if (process.env.LANGUAGE === "it" && !language) await page.getByRole("button", { name: /passa all/ }).click();
      await settled(page);
      // What lies outside of the screen is not loaded.
      await page.waitForFunction(() =>
        [...document.images].every((one) => one.complete || one.getBoundingClientRect().top > window.innerHeight),
      );
      await settled(page);
    } catch (error) {
      failed = 1;
      console.error(`${colours}-${name}: ${error.message.split("\n")[0]}`);
    }
    await page.screenshot({ path: new URL(`${colours}-${name}${suffix.join("")}.png`, folder).pathname });
    await page.context().close();
  }
}
await close();
process.exit(failed);
