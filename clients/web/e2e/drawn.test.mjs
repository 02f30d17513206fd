// What is drawn over images: overlay planes, segmentations, label maps; on stored planes, on cut ones, under a swipe.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look, open, tidy } from "./browser.mjs";
import { finish } from "./states/finish.mjs";

tidy();

/** First and last row and column of what a layer paints, and how many pixels. */
async function painted(page, kind) {
  const layer = page.locator(`[data-layer^="${kind}"] canvas`);
  await layer.waitFor();
  return layer.evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const on = [...data.keys()].filter((at) => at % 4 === 3 && data[at]).map((at) => (at - 3) / 4);
    const [rows, columns] = [on.map((at) => Math.floor(at / canvas.width)), on.map((at) => at % canvas.width)];
    return [rows, columns].flatMap((places) => [Math.min(...places), Math.max(...places)]).concat(on.length);
  });
}

test("overlay planes and segments lie on their pixels, and are switched on and off", async () => {
  const page = await open();
  await look(page, "/studies/drawn/series/ct");
  assert.deepEqual(await painted(page, "overlay"), [10, 13, 20, 27, 32]);
  await page.getByRole("button", { name: "Overlays", exact: true }).click();
  await page.getByLabel("Liver").click();
  assert.deepEqual(await painted(page, "segment"), [40, 59, 30, 69, 800]);
  const [under, over] = await Promise.all(
    ["canvas[data-index]", '[data-layer^="segment"] canvas'].map((one) => page.locator(one).boundingBox()),
  );
  assert.deepEqual(over, under, "a layer lies over the image, pixel by pixel");
  await page.getByLabel("Overlay planes of this image (1)").click();
  await page.locator('[data-layer^="overlay"]').waitFor({ state: "detached" });
  await page.getByLabel("Liver").click();
  await page.locator("[data-layer]").waitFor({ state: "detached" });
});

test("segments of a label map lie on their pixels, and are cut with the volume", async () => {
  const page = await open();
  await look(page, "/studies/organs/series/ct");
  await page.getByRole("application").focus();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("button", { name: "Overlays", exact: true }).click();
  await page.getByLabel("Spleen").click();
  assert.deepEqual(await painted(page, "segment"), [70, 79, 80, 99, 200]);
  const swatch = page.getByText("Spleen", { exact: true }).locator("span").first();
  assert.equal(await swatch.evaluate((one) => getComputedStyle(one).backgroundColor), "rgb(64, 32, 192)");
  await page.getByLabel("Liver").click();
  await page.getByLabel("Spleen").click();
  assert.deepEqual(await painted(page, "segment"), [40, 59, 30, 69, 800]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Panes", exact: true }).click();
  await page.getByRole("menuitem", { name: "Coronal", exact: true }).click();
  await page.getByTestId("planeBar").waitFor();
  // The middle of the volume lies below the liver's rows: the plane of row 50 is 13 planes to the front.
  await page.getByRole("application").focus();
  const shown = () => page.locator("canvas[data-index]").getAttribute("data-index");
  for (let at = Number(await shown()); at > 50; at--) await page.keyboard.press("ArrowUp");
  await page.locator('canvas[data-index="50"]').waitFor();
  const [top, bottom, left, right, pixels] = await painted(page, "segment");
  assert.deepEqual([left, right], [30, 69]);
  // Four planes, 5 mm apart, in pixels of 0.661468 mm: half a plane from either end of the volume.
  assert.ok(Math.abs(bottom - top + 1 - 20 / 0.661468) <= 1, `${top} to ${bottom}`);
  assert.equal(pixels, (bottom - top + 1) * 40);
});

test("under a swipe the source has its overlay planes, as far as it is seen", async () => {
  const page = await open();
  await finish(page, "gaussian", "Sigma", 1, "/studies/drawn/series/ct/images/1");
  await page.getByText("Swipe", { exact: true }).click();
  const below = page.getByTestId("view-Source");
  await below.locator('[data-layer^="overlay"] canvas').waitFor();
  assert.deepEqual(await painted(page, "overlay"), [10, 13, 20, 27, 32]);
  assert.equal(await page.getByTestId("view-Result").locator("[data-layer]").count(), 0);
  await page.waitForURL(/\?mode=swipe$/);
  await page.reload();
  await page.locator('[data-testid="compare"][data-mode="swipe"]').waitFor();
});
