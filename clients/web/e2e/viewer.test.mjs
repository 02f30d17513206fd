// The viewer: the same grey levels as the PACS API's, its tools, and all of it by keyboard.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { imagePath, look, open, system, tidy, until } from "./browser.mjs";

tidy();

/** The canvas' pixels and those of the PACS API's PNG preview of the same image. */
async function bothPictures(page, preview) {
  return page.evaluate(async (address) => {
    const canvas = document.querySelector("canvas[data-index]");
    const shown = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const answer = await fetch(address);
    const bitmap = await createImageBitmap(await answer.blob(), {
      colorSpaceConversion: "none",
      premultiplyAlpha: "none",
    });
    const other = document.createElement("canvas");
    [other.width, other.height] = [bitmap.width, bitmap.height];
    const context = other.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const wanted = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let most = 0;
    const levels = new Set();
    for (let i = 0; i < wanted.data.length; i++) {
      most = Math.max(most, Math.abs(wanted.data[i] - shown.data[i]));
      if (i % 4 === 0) levels.add(wanted.data[i]);
    }
    return { sizes: [shown.width, shown.height, wanted.width, wanted.height], most, levels: levels.size };
  }, preview);
}

const IMAGES = {
  MR: [imagePath(12), imagePath(12)],
  CT: ["/studies/ct", "/studies/ct/series/small/images/1"],
  "CR with inverted greys and a lookup table": ["/studies/cr", "/studies/cr/series/chest/images/1"],
  "colour US": ["/studies/us", "/studies/us/series/colour/images/1"],
};
for (const [name, [address, image]] of Object.entries(IMAGES)) {
  test(`${name}: the canvas equals the PACS API's preview within 1 grey level`, async () => {
    const page = await open();
    await look(page, address);
    const { sizes, most, levels } = await bothPictures(page, system.PACS_API_BASE + image);
    assert.deepEqual(sizes.slice(0, 2), sizes.slice(2));
    assert.ok(levels > 20, `a picture with contrast: ${levels} levels`);
    assert.ok(most <= 1, `at most 1 level apart: ${most}`);
  });
}

test("a window chosen by hand equals the preview through the same window", async () => {
  const page = await open();
  await look(page, "/studies/ct");
  await page.getByRole("application").focus();
  await page.keyboard.press("2");
  await page.getByTestId("window").filter({ hasText: "C -600" }).waitFor();
  const preview = `${system.PACS_API_BASE}/studies/ct/series/small/images/1?wc=-600&ww=1500`;
  // the window's text may be there a frame before the picture
  await until(async () => (await bothPictures(page, preview)).most <= 1, "the preview's grey levels");
});

test("everything by keyboard: stack, window, zoom, invert, cross, measurement, help", async () => {
  const page = await open();
  await look(page, imagePath(1));
  const press = (key) => page.keyboard.press(key);
  const text = (id) => page.getByTestId(id).first().textContent();
  await page.getByRole("application").focus();
  await press("ArrowDown");
  await page.locator('canvas[data-index="1"]').waitFor();
  await press("End");
  await page.locator('canvas[data-index="19"]').waitFor();
  await page.waitForURL(/images\/2\.25\.100220$/);
  const corner = () =>
    page.evaluate(() => document.querySelector("canvas").getContext("2d").getImageData(2, 2, 1, 1).data[0]);
  const level = await corner();
  const before = await text("window");
  await press("Alt+ArrowRight");
  await page.waitForFunction((old) => document.querySelector('[data-testid="window"]').textContent !== old, before);
  await press("d");
  await page.waitForFunction((old) => document.querySelector('[data-testid="window"]').textContent === old, before);
  await until(async () => (await corner()) === level, "the picture through its own window");
  await press("i");
  await until(async () => (await corner()) === 255 - level, "the inverted picture");
  await press("0");
  await page.getByText("256 × 256 · 100 %").waitFor();
  await press("m");
  await press("c");
  await page.getByTestId("cross").waitFor();
  assert.match(await text("value"), /· 128, 128$/);
  assert.match(await text("position"), /mm$/);
  await press("Enter");
  for (let i = 0; i < 32; i++) await press("ArrowRight");
  await press("Enter");
  const spacing = (await (await fetch(`${system.PACS_API_BASE}${imagePath(20)}/metadata`)).json()).planes[0]
    .pixel_spacing[1];
  await page
    .getByTestId("length")
    .filter({ hasText: `${(32 * spacing).toFixed(1)} mm` })
    .waitFor();
  await press("Escape");
  await press("r");
  await press("Delete");
  await page.getByTestId("length").waitFor({ state: "detached" });
  await until(async () => (await corner()) === level, "the picture as it was");
  await press("?");
  await page.getByRole("dialog", { name: "Keyboard and mouse" }).waitFor();
  await press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
});

