// Everybody: no violation of WCAG 2.2 A or AA on any page in either colour scheme; the flow by keyboard alone; Italian.
import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "./axe.mjs";
import { choose, goto, imagePath, job, look, open, send, settled, system, tidy, waitState } from "./browser.mjs";
import { smallTargets } from "./targets.mjs";

tidy();

for (const colours of ["dark", "light"]) {
  test(`axe finds nothing on any page, ${colours}`, async () => {
    const page = await open({ colours, reducedMotion: "reduce" });
    const pages = {
      async start() {
        await goto(page, "/");
        await page.getByRole("link", { name: /BRAIN/ }).waitFor();
      },
      async entry() {
        await page.getByRole("button", { name: "Enter identifiers" }).click();
        await page.getByRole("button", { name: "Open", exact: true }).click();
      },
      async image() {
        await look(page, imagePath(12));
        await choose(page, "gaussian");
      },
      async jobs() {
        await send(page);
        await waitState(page, "succeeded");
      },
      async result() {
        await job(page).getByRole("button", { name: "Open the result" }).click();
        await page.locator('[data-testid="view-Result"] canvas[data-index]').waitFor();
      },
      async swipe() {
        await page.getByText("Swipe", { exact: true }).click();
      },
      async difference() {
        await page.getByText("Difference", { exact: true }).click();
      },
      async failed() {
        await look(page, "/studies/us");
        await choose(page, "curvature_flow");
        await send(page);
        await waitState(page, "failed");
      },
      async tablet() {
        await page.setViewportSize({ width: 768, height: 1024 });
        await look(page, imagePath(12));
      },
      async panes() {
        await page.setViewportSize({ width: 1280, height: 800 });
        await look(page, "/studies/long/series/thick?panes=4&pane1=axial&pane2=coronal+max10&pane3=sagittal");
        await page.locator("canvas[data-index]").nth(3).waitFor();
        await page.getByTestId("planeBar").waitFor();
      },
      async panesMenu() {
        await page.getByRole("button", { name: "Panes", exact: true }).click();
        await page.getByRole("menu").waitFor();
      },
      async sourceMenu() {
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: /^Pane 2 shows/ }).click();
        await page.getByRole("menu").waitFor();
      },
      async viewMenu() {
        await look(page, "/studies/ct");
        await page.getByRole("button", { name: "View", exact: true }).click();
        await page.getByRole("menuitem", { name: "Turn right" }).waitFor();
      },
      async tags() {
        await page.getByRole("menuitem", { name: /Attributes of the file/ }).click();
        await page.getByTestId("tag").first().waitFor();
      },
      async list() {
        await page.keyboard.press("Escape");
        await page.getByRole("link", { name: "Jobs", exact: true }).click();
        await page.getByRole("button", { name: "Release" }).waitFor();
      },
      async catalogue() {
        await goto(page, "/algorithms");
        await page.getByRole("heading", { name: "Algorithms" }).waitFor();
      },
      async algorithm() {
        await page.getByRole("link", { name: /gaussian/ }).click();
        await page.getByTestId("curl").waitFor();
      },
      async help() {
        await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
        await page.getByRole("dialog").waitFor();
      },
      async missing() {
        await goto(page, "/nowhere");
        await page.getByText("There is no page at this address").waitFor();
      },
      async signIn() {
        await goto(page, imagePath(12), system.guarded);
        await page.getByText("This system asks you to sign in").waitFor();
      },
    };
    const found = {};
    for (const [name, reach] of Object.entries(pages)) {
      await reach();
      const some = await violations(page);
      if (some.length) found[name] = some;
    }
    assert.deepEqual(found, {});
  });
}

test("the viewer is at most 15 Tabs from the top beside 100 images, of which the arrow keys reach each", async () => {
  const page = await open();
  await look(page, "/studies/long");
  const viewer = page.getByRole("application");
  const on = (target) => target.evaluate((element) => element === document.activeElement);
  let steps = 0;
  let listed = 0;
  for (; !(await on(viewer)); steps++) {
    assert.ok(steps < 40, "the viewer is not reached by Tab");
    await page.keyboard.press("Tab");
    listed += await page.evaluate(() =>
      Number(document.activeElement.closest("[data-testid=series], [data-testid=images]") !== null),
    );
  }
  assert.equal(listed, 2, "one stop in each of the two lists");
  assert.ok(steps <= 15, `${steps} Tabs`);
  assert.ok(await page.getByRole("link", { name: /HEAD THICK/ }).isVisible(), "the other series is at hand");
  await page.getByTestId("images").locator('a[tabindex="0"]').focus();
  await page.keyboard.press("End");
  await page.getByTestId("images").getByRole("link", { name: "100 100" }).and(page.locator(":focus")).waitFor();
  // The viewer's letters work from there, too, and in no field.
  const invert = (pressed) => page.getByRole("button", { name: "Invert", pressed }).waitFor();
  await page.keyboard.press("i");
  await invert(true);
  await page.getByRole("textbox").first().focus();
  await page.keyboard.press("i");
  await invert(true);
});

