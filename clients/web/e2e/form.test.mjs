// The form in any window and with any text: nothing covers its controls, and the focused one is wholly in view.
import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, faultyField, imagePath, look, open, send, settled, tidy, waitState } from "./browser.mjs";

tidy();

/** 1024 x 640 is 1280 x 800 at a zoom of 125 %. */
const SIZES = ["1280x800", "1366x768", "1024x700", "1024x640", "1280x400", "390x844"];
const TEXTS = {
  "as it comes": "",
  "125 % as large": "html { font-size: 125%; }",
  // The spacing of WCAG 1.4.12 in a wide font: the same test whatever fonts the machine has.
  "wide and spaced": `* {
    font-family: "DejaVu Sans Mono", monospace !important;
    line-height: 1.5 !important;
    letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important;
  }`,
};

/** What hides a control, or null: whatever covers the part in view and, if the whole should be in view, an edge. */
function hides(control, whole) {
  const element = control.type === "radio" ? control.labels[0] : control;
  const box = element.getBoundingClientRect();
  let { left, top, right, bottom } = box;
  const within = (by) => {
    [left, top] = [Math.max(left, by.left), Math.max(top, by.top)];
    [right, bottom] = [Math.min(right, by.right), Math.min(bottom, by.bottom)];
  };
  within({ left: 0, top: 0, right: innerWidth, bottom: innerHeight });
  for (let outer = element.parentElement; outer; outer = outer.parentElement) {
    if (getComputedStyle(outer).overflow !== "visible") within(outer.getBoundingClientRect());
  }
  const seen = [right - left, bottom - top].map(Math.round);
  const size = [box.width, box.height].map(Math.round);
  if (whole && String(seen) !== String(size)) return `only ${seen.join(" x ")} of ${size.join(" x ")} is seen`;
  if (Math.min(...seen) < 4) return null;
  // A third from the left: at the right, a field has buttons of its own.
  for (const y of [top + 2, (top + bottom) / 2, bottom - 2]) {
    const above = document.elementFromPoint(left + seen[0] / 3, y);
    if (!element.contains(above) && !above?.contains(element)) return `below ${above?.outerHTML.slice(0, 60)}`;
  }
  return null;
}

/** The controls that something covers, and the focused one if it is not wholly in view. */
function faults() {
  const controls = [...document.querySelectorAll("form :is(a, button, input, [role=slider])")];
  return controls.flatMap((control) => {
    const found = hides(control, control === document.activeElement);
    const name = control.ariaLabel || control.labels?.[0]?.textContent || control.textContent;
    return found ? [`${name}: ${found}`] : [];
  });
}

for (const [name, css] of Object.entries(TEXTS)) {
  test(`nothing covers a control of the form, text ${name}`, async () => {
    const page = await open({ reducedMotion: "reduce" });
    await look(page, imagePath(12));
    await choose(page, "gaussian");
    await send(page);
    await waitState(page, "succeeded");
    // Loaded again, the page no longer says that the result came; the job stays and takes its room.
    await look(page, imagePath(12));
    await choose(page, "gaussian");
    const loaded = () => [...document.fonts].some((one) => one.family.includes("Inter") && one.status === "loaded");
    assert.equal(await page.evaluate(loaded), true, "the page brings its font");
    await page.evaluate(`window.hides = ${hides}`);
    await page.evaluate((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      document.adoptedStyleSheets.push(sheet);
    }, css);
    const first = page.getByRole("combobox", { name: "Algorithm" });
    const last = page.getByRole("button", { name: "Defaults" });
    const found = new Set();
    for (const size of SIZES) {
      const [width, height] = size.split("x").map(Number);
      await page.setViewportSize({ width, height });
      await settled(page);
      await last.focus();
      await first.focus();
      for (const [key, end] of [
        ["Tab", last],
        ["Shift+Tab", first],
      ]) {
        for (let steps = 0; ; steps++) {
          for (const fault of await page.evaluate(faults)) found.add(`${size} ${fault}`);
          if (await end.evaluate((element) => element === document.activeElement)) break;
          assert.ok(steps < 30, `${await last.textContent()} is not reached by ${key}`);
          await page.keyboard.press(key);
        }
      }
    }
    assert.deepEqual([...found], []);
  });
}

test("a fault of a field is said in the page's language, and in the other one once that is chosen", async () => {
  const page = await open();
  await look(page, imagePath(12));
  await faultyField(page);
  await page.locator("header button[lang]").click();
  await page.getByText("dev’essere maggiore di 0 mm").waitFor();
  assert.equal(await page.getByText(/must be/).count(), 0);
});

test("the sheet of keys names keys as they are written on Italian keyboards", async () => {
  const page = await open({ language: "it" });
  await look(page, imagePath(12));
  await page.keyboard.press("?");
  await page.getByRole("dialog").getByText("riproduci e ferma").waitFor();
  const keys = await page.getByRole("dialog").locator("kbd").allTextContents();
  for (const key of ["Spazio", "Inizio", "Fine", "Invio", "Canc", "Maiusc ← ↑ → ↓", "Ctrl Z"])
    assert.ok(keys.includes(key), `${key} among ${keys}`);
});

test("a decimal comma is taken as a point is, and not passed over", async () => {
  const page = await open({ language: "it" });
  await look(page, imagePath(12));
  await page.getByRole("combobox", { name: "Algoritmo" }).click();
  await page.getByRole("option", { name: "gaussian", exact: true }).click();
  const sigma = page.getByRole("textbox", { name: /^Sigma/ }).first();
  await page.route("**/process/gaussian", (route) => route.abort());
  for (const typed of ["1,5", "2.5"]) {
    await sigma.fill("");
    await sigma.pressSequentially(typed);
    assert.equal(await sigma.inputValue(), typed.replace(",", "."));
    const sent = page.waitForRequest("**/process/gaussian");
    await page.getByRole("button", { name: "Elabora", exact: true }).click();
    const { parameters } = (await sent).postDataJSON();
    assert.equal(parameters.sigma, Number(typed.replace(",", ".")));
  }
});
