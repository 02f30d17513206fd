// Further inputs of an algorithm: what fits is offered, what was measured can be given, an output begins a chain.
import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, imagePath, job, look, open, send, tidy, until, waitState } from "./browser.mjs";
import { declareOutputs } from "./declared.mjs";

tidy();

/** Lets the catalogue say that gaussian takes further inputs; no installed algorithm does. */
async function declare(page) {
  const port = (name, type, more) => ({ name, type, description: `the ${name}`, required: false, scopes: [], ...more });
  const inputs = [
    port("earlier", "image", { required: true, scopes: ["series"] }),
    port("seeds", "points"),
    port("baseline", "image", { many: true, scopes: ["image"] }),
  ];
  await page.route(/\/algorithms$/, async (route) => {
    if (route.request().isNavigationRequest()) return route.fallback();
    const answer = await route.fetch();
    const body = await answer.json();
    for (const one of body.algorithms) if (one.name === "gaussian") one.inputs = inputs;
    await route.fulfill({ response: answer, json: body });
  });
}

const pick = async (page, name, option) => {
  await page.getByTestId(`input-${name}`).getByRole("combobox").click();
  await page.getByRole("option", { name: option }).first().click();
};

test("series, points and outputs of earlier jobs become inputs of a request, and a chain begins at a result", async () => {
  const page = await open();
  await look(page, "/studies/long/series/thick");
  await choose(page, "gaussian");
  await send(page);
  await waitState(page, "succeeded");
  await declare(page);
  await page.reload();
  await page.locator("canvas[data-index]").waitFor();
  await choose(page, "gaussian");
  const run = page.getByRole("button", { name: "Process", exact: true });
  await page.getByTestId("missing").filter({ hasText: "earlier" }).waitFor();
  assert.ok(await run.isDisabled());
  await pick(page, "earlier", /HEAD 512/);
  await until(() => run.isEnabled(), "nothing is missing");
  assert.ok(await page.getByTestId("input-seeds").getByRole("combobox").isDisabled(), "nothing is measured yet");
  await page.getByRole("button", { name: "Measure", exact: true }).click();
  const box = await page.getByRole("application").boundingBox();
  for (const [x, y] of [
    [0.4, 0.4],
    [0.6, 0.5],
  ])
    await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
  await pick(page, "seeds", "2 points");
  await pick(page, "baseline", /HEAD THICK · Image \d+/);
  await pick(page, "baseline", /gaussian · image/);
  let sent;
  await page.route("**/process/gaussian", async (route) => {
    sent = route.request().postDataJSON();
    await route.fulfill({ status: 422, json: { code: "invalid_parameters", detail: "seen" } });
  });
  await run.click();
  await page.getByText("seen").first().waitFor();
  const { earlier, seeds, baseline } = sent.inputs;
  assert.deepEqual(earlier, { study_id: "long", series_id: "head", scope: "series" });
  assert.equal(seeds.points.length, 2);
  assert.equal(seeds.points[0].position.length, 3);
  assert.deepEqual(Object.keys(baseline[0]).sort(), ["image_id", "scope", "series_id", "study_id"]);
  assert.match(baseline[1].job_id, /^[0-9a-f]{32}$/);
  await job(page).getByRole("button", { name: "Open the result" }).click();
  await page.getByRole("button", { name: "Use as input of …" }).click();
  await page.getByRole("menuitem", { name: /gaussian · earlier/ }).click();
  await page.locator("canvas[data-index]").waitFor();
  assert.match(await page.getByTestId("input-earlier").getByRole("combobox").inputValue(), /^gaussian · image · /);
});

test("declared outputs are shown by their names: labels in their colours, quantities with units, points as a list", async () => {
  const page = await open();
  const { rows, columns } = await declareOutputs(page);
  await look(page, imagePath(12));
  await choose(page, "gaussian");
  await send(page);
  await waitState(page, "succeeded");
  await job(page).getByRole("button", { name: "Open the result" }).click();
  await page.locator('[data-testid="compare"][data-mode="mask"] canvas[data-index]').waitFor();
  await page.getByTestId("labels").getByText("grey matter").waitFor();
  const swatch = page.getByTestId("labels").locator("li span").first();
  assert.equal(await swatch.evaluate((element) => getComputedStyle(element).backgroundColor), "rgb(200, 30, 10)");
  const box = await page.getByRole("application").boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.45);
  await page.getByTestId("value").filter({ hasText: "grey matter" }).waitFor();
  await page.getByText("12.35 ml").waitFor();
  const list = page.getByTestId("list-landmarks");
  await page.locator('[data-testid="place"][data-name="AC"]').waitFor();
  assert.equal(await page.getByTestId("place").count(), 1, "what lies on another plane is not drawn");
  const [canvas, circle] = await Promise.all([
    page.locator("canvas[data-index]").boundingBox(),
    page.getByTestId("place").locator("circle").boundingBox(),
  ]);
  const drawn = [
    ((circle.x + circle.width / 2 - canvas.x) / canvas.width) * columns - 0.5,
    ((circle.y + circle.height / 2 - canvas.y) / canvas.height) * rows - 0.5,
  ];
  assert.deepEqual(drawn.map(Math.round), [200, 70]);
  await list.getByRole("button", { name: "Go to AC" }).click();
  await page.locator('[data-testid="place"][data-selected]').waitFor();
  await list.getByLabel("Drawn over the image").click();
  await until(async () => (await page.getByTestId("place").count()) === 0, "places are switched off");
  await page.getByRole("radiogroup", { name: "Output" }).getByText("smooth").click();
  await page.locator('[data-testid="view-Result"] canvas[data-index]').or(page.getByTestId("labels")).first().waitFor();
});
