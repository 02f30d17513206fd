// The viewer: one pane and several, planes, measuring, menus.
import { goto, imagePath, look } from "../browser.mjs";

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
  async missingPlane(page) {
    const json = { code: "input_unreadable", detail: "The pixels are cut short." };
    await page.route("**/images/010/pixels?**", (route) => route.fulfill({ status: 422, json }));
    await look(page, "/studies/long/series/thick?panes=2&pane1=coronal&pane2=sagittal");
    await page.getByTestId("missingPlanes").nth(1).waitFor();
  },
  async told(page) {
    const mapping = { label: "SUV", unit: "g/ml{SUVbw}", first: null, last: null, slope: 0.5, intercept: 1 };
    await page.route("**/series/small/stack", async (route) => {
      const answer = await route.fetch();
      const told = await answer.json();
      for (const one of told.images) {
        const not_applied = ["ShutterShape", "MaskSubtractionSequence", "ModalityLUTSequence"];
        Object.assign(one, { not_applied, colour_profile: "Adobe RGB" });
        for (const plane of one.planes) plane.real_world_values = [mapping];
      }
      await route.fulfill({ response: answer, json: told });
    });
    await look(page, "/studies/ct");
    await page.getByTestId("told").nth(4).waitFor();
    await page.getByRole("application").hover();
    await page.getByTestId("realWorld").waitFor();
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
  async segmentsCut(page) {
    await look(page, "/studies/organs/series/ct?panes=2&pane1=coronal+at51&pane2=sagittal+at51");
    await page.getByRole("button", { name: "Overlays", exact: true }).click();
    await page.getByLabel("Liver").click();
    await page.getByLabel("Spleen").click();
    await page.locator('[data-layer^="segment"] canvas').nth(1).waitFor();
  },
  async points(page) {
    await look(page, "/studies/ct");
    await page.getByRole("button", { name: "Point", exact: true }).click();
    const box = await page.getByRole("application").boundingBox();
    for (const share of [0.4, 0.55]) await page.mouse.click(box.x + share * box.width, box.y + share * box.height);
    await page.getByText("Measurements (2)").click();
    await page.getByRole("button", { name: "Save as CSV" }).waitFor();
  },
  async waiting(page) {
    await page.route("**/pixels*", () => undefined);
    await goto(page, imagePath(7));
    await page.getByTestId("waiting").waitFor();
  },
  async broken(page) {
    const json = {
      type: "about:blank",
      title: "x",
      status: 422,
      detail: "The pixels are cut short.",
      code: "input_unreadable",
    };
    await page.route("**/pixels*", (route) =>
      route.fulfill({ status: 422, json, contentType: "application/problem+json" }),
    );
    await goto(page, imagePath(7));
    await page.getByRole("alert").filter({ hasText: "Image 7 cannot be shown" }).waitFor();
  },
  async loadingVolume(page) {
    await page.route("**/images/0[5-9]0/pixels*", () => undefined);
    await goto(page, "/studies/long/series/head?pane1=coronal");
    await page.getByTestId("loadingVolume").waitFor();
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
    // Italian is loaded when it is asked for, which is not possible later.
    for (const tongue of ["it", "en"]) {
      await page.locator("header button[lang]").click();
      await page.locator(`html[lang="${tongue}"]`).waitFor();
      await page.locator(`header button[lang="${tongue === "en" ? "it" : "en"}"]`).waitFor();
    }
    await page.context().setOffline(true);
    await page.getByText(/You are offline/).waitFor();
  },
};
