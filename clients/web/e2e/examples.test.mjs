// The example plugins: catalogue, form, job and result of each, as someone who has installed them meets them.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { test } from "node:test";
import { choose, job, look, open, SERIES, STUDY, send, settled, tidy, until, waitState } from "./browser.mjs";

tidy();

const PLANES = 20;
const folder = new URL("../../../out/screenshots/", `file://${process.env.HERE}`);
mkdirSync(folder, { recursive: true });

/** Opens the sample series with an algorithm chosen. */
async function begin(algorithm) {
  const page = await open();
  await look(page, `/studies/${STUDY}/series/${SERIES}?scope=series`);
  await choose(page, algorithm);
  return page;
}

/** Runs what is chosen and opens its result. */
async function result(page) {
  await send(page);
  await waitState(page, "succeeded");
  await job(page).getByRole("button", { name: "Open the result" }).click();
}

const picture = async (page, name) => {
  await settled(page);
  await page.screenshot({ path: new URL(`example-${name}.png`, folder).pathname });
};

/** The shares of a painted view that are black, and brighter than mid-grey. */
const greys = (view) =>
  view.locator("canvas[data-index]").evaluate((canvas) => {
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const context = copy.getContext("2d");
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    const values = Array.from({ length: data.length / 4 }, (_, n) => data[4 * n]);
    const share = (wanted) => values.filter(wanted).length / values.length;
    return { black: share((value) => value < 8), bright: share((value) => value > 128) };
  });

/** Goes to the middle of the series. */
async function middle(page) {
  await page.getByRole("application").first().focus();
  for (let n = 1; n < PLANES / 2; n++) await page.keyboard.press("ArrowDown");
}

test("a map from 0 to 1 has its declared window: vessels are bright, and no plane is black", async () => {
  const page = await begin("vessel_filter");
  await result(page);
  const view = page.getByTestId("view-Result");
  await view.locator("canvas[data-index]").waitFor();
  await view.getByText("C 0.15 W 0.3").waitFor();
  await page.getByRole("application").first().focus();
  for (let plane = 0; plane < PLANES; plane++) {
    await view.locator(`canvas[data-index="${plane}"]`).waitFor();
    await settled(page);
    const { black, bright } = await greys(view);
    assert.ok(black < 0.9 && bright > 0.03, `plane ${plane}: ${black} of it is black, ${bright} bright`);
    if (plane === PLANES / 2) await picture(page, "vessel_filter");
    await page.keyboard.press("ArrowDown");
  }
});

test("a second series is an input; the transform is a file and the difference a picture about 0", async () => {
  const page = await begin("registration");
  const run = page.getByRole("button", { name: "Process", exact: true });
  await page.getByTestId("missing").filter({ hasText: "moving" }).waitFor();
  assert.ok(await run.isDisabled());
  await page.getByTestId("input-moving").getByRole("combobox").click();
  await page.getByRole("option").first().click();
  await until(() => run.isEnabled(), "nothing is missing");
  await picture(page, "registration-form");
  await result(page);
  await page.locator("canvas[data-index]").last().waitFor();
  await middle(page);
  await picture(page, "registration");
});

test("labels are shown in colours by their names, with volumes and centres", async () => {
  const page = await begin("tissue_segmentation");
  await result(page);
  await page.locator('[data-testid="compare"][data-mode="mask"] canvas[data-index]').waitFor();
  for (const name of ["dark tissue", "soft tissue", "fat"]) await page.getByTestId("labels").getByText(name).waitFor();
  await page.getByTestId("list-centres").getByText("soft tissue").waitFor();
  await middle(page);
  await picture(page, "tissue_segmentation");
});
