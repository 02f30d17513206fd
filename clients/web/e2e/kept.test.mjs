// What a user has done is still there after a reload, a dialog, a result and the way back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, goto, imagePath, job, look, open, send, setNumber, tidy, until, waitState } from "./browser.mjs";

tidy();

const focused = (page, name) =>
  until(
    () => page.evaluate((label) => document.activeElement?.ariaLabel?.includes(label) ?? false, name),
    `the focus on ${name}`,
  );

test("a reload keeps the algorithm and what was entered", async () => {
  const page = await open();
  await look(page, imagePath(12));
  await choose(page, "gaussian");
  await setNumber(page, /^Sigma/, 2.5);
  await page.reload();
  const sigma = page.getByRole("textbox", { name: /^Sigma/ }).first();
  await sigma.waitFor();
  assert.equal(await sigma.inputValue(), "2.5");
});

test("the way back from a study leads to the list as it was searched", async () => {
  const page = await open();
  await goto(page, "/");
  await page.getByRole("searchbox").fill("BRAIN");
  await page.waitForURL(/search=BRAIN/);
  await page.getByRole("link", { name: /BRAIN/ }).click();
  await page.locator("canvas[data-index]").waitFor();
  await page.getByRole("link", { name: "Studies", exact: true }).click();
  await page.getByRole("searchbox").waitFor();
  assert.equal(await page.getByRole("searchbox").inputValue(), "BRAIN");
});

test("the way back from the result of a series leads to the plane that was looked at", async () => {
  const page = await open();
  await look(page, imagePath(12));
  await choose(page, "curvature_flow");
  await send(page);
  await waitState(page, "succeeded");
  await job(page).getByRole("button", { name: "Open the result" }).click();
  await page.locator('canvas[data-index="11"]').last().waitFor();
  await page.getByRole("application").first().focus();
  await page.keyboard.press("ArrowDown");
  await page.locator('canvas[data-index="12"]').last().waitFor();
  await page.getByRole("link", { name: "Back to the image" }).click();
  await page.getByTestId("slice").filter({ hasText: "Image 13 of 20" }).waitFor();
});

test("the keyboard goes on at the image once a dialog is closed", async () => {
  const page = await open();
  await look(page, "/studies/ct");
  await page.getByRole("application").focus();
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await focused(page, "Source, image 1");
  await page.getByRole("button", { name: "View", exact: true }).click();
  await page.getByRole("menuitem", { name: /Attributes of the file/ }).click();
  await page.getByTestId("tag").first().waitFor();
  await page.keyboard.press("Escape");
  await focused(page, "Source, image 1");
});

test("a menu that is opened offline comes when the network is back, and nothing is lost meanwhile", async () => {
  const page = await open();
  await look(page, imagePath(3));
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "View", exact: true }).click();
  await page.getByText(/You are offline/).waitFor();
  await page.locator('canvas[data-index="2"]').waitFor();
  await page.context().setOffline(false);
  await page.getByRole("menuitem", { name: "Turn right" }).waitFor();
});
