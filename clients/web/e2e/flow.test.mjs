// The whole flow from an empty browser to a compared result.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { choose, goto, imagePath, job, look, open, send, setNumber, stored, tidy, waitState } from "./browser.mjs";

tidy();

test("2-D: from an empty browser to a compared and downloaded result, without a violation of the policy", async () => {
  const page = await open();
  await goto(page, "/");
  await page.getByRole("link", { name: /BRAIN/ }).click();
  await page.locator("canvas[data-index]").waitFor();
  await choose(page, "gaussian");
  await setNumber(page, /^Sigma/, 2);
  await send(page);
  await job(page).waitFor();
  await waitState(page, "succeeded");
  await job(page).getByRole("button", { name: "Open the result" }).click();
  await page.getByTestId("compare").waitFor();
  await page.locator('[data-testid="view-Result"] canvas[data-index]').waitFor();
  await page.getByRole("complementary", { name: "Details" }).getByText("Image 1 of 20").waitFor();
  // The result is another image than its source, smoothed in the same place.
  const [a, b] = await page.evaluate(() =>
    [...document.querySelectorAll("canvas")].map((c) => {
      const { data } = c.getContext("2d").getImageData(0, 0, c.width, c.height);
      let rough = 0;
      let mean = 0;
      for (let i = 0; i < data.length; i += 4) {
        mean += data[i];
        if (i + 4 < data.length) rough += Math.abs(data[i] - data[i + 4]);
      }
      return { rough: rough / (data.length / 4), mean: mean / (data.length / 4) };
    }),
  );
  assert.ok(b.rough < a.rough * 0.8, `smoothed: ${a.rough} -> ${b.rough}`);
  assert.ok(Math.abs(a.mean - b.mean) < 0.15 * a.mean, `as bright: ${a.mean} -> ${b.mean}`);
  for (const mode of ["Swipe", "Difference"]) {
    await page.getByText(mode, { exact: true }).click();
    await page.locator(`[data-testid="compare"][data-mode="${mode.toLowerCase()}"]`).waitFor();
    await page.locator("canvas[data-index]").first().waitFor();
  }
  await page.getByTestId("times").locator("summary").click();
  await page.getByTestId("timeline").getByRole("rowheader", { name: "Computed" }).waitFor();
  for (const [name, file, start] of [
    [/^Values/, /^[0-9a-f]{8}-.+\.mha$/, "ObjectType = Image"],
    [/^Preview/, /^[0-9a-f]{8}-.+\.png$/, "\x89PNG"],
  ]) {
    const saving = page.waitForEvent("download");
    await page.getByRole("link", { name }).click();
    const saved = await saving;
    assert.match(saved.suggestedFilename(), file);
    assert.equal((await readFile(await saved.path())).toString("latin1", 0, start.length), start);
  }
  assert.deepEqual(page.errors, []);
});

test("3-D: a whole series, its planes linked with their source", async () => {
  const page = await open();
  await look(page, imagePath(10));
  await choose(page, "median");
  await page.getByText(/^Series \(20\)/).click();
  await send(page);
  await waitState(page, "succeeded", 0, 90_000);
  await job(page).getByRole("button", { name: "Open the result" }).click();
  const views = [page.getByTestId("view-Source"), page.getByTestId("view-Result")];
  for (const view of views) await view.locator("canvas[data-index]").waitFor();
  await views[0].getByRole("application").focus();
  await page.keyboard.press("End");
  for (const view of views) await view.locator('canvas[data-index="19"]').waitFor();
  await page.getByText("Image 20 of 20").first().waitFor();
  await page.getByText("Preview (20)").click();
  const outputs = await page.locator("a[download]").count();
  assert.equal(outputs, 22, "values, mosaic and twenty previews");
});

test("two browsers at once each see only their own results", async () => {
  const pages = await Promise.all([open(), open()]);
  const clients = [];
  for (const [i, page] of pages.entries()) {
    await look(page, imagePath(5 + i));
    await choose(page, "gaussian");
    await setNumber(page, /^Sigma/, 1 + i);
  }
  await Promise.all(pages.map(send));
  for (const page of pages) {
    await waitState(page, "succeeded");
    assert.equal(await page.getByTestId("job").count(), 1);
    clients.push(await stored(page));
  }
  assert.notEqual(clients[0].client.clientId, clients[1].client.clientId);
  for (const [i, { client, jobs }] of clients.entries()) {
    assert.equal(jobs[0].result.client_id, client.clientId);
    assert.equal(jobs[0].result.parameters.sigma, 1 + i);
  }
});
