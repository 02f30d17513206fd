// Several panes: planes cut through a volume, other series and results, linked by place, window and zoom.
import assert from "node:assert/strict";
import { test } from "node:test";
import { goto, imagePath, look, open, tidy, until } from "./browser.mjs";

tidy();

const menu = async (page, item) => {
  await page.getByRole("button", { name: "Panes", exact: true }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
};
const pane = (page, n) => page.getByRole("region", { name: `Pane ${n}`, exact: true });
const canvas = (page, n) => pane(page, n).locator("canvas[data-index]");
const index = async (page, n) => Number(await canvas(page, n).getAttribute("data-index"));
const slice = (page, n, text) => pane(page, n).getByTestId("slice").filter({ hasText: text }).waitFor();
const lines = (page, n) =>
  pane(page, n)
    .getByTestId("crossLine")
    .evaluateAll((all) => all.map((one) => Number(one.getAttribute("y1"))));
/** How many grey levels a pane shows. */
const levels = (page, n) =>
  canvas(page, n).evaluate((element) => {
    const { data } = element.getContext("2d").getImageData(0, 0, element.width, element.height);
    return new Set(data.filter((_, at) => at % 4 === 0)).size;
  });

test("axial, coronal and sagittal planes of a volume, with lines where they cut, and an address that brings them back", async () => {
  const page = await open();
  await look(page, "/studies/long/series/thick");
  await menu(page, "Axial, coronal, sagittal (2 × 2)");
  for (const n of [1, 2, 3, 4]) await canvas(page, n).waitFor();
  for (const n of [1, 2, 3]) assert.ok((await levels(page, n)) > 20, `pane ${n} shows a picture`);
  // 29 planes 7 mm apart, of pixels as fine as those of a plane.
  const fine = (await (await fetch(`${new URL(page.url()).origin}/pacs/studies/long/series/thick/stack`)).json())
    .images[0].planes[0].pixel_spacing[0];
  const size = [128, Math.floor(196 / fine + 1e-6) + 1];
  const painted = () => canvas(page, 2).evaluate((element) => [element.width, element.height]);
  await until(async () => String(await painted()) === String(size), "a plane as fine, once it is at rest");
  await until(async () => (await lines(page, 2)).length === 3, "three lines over the coronal plane");
  const before = await lines(page, 2);
  await pane(page, 1).getByRole("application").focus();
  for (let i = 0; i < 10; i++) await page.keyboard.press("ArrowDown");
  await slice(page, 1, "Image 11 of 29");
  await slice(page, 4, "Image 11 of 29");
  await page.waitForURL(/images\/011\?panes=4&pane1=axial\+at11&pane2=coronal\+at\d+&pane3=sagittal\+at\d+$/);
  assert.notDeepEqual(await lines(page, 2), before, "the line of the axial plane has moved");
  // A double click brings all planes to the point.
  const box = await pane(page, 1).getByRole("application").boundingBox();
  const was = await index(page, 2);
  await page.mouse.dblclick(box.x + box.width / 2, box.y + box.height * 0.3);
  await until(async () => (await index(page, 2)) < was - 20, "the coronal plane through the point");
  const at = [await index(page, 2), await index(page, 3)];
  await page.waitForURL(new RegExp(`coronal\\+at${at[0] + 1}&pane3=sagittal\\+at${at[1] + 1}$`));
  const places = () => Promise.all([1, 2, 3, 4].map((n) => canvas(page, n).evaluate((one) => one.style.transform)));
  await pane(page, 2).getByRole("application").focus();
  await page.keyboard.press("0");
  await page.waitForURL(/pane2=coronal\+at\d+\+zoom\.1_0_0&/);
  const seen = await places();
  await page.reload();
  for (const n of [1, 2, 3, 4]) await canvas(page, n).waitFor();
  await slice(page, 1, "Image 11 of 29");
  await until(async () => (await index(page, 2)) === at[0] && (await index(page, 3)) === at[1], "the same planes");
  assert.deepEqual(await places(), seen, "as large as before");
  await page.setViewportSize({ width: 390, height: 844 });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, "a phone scrolls down only");
});

