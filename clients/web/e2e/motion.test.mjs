// Planes that take long to compute: half as fine while they move, in full once they rest.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look, open, tidy } from "./browser.mjs";

tidy();

const OBLIQUE = "/studies/long/series/thick?pane1=coronal+tilt20+turn10";
const rest = (page) => page.locator("canvas[data-index]:not([data-coarse])").waitFor();

/** Size and pixels of the canvas. */
const picture = (page) =>
  page.locator("canvas[data-index]").evaluate((canvas) => {
    const { width, height } = canvas;
    return { width, height, pixels: [...canvas.getContext("2d").getImageData(0, 0, width, height).data].join() };
  });

/** A page on which each look at the clock finds 20 ms gone, so that all planes count as slow. */
async function slow(address) {
  const page = await open();
  await page.addInitScript(() => {
    const { now } = performance;
    let looks = 0;
    performance.now = () => now.call(performance) + 20 * looks++;
  });
  await look(page, address);
  return page;
}

/** Goes through planes, one a frame of the screen: how wide the canvas was at each, and the box that it filled. */
const through = (page, count) =>
  page.evaluate(async (steps) => {
    const area = document.querySelector('[role="application"]');
    const canvas = document.querySelector("canvas[data-index]");
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const found = [];
    for (let n = 0; n < steps; n++) {
      area.dispatchEvent(new WheelEvent("wheel", { deltaY: 100, bubbles: true, cancelable: true }));
      await frame();
      found.push([canvas.width, Math.round(canvas.getBoundingClientRect().width)]);
    }
    return found;
  }, count);

test("planes that move are half as fine where they lie, and those at rest are as they would be without a motion", async () => {
  const there = await open();
  await look(there, `${OBLIQUE}+at40`);
  const expected = await picture(there);
  const page = await slow(`${OBLIQUE}+at30`);
  const before = await picture(page);
  const shown = (await page.locator("canvas[data-index]").boundingBox()).width;
  const widths = await through(page, 10);
  assert.deepEqual([widths.at(-1)[0], before.width], [Math.ceil(before.width / 2), expected.width]);
  assert.ok(Math.abs(widths.at(-1)[1] - shown) <= 4, "as large on the screen");
  await rest(page);
  assert.deepEqual(await picture(page), expected);
});
