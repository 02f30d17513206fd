// Jobs through trouble: a reload, a cancel, a killed worker, a fault of the form, an expired client.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cancelledJob,
  choose,
  control,
  expire,
  faultyField,
  goto,
  imagePath,
  job,
  look,
  open,
  openMask,
  partialMask,
  rewriteResults,
  send,
  setNumber,
  slowJob,
  stored,
  system,
  tidy,
  unsupportedJob,
  until,
  waitState,
} from "./browser.mjs";

tidy();

/** Waits until the system itself, asked more often than the page asks, says that the page's newest job is so. */
async function inState(page, ...states) {
  await until(async () => (await stored(page)).jobs[0]?.jobId, "the job's number");
  const { client, jobs } = await stored(page);
  const headers = { "X-Client-Token": client.token };
  await until(
    async () => {
      const answer = await fetch(`${system.API_BASE}/jobs/${jobs[0].jobId}`, { headers });
      return states.includes((await answer.json()).state);
    },
    `a job that is ${states.join(" or ")}`,
  );
}

test("a reload in the middle of a job: it is still there, and its result comes", async () => {
  const page = await open();
  await slowJob(page, 200);
  await inState(page, "running");
  await page.reload();
  await job(page).waitFor();
  assert.equal(await page.getByTestId("job").count(), 1);
  await waitState(page, "succeeded");
});

test("cancel stops a running job and says so", async () => {
  const page = await open();
  await cancelledJob(page);
  await job(page).getByText("It can be run again.").waitFor();
});

test("a worker killed in the middle: the page says so and the result still comes", async () => {
  const page = await open();
  await slowJob(page, 100);
  await inState(page, "running");
  const { killed } = await control("kill-worker curvature_flow");
  assert.ok(killed.length >= 1, "a worker was killed");
  await job(page)
    .getByText(/The process stopped in the middle; the job runs again \(attempt 2\)/)
    .waitFor();
  await waitState(page, "succeeded");
});

test("a fault of the form is shown at its field, and no job is left behind", async () => {
  const page = await open();
  await look(page, imagePath(3));
  await faultyField(page);
  const field = page.getByRole("textbox", { name: /^Sigma/ }).first();
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
});

test("an input that the algorithm cannot take fails with a reason and advice", async () => {
  const page = await open();
  await unsupportedJob(page);
  await job(page).getByText("Choose another image, or another scope.").waitFor();
});

test("an expired client is provisioned again and the page says so; run again fills the form", async () => {
  const page = await open();
  await look(page, imagePath(3));
  await choose(page, "gaussian");
  await setNumber(page, /^Sigma/, 3);
  await send(page);
  await waitState(page, "succeeded");
  const client = await expire(page);
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
  await page.getByText(/The place for results had expired/).waitFor();
  await waitState(page, "succeeded");
  assert.notEqual((await stored(page)).client.clientId, client);
});

test("another tab opens the result by its address, also one that the list has lost; a tab without jobs leaves no client", async () => {
  const page = await open();
  await look(page, imagePath(3));
  await choose(page, "gaussian");
  await send(page);
  await waitState(page, "succeeded");
  const { client, jobs } = await stored(page);
  const headers = { "X-Client-Token": client.token };
  const other = await page.context().newPage();
  await goto(other, `/jobs/${jobs[0].jobId}`);
  await other.locator('[data-testid="view-Result"] canvas[data-index]').waitFor();
  assert.equal((await stored(other)).client.clientId, client.clientId);
  await other.evaluate((key) => localStorage.removeItem(`imaging.job.${key}`), jobs[0].key);
  await other.reload();
  await other.locator('[data-testid="view-Result"] canvas[data-index]').waitFor();
  assert.equal((await stored(other)).jobs[0].jobId, jobs[0].jobId, "the service still had it");
  await other.getByRole("link", { name: "Jobs", exact: true }).click();
  await job(other)
    .getByRole("button", { name: /^Remove from the list/ })
    .click();
  await page.close({ runBeforeUnload: true });
  await other.getByRole("heading", { name: "Jobs" }).waitFor();
  await goto(other, "/config.json");
  await until(
    async () => (await fetch(`${system.API_BASE}/jobs`, { headers })).status === 401,
    "a client that is released",
  );
});

test("a batch is one row: counts, its jobs, the failed one sent again; another is cancelled as a whole", async () => {
  const page = await open();
  await rewriteResults(page, (result) => {
    if (result.pacs.series_id !== "second") return;
    const error = { code: "algorithm_failed", message: "no edges", retryable: false };
    Object.assign(result, { status: "failed", error, outputs: [] });
  });
  await look(page, "/studies/pair?scope=series");
  await choose(page, "gaussian");
  const each = page.getByRole("checkbox", { name: "Each of the 2 CT series of the study" });
  await each.check();
  await send(page);
  const row = page.getByTestId("batch");
  await row.locator('[data-state="failed"]').waitFor();
  await row.getByRole("progressbar").waitFor({ state: "detached" });
  await row.getByText("Done 1").waitFor();
  assert.equal(await page.getByTestId("job").count(), 0, "its jobs are not beside it");
  await row.getByRole("button", { name: "Show the jobs" }).click();
  assert.equal(await row.getByTestId("job").count(), 2);
  await page.unroute("**/proxy-sqs?**");
  await row.getByRole("button", { name: "Send again what failed (1)" }).click();
  await page.getByRole("article", { name: "gaussian, jobs: 1" }).locator('[data-state="succeeded"]').waitFor();
  await look(page, "/studies/long?scope=series");
  await choose(page, "curvature_flow");
  await setNumber(page, /^Iterations/, 1000);
  await each.check();
  await send(page);
  const slow = row.filter({ hasText: "curvature_flow" });
  await slow.getByRole("button", { name: "Cancel all open ones" }).click();
  await slow.getByRole("progressbar").waitFor({ state: "detached" });
  await slow.getByText("Cancelled 2").waitFor();
});