test("by keyboard alone: from the list to the result", async () => {
  const page = await open();
  await goto(page, "/");
  const link = page.getByRole("link", { name: /BRAIN/ });
  await link.waitFor();
  const tabTo = async (target, most = 60) => {
    for (let i = 0; i < most; i++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail("not reached by Tab");
  };
  // The list is one stop, at its first row; arrows lead to the others.
  await tabTo(page.getByTestId("studies").locator('a[tabindex="0"]'));
  while (!(await link.evaluate((element) => element === document.activeElement))) {
    const before = await page.evaluate(() => document.activeElement.getAttribute("href"));
    await page.keyboard.press("ArrowDown");
    const moved = (from) => document.activeElement.getAttribute("href") !== from;
    await page.waitForFunction(moved, before); // it fails at the end of the list
  }
  await page.keyboard.press("Enter");
  await page.locator("canvas[data-index]").waitFor();
  await tabTo(page.getByRole("application"));
  const algorithm = page.getByRole("combobox", { name: "Algorithm" });
  await tabTo(algorithm);
  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: "gaussian" }).waitFor();
  for (let i = 0; i < 5 && (await algorithm.inputValue()) !== "gaussian"; i++) {
    await page.keyboard.press("ArrowDown");
    const active = await page.evaluate(
      () => document.querySelector('[role="option"][data-combobox-selected]')?.textContent,
    );
    if (active?.includes("gaussian")) await page.keyboard.press("Enter");
  }
  assert.equal(await algorithm.inputValue(), "gaussian");
  await tabTo(page.getByRole("button", { name: "Process", exact: true }));
  await page.keyboard.press("Enter");
  await waitState(page, "succeeded");
  await tabTo(job(page).getByRole("button", { name: "Open the result" }));
  await page.keyboard.press("Enter");
  await page.locator('[data-testid="view-Result"] canvas[data-index]').waitFor();
});

test("on a phone no page is wider than the screen, in English and Italian, and each has one heading of the first level", async () => {
  for (const locale of ["en-GB", "it-IT"]) {
    const page = await open({ locale, viewport: { width: 390, height: 844 } });
    for (const path of ["/", imagePath(12), "/jobs", "/algorithms", "/algorithms/gaussian", "/nowhere"]) {
      await goto(page, path);
      await page.locator("h1").first().waitFor({ state: "attached" });
      await settled(page);
      const wide = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        const main = document.getElementById("main");
        return Math.max(scrollWidth - clientWidth, main.scrollWidth - main.clientWidth);
      });
      assert.deepEqual([path, wide, await page.locator("h1").count()], [path, 0, 1]);
    }
  }
});

test("the page speaks Italian to who asks for it, and nothing is cut off on a tablet", async () => {
  const page = await open({ locale: "it-IT", viewport: { width: 1024, height: 768 } });
  await look(page, imagePath(12));
  await page.getByRole("button", { name: "Elabora" }).waitFor();
  assert.equal(await page.getAttribute("html", "lang"), "it");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0);
});

test("for a finger every control is at least 44 px", async () => {
  const page = await open({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  const found = {};
  const judge = async (name) => {
    await settled(page);
    const small = await smallTargets(page);
    if (small.length) found[name] = small;
  };
  const planes = "/studies/long/series/thick?pane1=coronal";
  for (const path of ["/", imagePath(12), planes, "/jobs", "/algorithms", "/algorithms/gaussian"]) {
    await goto(page, path);
    await page.locator("h1").first().waitFor({ state: "attached" });
    if (path.startsWith("/studies")) await page.locator("canvas[data-index]").waitFor();
    if (path === imagePath(12)) {
      await page.getByRole("button", { name: "Point", exact: true }).tap();
      await page.getByRole("application").tap();
      await page.getByText("Measurements (1)").tap();
    }
    await judge(path);
  }
  await look(page, imagePath(12));
  await choose(page, "gaussian");
  await send(page);
  await waitState(page, "succeeded");
  await judge("a job");
  await job(page).getByRole("button", { name: "Open the result" }).tap();
  await page.locator('[data-testid="compare"] canvas[data-index]').first().waitFor();
  await judge("a result");
  assert.deepEqual(found, {});
});
