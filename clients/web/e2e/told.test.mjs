// What a file says of its values and colours, or asks of those who show it, that is told and not applied.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look, open, system, tidy } from "./browser.mjs";

tidy();

test("an image says what its file asks for and is not done, and what a value stands for beside its unit", async () => {
  const page = await open({ language: "it" });
  const mapping = { label: "SUV", unit: "g/ml{SUVbw}", first: null, last: null, slope: 0.5, intercept: 1 };
  await page.route(`${system.PACS_API_BASE}/studies/ct/series/small/stack`, async (route) => {
    const answer = await route.fetch();
    const told = await answer.json();
    for (const one of told.images) {
      const not_applied = ["ShutterShape", "MaskSubtractionSequence", "ModalityLUTSequence"];
      Object.assign(one, { not_applied, colour_profile: "Adobe RGB" });
      for (const plane of one.planes) {
        Object.assign(plane, { slope: 1, intercept: 0 });
        plane.real_world_values = [mapping, { ...mapping, label: "ADC", slope: null, intercept: null }];
      }
    }
    await route.fulfill({ response: answer, json: told });
  });
  await look(page, "/studies/ct");
  await page.getByTestId("told").nth(5).waitFor();
  assert.deepEqual(await page.getByTestId("told").allTextContents(), [
    "Shutter non applicato",
    "Maschera non sottratta",
    "Tabella per l’intensità del fascio non applicata",
    "Profilo colore «Adobe RGB» non applicato",
    "I valori indicano anche: SUV (g/ml)",
    "Secondo una tabella, non mostrati: ADC (g/ml)",
  ]);
  await page.getByRole("application").hover();
  const said = await page.getByTestId("realWorld").textContent();
  const [stored] = /^-?[\d,]+/.exec(await page.getByTestId("value").textContent());
  const [, value, unit] = /^SUV (-?[\d,]+) (.*)$/.exec(said);
  const number = (text) => Number(text.replace(",", "."));
  assert.deepEqual([number(value), unit], [number(stored) * 0.5 + 1, "g/ml"]);
});