test("a batch to which no answer came may have been accepted: it is sent again, after a reload, as the same one", async () => {
  const page = await open({ language: "it" });
  const bodies = [];
  await page.route("**/process/gaussian", async (route) => {
    bodies.push(route.request().postData());
    if (bodies.length > 1) return route.fallback();
    await route.fetch();
    await route.abort();
  });
  await look(page, "/studies/pair?scope=series");
  await page.getByRole("combobox", { name: "Algoritmo" }).click();
  await page.getByRole("option", { name: "gaussian", exact: true }).click();
  await page.getByRole("checkbox", { name: /^Ognuna delle 2 serie/ }).check();
  await page.getByRole("button", { name: "Elabora", exact: true }).click();
  await page.getByRole("alert").filter({ hasText: "Senza risposta" }).waitFor();
  assert.equal(await page.locator(".toast").count(), 0, "it has not ended: nobody knows of it");
  await page.reload();
  const row = page.getByTestId("batch");
  await row.getByText("Senza risposta 2").waitFor();
  await row.getByText(/può essere stato accettato/).waitFor();
  await row.getByRole("button", { name: "Mostra i lavori" }).click();
  assert.equal(await row.getByRole("button", { name: "Invia di nuovo" }).count(), 1, "one for all, not one for each");
  await row.getByRole("button", { name: "Invia di nuovo" }).click();
  await row.getByText("Finito 2").waitFor();
  const [first, second] = bodies.map((body) => JSON.parse(body));
  assert.deepEqual(second, first);
  const { client } = await stored(page);
  const headers = { "X-Client-Token": client.token };
  assert.equal((await (await fetch(`${system.API_BASE}/jobs`, { headers })).json()).jobs.length, 2, "no second batch");
});

test("a client is released by hand", async () => {
  const page = await open();
  await look(page, imagePath(3));
  await choose(page, "gaussian");
  await send(page);
  await waitState(page, "succeeded");
  await page.getByRole("link", { name: "Jobs" }).click();
  await page.getByRole("button", { name: "Release" }).click();
  await page.getByText("The place for results was given back").waitFor();
  assert.equal((await stored(page)).client, null);
});

test("a partial result says what it lacks; a mask is laid over its source in colour", async () => {
  const page = await open();
  await partialMask(page);
  await job(page).getByText("The left half could not be measured.").waitFor();
  await openMask(page);
  const pixel = (x, y) =>
    page.evaluate(
      ([a, b]) => [...document.querySelector("canvas").getContext("2d").getImageData(a, b, 1, 1).data],
      [x, y],
    );
  const coloured = async (x, y) => {
    const [r, g, b] = await pixel(x, y);
    return Math.max(r, g, b) - Math.min(r, g, b) > 20;
  };
  assert.equal(await coloured(128, 115), true, "inside of the inner label");
  assert.equal(await coloured(128 + 40, 115), true, "inside of the outer label");
  assert.equal(await coloured(128 + 70, 115), false, "outside of the mask");
  await page.getByRole("slider", { name: "Opacity of the mask" }).focus();
  await page.keyboard.press("Home");
  await page.waitForFunction(() => {
    const [r, g, b] = document.querySelector("canvas").getContext("2d").getImageData(128, 115, 1, 1).data;
    return r === g && g === b;
  });
});

test("labels of another result are laid over the same image, listed beside its own, and taken away", async () => {
  const page = await open();
  await partialMask(page, { display: { scale: "mask" } });
  await send(page);
  await waitState(page, "partial", 1);
  await waitState(page, "partial", 0);
  await openMask(page);
  const labels = page.getByTestId("labels").getByRole("listitem");
  await until(async () => (await labels.count()) === 2, "two labels");
  await page.getByRole("button", { name: "Add labels" }).click();
  await page.getByRole("menuitem").first().click();
  await until(async () => (await labels.count()) === 4, "those of both results");
  await page.getByRole("button", { name: /^Without / }).click();
  await until(async () => (await labels.count()) === 2, "its own again");
});

test("offline: the page says so, and a job that ended meanwhile arrives when the network is back", async () => {
  const page = await open();
  await slowJob(page, 200);
  await inState(page, "running");
  await page.context().setOffline(true);
  await page.getByText(/You are offline/).waitFor();
  await inState(page, "succeeded");
  await page.context().setOffline(false);
  await waitState(page, "succeeded");
  await page.getByText(/You are offline/).waitFor({ state: "detached" });
});