test("by mouse: window drag, wheel through the stack, zoom at the pointer, pan, histogram", async () => {
  const page = await open();
  await look(page, imagePath(5));
  const box = await page.getByRole("application").boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const window = page.getByTestId("window").first();
  const before = await window.textContent();
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y - 30, { steps: 5 });
  await page.mouse.up();
  await page.waitForFunction((old) => document.querySelector('[data-testid="window"]').textContent !== old, before);
  await page.mouse.wheel(0, 100);
  await page.locator('canvas[data-index="5"]').waitFor();
  const value = await page.getByTestId("value").textContent();
  await page.keyboard.down("Control");
  for (let i = 0; i < 3; i++) await page.mouse.wheel(0, -100);
  await page.keyboard.up("Control");
  await page.getByText(/256 × 256 · 3\d\d %/).waitFor();
  // What lies under the pointer stays there.
  await page.mouse.move(x + 60, y - 29);
  await page.mouse.move(x + 60, y - 30);
  const place = (text) => text.split(" · ")[1].split(", ").map(Number);
  const [was, is] = [place(value), place(await page.getByTestId("value").textContent())];
  assert.ok(Math.hypot(was[0] - is[0], was[1] - is[1]) <= 1.5, `${was} -> ${is}`);
  const style = () => page.locator("canvas").first().getAttribute("style");
  const zoomed = await style();
  await page.getByRole("button", { name: "Pan", exact: true }).click();
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, 100);
  await page.mouse.down();
  // The address follows the wheel while the button is down: what draws the page anew ends no drag.
  await page.waitForURL(({ pathname }) => pathname === imagePath(7));
  await page.mouse.move(x + 40, y + 20, { steps: 3 });
  await page.mouse.up();
  await until(async () => (await style()) !== zoomed, "the moved picture");
  const panned = await style();
  await page.keyboard.down("Shift");
  await page.mouse.wheel(0, 40);
  await page.keyboard.up("Shift");
  await until(async () => (await style()) !== panned, "the picture moved by the wheel");
  await page.getByRole("button", { name: "Histogram" }).click();
  await page.getByRole("img", { name: /Histogram of the values/ }).waitFor();
  await page.getByRole("button", { name: "Play" }).click();
  const first = await page.locator("canvas").first().getAttribute("data-index");
  await page.waitForFunction((old) => document.querySelector("canvas").dataset.index !== old, first);
});

test("an area's values are those of the archive's pixels; measurements last through a reload, are moved, saved and deleted", async () => {
  const page = await open();
  await look(page, "/studies/ct");
  const box = await page.getByRole("application").boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.getByRole("button", { name: "Rectangle" }).click();
  await page.mouse.move(x - 60, y - 40);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 40, { steps: 4 });
  await page.mouse.up();
  const figures = page.locator("[data-shape=rectangle]");
  await figures.waitFor();
  const saved = async () => {
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as JSON" }).click();
    return JSON.parse(await readFile(await (await saving).path(), "utf8"));
  };
  await page.getByText("Measurements (1)").click();
  const [one] = await saved();
  assert.deepEqual([one.study_id, one.series_id, one.image_id, one.plane], ["ct", "small", "1", 1]);
  const address = `${system.PACS_API_BASE}/studies/ct/series/small`;
  const { images } = await (await fetch(`${address}/stack`)).json();
  const { slope, intercept } = images[0].planes[0];
  const stored = new Int16Array(await (await fetch(`${address}/images/1/pixels?frame=1`)).arrayBuffer());
  const [columns, rows] = ["column", "row"].map((name) => one.points.map((point) => point[name]).sort((a, b) => a - b));
  const values = [];
  for (let row = Math.ceil(rows[0]); row <= rows[1]; row++) {
    for (let column = Math.ceil(columns[0]); column <= columns[1]; column++)
      values.push(stored[row * images[0].columns + column] * slope + intercept);
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const figure = (of, name) => of.figures.find((each) => each.name === name);
  assert.ok(Math.abs(figure(one, "mean").value - mean) < 1e-6, `${figure(one, "mean").value} = ${mean}`);
  assert.deepEqual([figure(one, "pixels").value, figure(one, "mean").unit], [values.length, "HU"]);
  await page.reload();
  await figures.waitFor();
  // A point is taken hold of and moved.
  await page.getByRole("button", { name: "Measure", exact: true }).click();
  const circle = await figures.locator("circle").last().boundingBox();
  const [from, to] = [circle.x + circle.width / 2, circle.y + circle.height / 2];
  await page.mouse.move(from, to);
  await page.mouse.down();
  await page.mouse.move(from + 30, to + 30, { steps: 3 });
  await page.mouse.up();
  await page.getByText("Measurements (1)").click();
  const [moved] = await saved();
  assert.ok(figure(moved, "area").value > figure(one, "area").value);
  await page.getByRole("button", { name: "Remove: Rectangle, image 1" }).click();
  await figures.waitFor({ state: "detached" });
  await page.reload();
  await page.locator("canvas[data-index]").waitFor();
  assert.equal(await figures.count(), 0);
});

