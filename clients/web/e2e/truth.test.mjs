// What the page says of an image is true while planes are late, fail or overtake one another, and of what is painted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, goto, image, imagePath, job, look, open, send, system, tidy, until, waitState } from "./browser.mjs";

tidy();

const refusal = { status: 422, json: { code: "input_unreadable", detail: "The pixels are cut short." } };

/** Holds the answers for one image's pixels until they are let go, as they are or with another answer. */
async function hold(page, n) {
  let let_go;
  const answer = new Promise((resolve) => {
    let_go = resolve;
  });
  await page.route(`**/images/${image(n)}/pixels?**`, async (route) => {
    const other = await answer;
    await (other ? route.fulfill(other) : route.fallback()).catch(() => undefined);
  });
  return let_go;
}

const shows = (page, n) => page.locator(`canvas[data-index="${n - 1}"]`).waitFor();
const waits = (page, n) =>
  page
    .getByTestId("waiting")
    .filter({ hasText: `Loading image ${n} ` })
    .waitFor();

/** Waits until the page has drawn what it said: canvases change with the screen's next frame. */
const drawn = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

test("the old plane is never shown under the new number, and an error belongs to its plane alone", async () => {
  const page = await open();
  const late = await hold(page, 7);
  const broken = await hold(page, 9);
  await look(page, imagePath(6));
  await page.getByRole("application").focus();
  await page.keyboard.press("ArrowDown");
  await waits(page, 7);
  await drawn(page);
  assert.equal(await page.locator("canvas").first().isVisible(), false, "the plane before is not shown");
  assert.equal(await page.getByTestId("slice").count(), 0, "nothing is written over an image that is not there");
  await page.getByRole("application", { name: /image 7 of 20/, includeHidden: true }).waitFor();
  assert.equal(await page.getByRole("slider", { name: "Position" }).getAttribute("aria-valuetext"), "Image 7 of 20");
  await page.waitForURL(`**${imagePath(7)}`);
  await page.keyboard.press("ArrowDown");
  await shows(page, 8);
  late();
  await page.keyboard.press("ArrowUp");
  await shows(page, 7);
  // The answer for a plane that is no longer looked at fails: nothing is said of it over another.
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await waits(page, 9);
  await page.keyboard.press("ArrowDown");
  await shows(page, 10);
  const failed = page.waitForResponse((one) => one.url().includes(`${image(9)}/pixels`));
  broken(refusal);
  await failed;
  assert.equal(await page.getByRole("alert").count(), 0);
  const run = page.getByRole("button", { name: "Process", exact: true });
  await page.keyboard.press("ArrowUp");
  await page.getByRole("alert").filter({ hasText: "Image 9 cannot be shown" }).waitFor();
  await page.getByTestId("refused").filter({ hasText: "The pixels are cut short." }).waitFor();
  assert.equal(await run.isDisabled(), true, "an image that cannot be read is no input");
  await page.keyboard.press("ArrowUp");
  await shows(page, 8);
  assert.equal(await page.getByRole("alert").count(), 0);
  await until(async () => !(await run.isDisabled()), "Process for a plane that can be read");
});

test("errors name what failed: the list of studies, a series without images, files that are left out", async () => {
  const page = await open();
  await page.route(`${system.PACS_API_BASE}/studies?**`, (route) =>
    route.fulfill({ status: 422, json: { code: "input_unreadable", detail: "An object could not be read." } }),
  );
  await goto(page, "/");
  await page.getByText("The archive cannot list its studies").waitFor();
  await page.getByText("An object could not be read.").waitFor();
  await page.route(`${system.PACS_API_BASE}/studies/ct/series/small/stack`, (route) =>
    route.fulfill({ status: 422, json: { code: "input_unreadable", detail: "The series holds no image." } }),
  );
  await goto(page, "/studies/ct");
  await page.getByText("This series cannot be shown").waitFor();
  await page.getByTestId("refused").filter({ hasText: "The series holds no image." }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Process", exact: true }).isDisabled(), true);
  await page.route(`${system.PACS_API_BASE}/studies/us/series/colour/stack`, async (route) => {
    const answer = await route.fetch();
    const refused = [{ image_id: "2", reason: "It has no pixels." }];
    await route.fulfill({ response: answer, json: { ...(await answer.json()), refused } });
  });
  await look(page, "/studies/us");
  await page.getByText("1 file of this series cannot be shown: It has no pixels.").waitFor();
  await choose(page, "gaussian");
  await goto(page, "/studies/us/series/colour/images/2");
  await page.getByText("Image 2 cannot be shown").waitFor();
  assert.equal(await page.getByRole("button", { name: "Process", exact: true }).isDisabled(), true, "no other image");
});

test("a storage that is full from the start hinders nothing, and what it cannot keep is named", async () => {
  const page = await open();
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await look(page, imagePath(3));
  await page.getByRole("button", { name: "Point", exact: true }).click();
  await page.getByRole("application").click();
  await page.getByRole("alert").filter({ hasText: "measurements last only until the page is left" }).waitFor();
  await page.getByTestId("measurements").getByText("Measurements (1)").waitFor();
  await page.keyboard.press("Delete");
  await page.getByRole("button", { name: "Put the removed one back" }).click();
  await page.getByTestId("point").waitFor();
});

test("a comparison tells of what is painted: the difference and its range, both values under a swipe", async () => {
  const page = await open();
  await look(page, imagePath(12));
  await choose(page, "gaussian");
  await send(page);
  await waitState(page, "succeeded");
  await job(page).getByRole("button", { name: "Open the result" }).click();
  const value = async (mode) => {
    await page.getByText(mode, { exact: true }).click();
    await page.locator(`[data-mode="${mode.toLowerCase()}"] canvas[data-index]`).first().waitFor();
    const box = await page.getByRole("application").last().boundingBox();
    await page.mouse.move(box.x + box.width / 2 + 1, box.y + box.height / 2);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    return page.getByTestId("value").textContent();
  };
  const [, apart, from, to] = /^(-?[\d.]+) \((-?[\d.]+) → (-?[\d.]+)\)/.exec(await value("Difference")).map(Number);
  assert.ok(Math.abs(to - from - apart) < 0.02, `${to} - ${from} = ${apart}`);
  const range = /± ([\d.]+)/.exec(await page.getByTestId("window").textContent())[1];
  assert.match(await page.getByTestId("legend").textContent(), new RegExp(`−${range}.*\\+${range}`));
  await page.getByRole("button", { name: "Histogram" }).click();
  await page.getByRole("img", { name: new RegExp(`the window spans -${range} to ${range}$`) }).waitFor();
  assert.match(await value("Swipe"), new RegExp(`^${from} \\| ${to} `));
  // A result that cannot be fetched says so, and can be asked for again.
  await page.waitForURL(/mode=swipe/);
  await page.route("**/values.mha*", (route) => route.abort());
  await page.reload();
  await page.getByRole("alert").filter({ hasText: "The server does not answer." }).waitFor();
  await page.unroute("**/values.mha*");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator('[data-mode="swipe"] canvas[data-index]').first().waitFor();
});
