// A volume of which a plane is missing: what is shown where it lies, and what is said.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look, open, tidy } from "./browser.mjs";

tidy();

const pane = (page, n) => page.getByRole("region", { name: `Pane ${n}`, exact: true });
const canvas = (page, n) => pane(page, n).locator("canvas[data-index]");

test("a plane that cannot be read is a gap in planes that are cut, and is named; without an answer nothing is cut", async () => {
  const page = await open();
  let answer = { status: 422, json: { code: "input_unreadable", detail: "The pixels are cut short." } };
  await page.route("**/series/thick/images/010/pixels?**", (route) =>
    answer ? route.fulfill(answer) : route.abort("connectionreset"),
  );
  await look(page, "/studies/long/series/thick?panes=2&pane1=coronal&pane2=sagittal");
  for (const n of [1, 2]) {
    await canvas(page, n).waitFor();
    await pane(page, n).getByTestId("missingPlanes").filter({ hasText: "Image 10 cannot be read" }).waitFor();
  }
  /** Rows of a pane that are black from one side to the other. */
  const empty = await canvas(page, 1).evaluate((element) => {
    const { data, width } = element.getContext("2d").getImageData(0, 0, element.width, element.height);
    const rows = Array.from({ length: element.height }, (_, row) =>
      data.subarray(4 * row * width, 4 * (row + 1) * width),
    );
    return rows.filter((row) => row.every((level, at) => at % 4 === 3 || level === 0)).length / rows.length;
  });
  // From the ninth to the eleventh of 29 planes.
  assert.ok(Math.abs(empty - 2 / 28) < 0.02, `${empty} of the coronal plane has no values`);
  answer = null;
  await page.reload();
  const failed = pane(page, 1).getByRole("alert").filter({ hasText: "The volume cannot be loaded" });
  await failed.waitFor();
  await page.unroute("**/series/thick/images/010/pixels?**");
  await failed.getByRole("button", { name: "Try again" }).click();
  await canvas(page, 1).waitFor();
  assert.equal(await pane(page, 1).getByTestId("missingPlanes").count(), 0);
});
