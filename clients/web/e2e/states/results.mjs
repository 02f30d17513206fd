// Results beside their source, in each mode.
import { choose, goto, imagePath, job, look, openMask, partialMask, send, waitState } from "../browser.mjs";
import { declareOutputs } from "../declared.mjs";
import { finish } from "./finish.mjs";

/** Each state: a name and what leads to it. */
export const states = {
  async result(page) {
    await finish(page, "gaussian", "Sigma", 2);
    await page.getByTestId("compare").waitFor();
    await page.locator('[data-testid="view-Result"] canvas[data-index]').waitFor();
  },
  async swipe(page) {
    await finish(page, "gaussian", "Sigma", 3);
    await page.getByText("Swipe", { exact: true }).click();
  },
  async difference(page) {
    await finish(page, "gaussian", "Sigma", 3);
    await page.getByText("Difference", { exact: true }).click();
    await page.locator('[data-testid="compare"][data-mode="difference"]').waitFor();
  },
  async only(page) {
    await finish(page, "gaussian", "Sigma", 3);
    await page
      .locator("label")
      .filter({ hasText: /^Result$/ })
      .click();
    await page.locator('[data-testid="compare"][data-mode="only"]').waitFor();
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
  async places(page) {
    await declareOutputs(page);
    await finish(page, "median");
    await page.locator('[data-testid="place"][data-name="AC"]').waitFor();
    await page.getByRole("button", { name: "Go to AC" }).click();
  },
  async unlisted(page) {
    await goto(page, `/jobs/${"0".repeat(32)}`);
    await page.getByText("This job is not known here").waitFor();
  },
  async partial(page) {
    await partialMask(page, { measurements: { volume_ml: 12.4, labels: 2 } });
    await openMask(page);
  },
};
