// Jobs through trouble: a reload, a cancel, a killed worker, a fault of the form, an expired client.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { choose, close, control, goto, imagePath, job, look, open, send, setNumber, waitState } from "./browser.mjs";

after(close);

async function slowJob(page, iterations) {
  await look(page, imagePath(3));
  await choose(page, "curvature_flow");
  await setNumber(page, /^Iterations/, iterations);
  await send(page);
}

test("a reload in the middle of a job: it is still there, and its result comes", async () => {
  const page = await open();
  await slowJob(page, 60);
  await waitState(page, "running");
  await page.reload();
  assert.equal(await page.getByTestId("job").count(), 1);
  await waitState(page, "succeeded", 0, 120_000);
  await page.context().close();
});

test("cancel stops a running job and says so", async () => {
  const page = await open();
  await slowJob(page, 1000);
  await waitState(page, "running");
  await job(page).getByRole("button", { name: "Cancel" }).click();
  await waitState(page, "cancelled", 0, 30_000);
  await job(page).getByText("It can be run again.").waitFor();
  await page.context().close();
});

test("a worker killed in the middle: the page says so and the result still comes", async () => {
  const page = await open();
  await slowJob(page, 120);
  await waitState(page, "running");
  const { killed } = await control("kill-worker curvature_flow");
  assert.ok(killed.length >= 1, "a worker was killed");
  await job(page)
    .getByText(/The worker stopped in the middle; the job runs again \(attempt 2\)/)
    .waitFor({ timeout: 120_000 });
  await waitState(page, "succeeded", 0, 150_000);
  await page.context().close();
});

test("a fault of the form is shown at its field, and no job is left behind", async () => {
  const page = await open();
  await look(page, imagePath(3));
  await choose(page, "gaussian");
  await setNumber(page, /^Sigma/, -3);
  await send(page);
  const field = page.getByRole("textbox", { name: /^Sigma/ }).first();
  await page.getByText(/must be/).waitFor();
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  const described = (await field.getAttribute("aria-describedby")).split(" ");
  const words = await page.evaluate(
    (ids) => ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" "),
    described,
  );
  assert.match(words, /must be/);
  assert.equal(await page.getByTestId("job").count(), 0);
  await setNumber(page, /^Sigma/, 1);
  await send(page);
  await waitState(page, "succeeded");
  await page.context().close();
});

test("an input that the algorithm cannot take fails with a reason and advice", async () => {
  const page = await open();
  await look(page, "/studies/us");
  await choose(page, "curvature_flow");
  await send(page);
  await waitState(page, "failed");
  await job(page).getByText("Choose another image, or another scope.").waitFor();
  await page.context().close();
});

test("an expired client is provisioned again and the page says so; run again fills the form", async () => {
  const page = await open();
  await look(page, imagePath(3));
  await choose(page, "gaussian");
  await setNumber(page, /^Sigma/, 3);
  await send(page);
  await waitState(page, "succeeded");
  const client = await page.evaluate(() => {
    const kept = JSON.parse(sessionStorage.getItem("imaging.v1"));
    const { clientId } = kept.client;
    kept.client.token = `${clientId}.${"x".repeat(43)}`;
    sessionStorage.setItem("imaging.v1", JSON.stringify(kept));
    return clientId;
  });
  await goto(page, imagePath(4));
  await page.locator("canvas[data-index]").waitFor();
  await job(page).getByRole("button", { name: "Run again" }).click();
  await page.waitForURL(/images\/2\.25\.100203$/);
  assert.equal(
    await page
      .getByRole("textbox", { name: /^Sigma/ })
      .first()
      .inputValue(),
    "3",
  );
  await send(page);
  await page.getByText(/The results queue had expired/).waitFor();
  await waitState(page, "succeeded");
  const renewed = await page.evaluate(() => JSON.parse(sessionStorage.getItem("imaging.v1")).client.clientId);
  assert.notEqual(renewed, client);
  await page.context().close();
});

test("a client is released by hand", async () => {
  const page = await open();
  await look(page, imagePath(3));
  await choose(page, "gaussian");
  await send(page);
  await waitState(page, "succeeded");
  await page.getByRole("link", { name: "Jobs" }).click();
  await page.getByRole("button", { name: "Release" }).click();
  await page.getByText("The client was released").waitFor();
  assert.equal(await page.evaluate(() => JSON.parse(sessionStorage.getItem("imaging.v1")).client), null);
  await page.context().close();
});
