// The viewer: one pane and several, planes, measuring, menus.
import { imagePath, look } from "../browser.mjs";

/** Each state: a name and what leads to it. */
export const states = {
  async viewer(page) {
    await look(page, imagePath(12));
    await page.mouse.move(600, 380);
  },
  async colour(page) {
    await look(page, "/studies/us");
  },
  async twoPanes(page) {
    await look(page, "/studies/long/series/thick?panes=2&pane2=series+long+head");
    await page.locator("canvas[data-index]").nth(1).waitFor();
  },
  async panes(page) {
    await look(page, "/studies/long/series/thick?panes=4&pane1=axial&pane2=coronal+max10&pane3=sagittal");
    await page.locator("canvas[data-index]").nth(3).waitFor();
    await page.getByTestId("planeBar").waitFor();
  },
  async mpr(page) {
    await look(page, "/studies/long/series/head?panes=2&pane1=coronal&pane2=sagittal");
    await page.locator("canvas[data-index]").nth(1).waitFor();
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
  async viewMenu(page) {
    await look(page, "/studies/ct");
    await page.getByRole("button", { name: "View", exact: true }).click();
    await page.getByRole("menuitem", { name: "Turn right" }).waitFor();
  },
  async overlays(page) {
    await look(page, "/studies/drawn/series/ct");
    await page.getByRole("button", { name: "Overlays", exact: true }).click();
    await page.getByLabel("Liver").click();
    await page.locator('[data-layer^="segment"] canvas').waitFor();
  },
  async presets(page) {
    await look(page, "/studies/ct");
    await page.getByRole("button", { name: "Presets", exact: true }).click();
    await page.getByRole("menu").waitFor();
  },
  async tags(page) {
    await this.viewMenu(page);
    await page.getByRole("menuitem", { name: /Attributes of the file/ }).click();
    await page.getByTestId("tag").first().waitFor();
  },
  async help(page) {
    await look(page, imagePath(12));
    await page.getByRole("application").focus();
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
  },
  async offline(page) {
    await look(page, imagePath(12));
    await page.context().setOffline(true);
    await page.getByText(/You are offline/).waitFor();
  },
};