test("a slab and an oblique plane show other values, in one pane as well", async () => {
  const page = await open();
  await look(page, "/studies/long/series/thick");
  await menu(page, "Coronal");
  await page.getByTestId("view-Pane 1").getByText("Coronal").waitFor();
  const value = () => page.getByTestId("value").textContent();
  const box = await page.getByRole("application").boundingBox();
  await canvas(page, 1).waitFor();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const plane = Number.parseFloat(await value());
  await page.getByText("MIP", { exact: true }).click();
  await page.getByText("Thickness 10 mm").waitFor();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await until(async () => Number.parseFloat(await value()) > plane, "the highest value is above that of the plane");
  await page.getByRole("slider", { name: "Tilt" }).focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
  await page.waitForURL(/pane1=coronal\+tilt3\+max10\+at\d+$/);
  await menu(page, "As stored");
  await page.getByTestId("view-Source").locator("canvas[data-index]").waitFor();
});

test("what is no volume says why, and offers no such planes", async () => {
  const page = await open();
  for (const [address, reason] of [
    ["/studies/us", /single image/],
    ["/studies/cr", /single image/],
  ]) {
    await look(page, address);
    await page.getByRole("button", { name: "Panes", exact: true }).click();
    await page.getByTestId("noVolume").filter({ hasText: reason }).waitFor();
    assert.ok(await page.getByRole("menuitem", { name: "Coronal", exact: true }).isDisabled());
    await page.keyboard.press("Escape");
  }
});

test("two series of different spacing stay at the same mm; window and zoom follow; a link can be dropped", async () => {
  const page = await open();
  await look(page, "/studies/long/series/head");
  await menu(page, "Two side by side");
  await pane(page, 2)
    .getByRole("button", { name: /^Pane 2 shows/ })
    .click();
  await page.getByRole("menuitem", { name: /HEAD THICK/ }).click();
  await slice(page, 2, "of 29");
  await pane(page, 1).getByRole("application").focus();
  for (let i = 0; i < 21; i++) await page.keyboard.press("ArrowDown");
  await slice(page, 1, "Image 22 of 100");
  await slice(page, 2, "Image 7 of 29");
  await page.keyboard.press("2");
  await pane(page, 2).getByTestId("window").filter({ hasText: "C -600" }).waitFor();
  await page.keyboard.press("+");
  const zooms = async () => [await scale(page, 1), await scale(page, 2)];
  await until(async () => Math.abs((await zooms())[1] / (await zooms())[0] - 1) < 0.01, "as many pixels for a mm");
  await pane(page, 2).getByRole("application").focus();
  await page.keyboard.press("Home");
  await slice(page, 1, "Image 1 of 100");
  await menu(page, "Linked");
  await pane(page, 2).getByRole("application").focus();
  await page.keyboard.press("ArrowDown");
  await slice(page, 2, "Image 2 of 29");
  await slice(page, 1, "Image 1 of 100");
  await page.waitForURL(/link=off/);
  // A series is dragged from the list to a pane.
  const link = page.getByTestId("series").getByRole("link", { name: /HEAD 512/ });
  const dragged = await link.evaluateHandle(({ href }) => {
    const transfer = new DataTransfer();
    transfer.setData("text/uri-list", href);
    return transfer;
  });
  await pane(page, 2).dispatchEvent("drop", { dataTransfer: dragged });
  await slice(page, 2, "of 100");
});

/** Screen pixels of a pane's scale bar for a millimetre. */
const scale = (page, n) =>
  pane(page, n)
    .getByTestId("scale")
    .evaluate((element) => {
      const [, length, unit] = element.textContent.match(/([\d.]+) (cm|mm)/);
      return element.querySelector("span").offsetWidth / (Number(length) * (unit === "cm" ? 10 : 1));
    });

test("window and zoom are in the address, too", async () => {
  const page = await open();
  await goto(page, `${imagePath(3)}?window=300+600&zoom=2+5+-7`);
  await page.locator("canvas[data-index]").waitFor();
  await page.getByTestId("window").filter({ hasText: "C 300 W 600" }).waitFor();
  await page.getByText("256 × 256 · 200 %").waitFor();
  await page.getByRole("application").focus();
  await page.keyboard.press("i");
  await page.waitForURL(/\?window=300\+600&invert=1&zoom=2\+5\+-7$/);
});
