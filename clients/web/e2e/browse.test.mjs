// Finding images: search, identifiers, addresses; a long list; an archive that is empty or does not answer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, goto, imagePath, look, open, SERIES, STUDY, system, tidy, until } from "./browser.mjs";

tidy();

/** Answers in the place of the PACS API's list of studies. */
const studies = (page, answer) =>
  page.route(`${system.PACS_API_BASE}/studies?**`, (route) =>
    route.fulfill({
      json: answer(new URL(route.request().url()).searchParams),
      headers: { "access-control-allow-origin": "*" },
    }),
  );

test("search, filters and direct entry lead to a study", async () => {
  const page = await open();
  await goto(page, "/");
  await page.getByRole("link", { name: /BRAIN/ }).waitFor();
  await page.getByRole("searchbox").fill("axial");
  await page.waitForFunction(() => document.querySelectorAll('[data-testid="studies"] a').length === 1);
  await page.getByTestId("studies").getByRole("link", { name: /BRAIN/ }).waitFor();
  await page.getByLabel("From date").fill("2001-01-01");
  await page.getByText("Nothing found").waitFor();
  await page.getByRole("button", { name: "Enter identifiers" }).click();
  await page.getByLabel(/study_id/).fill("ct");
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByText("Needed for this scope.").first().waitFor();
  await page.getByLabel(/series_id/).fill("small");
  await page.getByLabel(/image_id/).fill("1");
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.locator("canvas[data-index]").waitFor();
  assert.match(page.url(), /\/studies\/ct\/series\/small\/images\/1/);
});

test("a deep link opens its image, and chooses its scope; an address that leads nowhere says so", async () => {
  const page = await open();
  await look(page, imagePath(7));
  await page.locator('canvas[data-index="6"]').waitFor();
  await look(page, `/studies/${STUDY}/series/${SERIES}?scope=series`);
  await choose(page, "gaussian");
  await page.getByRole("radio", { name: /^Series/, checked: true }).waitFor({ state: "attached" });
  await goto(page, `/studies/${STUDY}/series/none`);
  await page.getByText("These images are not in the archive").waitFor();
});

test("a long list is fetched page by page, and only what is seen of it is drawn", async () => {
  const page = await open();
  const asked = [];
  await studies(page, (query) => {
    const from = Number(query.get("cursor") ?? 0);
    asked.push(from);
    const some = Array.from({ length: 100 }, (_, n) => ({
      study_id: `study-${from + n}`,
      modalities: ["CT"],
      study_description: `Study ${from + n}`,
      study_date: "20260101",
    }));
    return { studies: some, next: from < 400 ? String(from + 100) : null };
  });
  await goto(page, "/");
  const rows = page.getByTestId("studies").getByRole("link");
  await rows.first().waitFor();
  assert.ok((await rows.count()) < 60, "few of a hundred are drawn");
  assert.deepEqual(asked, [0]);
  const last = page.getByRole("link", { name: /Study 499/ });
  await until(async () => {
    await page.getByTestId("studies").evaluate((list) => list.scrollTo(0, list.scrollHeight));
    return (await last.count()) === 1;
  }, "the last of five hundred studies");
  assert.deepEqual(asked, [0, 100, 200, 300, 400]);
  assert.ok((await rows.count()) < 60, "few of five hundred are drawn");
});

test("patients are named only if the stack says so, and never in an address", async () => {
  const page = await open();
  const patient = { patient_name: "ROSSI^ANNA", patient_id: "P-77" };
  await studies(page, () => ({
    studies: [{ study_id: "s", modalities: ["CT"], study_description: "CHEST", study_date: null, ...patient }],
    next: null,
  }));
  await goto(page, "/");
  const row = page.getByTestId("studies").getByRole("link", { name: /CHEST/ });
  await row.waitFor();
  assert.equal(await page.getByText("ROSSI").count(), 0);
  await page.route("**/config.json", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), PATIENT_COLUMNS: true } });
  });
  await page.reload();
  await row.filter({ hasText: "ROSSI, ANNA" }).filter({ hasText: "P-77" }).waitFor();
  await page.getByText("Patient ID", { exact: true }).waitFor();
  await page.getByRole("searchbox").fill("ches");
  await page.waitForURL(/search=ches/);
  assert.doesNotMatch(page.url() + (await row.getAttribute("href")), /ROSSI|P-77/i);
});

test("an empty archive says so; one that does not answer says so, and is asked again by hand", async () => {
  const page = await open();
  await studies(page, () => ({ studies: [], next: null }));
  await goto(page, "/");
  await page.getByText("The archive is empty").waitFor();
  await page.unrouteAll();
  await page.route(`${system.PACS_API_BASE}/**`, (route) => route.abort());
  await goto(page, "/");
  await page.getByText("The archive does not answer").waitFor();
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("link", { name: /BRAIN/ }).waitFor();
});
