// Operators: the page System in both languages, without a violation of WCAG; where it is not shown, it says how to look.
import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "./axe.mjs";
import { goto, open, system, tidy } from "./browser.mjs";

tidy();

test("an operator sees queues, tasks, durations and failures; elsewhere the page says how to look", async () => {
  const page = await open({ colours: "light", reducedMotion: "reduce" });
  await goto(page, "/");
  await page.getByRole("link", { name: "System", exact: true }).click();
  const queues = page.getByRole("region", { name: "Queues and tasks" });
  await queues.getByRole("row", { name: /gaussian/ }).waitFor();
  await page
    .getByRole("region", { name: /^Durations/ })
    .getByRole("row", { name: /gaussian/ })
    .waitFor();
  assert.match(await page.title(), /^System · /);
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: /^IT:/ }).click();
  await page.getByRole("heading", { name: "Code e task" }).waitFor();
  await goto(page, "/system", system.guarded);
  await page.getByText("This page does not show the system").waitFor();
  assert.equal(await page.getByRole("link", { name: "System", exact: true }).count(), 0);
  assert.deepEqual(page.errors, []);
});