test("two fingers zoom", async () => {
  const page = await open({ hasTouch: true });
  await look(page, imagePath(5));
  const box = await page.getByRole("application").boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const session = await page.context().newCDPSession(page);
  const touch = (type, apart) =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: apart === null ? [] : [-1, 1].map((side, id) => ({ x: x + (side * apart) / 2, y, id })),
    });
  const zoom = async () => Number(/(\d+) %/.exec(await page.getByText(/256 × 256 · \d+ %/).textContent())[1]);
  const before = await zoom();
  await touch("touchStart", 100);
  for (const apart of [120, 140, 160, 180, 200]) await touch("touchMove", apart);
  await touch("touchEnd", null);
  const ratio = async () => (await zoom()) / before;
  await until(async () => (await ratio()) > 1.7 && (await ratio()) < 2.3, `twice ${before} %`);
});

test("an image is turned, coloured and drawn in blocks; its attributes are searched, its file and its view saved; a key is changed", async () => {
  const page = await open();
  await look(page, "/studies/ct");
  const canvas = page.locator("canvas[data-index]").first();
  const drawn = () => canvas.evaluate((one) => [one.style.transform, one.style.imageRendering]);
  const item = async (name) => {
    await page.getByRole("button", { name: "View", exact: true }).click();
    await page.getByRole("menuitem", { name }).click();
  };
  const [before] = await drawn();
  const [a] = before.match(/-?[\d.]+/g).map(Number);
  await item("Turn right");
  await until(async () => (await drawn())[0] !== before, "the turned picture");
  // Rows point down, columns to the left.
  const matrix = (await drawn())[0].match(/-?[\d.]+/g).map(Number);
  assert.ok(matrix[0] === 0 && matrix[1] === a && matrix[2] === -a && matrix[3] === 0, `${matrix}`);
  await item("Smooth pixels");
  await until(async () => (await drawn())[1] === "pixelated", "blocks");
  const coloured = () =>
    canvas.evaluate((one) => {
      const { data } = one.getContext("2d").getImageData(0, 0, one.width, one.height);
      return data.some((value, at) => at % 4 === 0 && value !== data[at + 2]);
    });
  assert.equal(await coloured(), false);
  await item("Hot");
  await until(coloured, "colours");
  await item(/Attributes of the file/);
  const dialog = page.getByRole("dialog", { name: /Attributes of/ });
  await dialog.getByRole("textbox", { name: "Search" }).or(dialog.getByRole("searchbox")).first().fill("kvp");
  await until(async () => (await dialog.getByTestId("tag").count()) === 1, "one attribute");
  assert.match(await dialog.getByTestId("tag").textContent(), /0018,0060.*DS.*120/);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  const saved = async (name) => {
    const saving = page.waitForEvent("download");
    await item(name);
    return readFile(await (await saving).path());
  };
  assert.equal((await saved(/Download the file/)).subarray(128, 132).toString(), "DICM");
  assert.equal((await saved(/Save the view/)).subarray(1, 4).toString(), "PNG");
  await page.keyboard.press("?");
  const key = page.getByRole("button", { name: /^invert: change the key I/ });
  await key.click();
  await page.keyboard.press("q");
  await page.getByRole("button", { name: /^invert: change the key Q/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("q");
  await page.locator('button[aria-label="Invert"][aria-pressed="true"]').waitFor();
  assert.deepEqual(page.errors, []);
});

test("an own window is kept for Hounsfield units alone, comes back after a reload, and is forgotten by hand", async () => {
  const page = await open();
  await look(page, "/studies/ct?window=77+333");
  const presets = page.getByRole("button", { name: "Presets", exact: true });
  await presets.click();
  await page.getByRole("menuitem", { name: "Keep C 77 W 333" }).click();
  await page.getByRole("menuitem", { name: "Forget C 77 W 333" }).waitFor();
  await look(page, imagePath(3));
  await presets.click();
  await page.getByRole("menuitem", { name: "Auto" }).waitFor();
  assert.equal(await page.getByRole("menuitem", { name: /77/ }).count(), 0, "not for MR");
  await look(page, "/studies/ct");
  await presets.click();
  await page.getByRole("menuitem", { name: "C 77 W 333", exact: true }).click();
  await page.getByTestId("window").filter({ hasText: "C 77" }).waitFor();
  await presets.click();
  await page.getByRole("menuitem", { name: "Forget C 77 W 333" }).click();
  assert.equal(await page.evaluate(() => localStorage.getItem("imaging.windows")), null);
});
