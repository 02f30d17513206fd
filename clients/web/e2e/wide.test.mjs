// Letters on a screen of 4K that is not scaled, and lists whose rows are as high as their letters.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look, open, tidy, until } from "./browser.mjs";

tidy();

const letters = (page, found) =>
  page
    .locator(found)
    .first()
    .evaluate((one) => Number.parseFloat(getComputedStyle(one).fontSize));
/** Rows of the list of series that reach into the next one. */
const overlapping = (page) =>
  page
    .getByTestId("series")
    .getByRole("link")
    .evaluateAll((rows) => {
      const boxes = rows.map((row) => row.getBoundingClientRect());
      return boxes.filter((box, at) => boxes[at + 1] && box.bottom > boxes[at + 1].top + 1).length;
    });

test("in a window as wide as a 4K screen letters are larger, and rows with them", async () => {
  const page = await open();
  await look(page, "/studies/long/series/thick");
  const text = '[data-testid="window"]';
  const usual = await letters(page, text);
  await page.setViewportSize({ width: 3840, height: 2160 });
  await until(async () => (await letters(page, text)) > usual, "larger letters");
  assert.ok((await letters(page, text)) >= 16, "the text over an image is at least 16 px");
  await until(async () => (await overlapping(page)) === 0, "rows one below the other");
  await page.setViewportSize({ width: 1280, height: 800 });
  await until(async () => (await letters(page, text)) === usual, "letters as before");
});
