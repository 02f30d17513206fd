// Pictures of every state that people meet, at each width, in both colour schemes and languages, with axe on each:
// build/screenshots/<state>-<width>-<colours>-<language>.png (on a phone also -2 and -3, farther down) and report.json. It fails if anything is found.
// ONLY=viewer,result WIDTHS=390,1440 COLOURS=dark LANGUAGES=it take some of them.
import { mkdirSync, writeFileSync } from "node:fs";
import { violations } from "./axe.mjs";
import { close, open, settled } from "./browser.mjs";
import { clipped } from "./clipped.mjs";
import { states as archive } from "./states/archive.mjs";
import { states as jobs } from "./states/jobs.mjs";
import { states as results } from "./states/results.mjs";
import { states as viewer } from "./states/viewer.mjs";

const PARTS = 3;
const HEIGHTS = { 390: 844, 1024: 768, 1440: 900, 1920: 1080, 3840: 2160 };
const list = (name, usual) => process.env[name]?.split(",") ?? usual;
const widths = list("WIDTHS", Object.keys(HEIGHTS)).map(Number);
const schemes = list("COLOURS", ["dark", "light"]);
const languages = list("LANGUAGES", ["en", "it"]);
const groups = [archive, viewer, jobs, results];
const names = list("ONLY", groups.flatMap(Object.keys));
const folder = new URL("../../../build/screenshots/", `file://${process.env.HERE}`);
mkdirSync(folder, { recursive: true });

/** Scrolls to what lies below the window; false if there is nothing. */
async function below(page) {
  const moved = await page.evaluate(() => {
    const main = document.getElementById("main");
    const before = main.scrollTop;
    main.scrollBy(0, main.clientHeight);
    return main.scrollTop > before;
  });
  await settled(page);
  return moved;
}

/** States are found by their English words; language and colours change afterwards, by the page's own buttons. */
async function show(page, language, colours, width) {
  await page.setViewportSize({ width, height: HEIGHTS[width] ?? Math.round(width * 0.5625) });
  // A click by the pointer would close an open menu.
  await page.evaluate(
    ([tongue, scheme]) => {
      const { documentElement } = document;
      if (documentElement.lang !== tongue) document.querySelector("header button[lang]").click();
      if (documentElement.dataset.mantineColorScheme !== scheme)
        [...document.querySelectorAll(".header button")].at(-1).click();
    },
    [language, colours],
  );
  await page.waitForFunction(
    ([tongue, scheme]) =>
      document.documentElement.lang === tongue &&
      document.documentElement.dataset.mantineColorScheme === scheme &&
      // Italian is loaded when it is asked for: the button then names the other language.
      document
        .querySelector(`header button[lang="${tongue === "it" ? "en" : "it"}"]`)
        ?.ariaLabel.startsWith(tongue === "it" ? "EN" : "IT"),
    [language, colours],
  );
  await settled(page);
  // What lies outside of the screen is not loaded.
  await page.waitForFunction(() =>
    [...document.images].every((one) => one.complete || one.getBoundingClientRect().top > window.innerHeight),
  );
  await settled(page);
}

const report = {};
for (const name of names) {
  const group = groups.find((one) => name in one);
  const page = await open({
    colours: schemes[0],
    language: "en",
    reducedMotion: "reduce",
    viewport: { width: 1440, height: 900 },
  });
  page.setDefaultTimeout(60_000);
  const note = (at, found) => {
    if (found.length === 0) return;
    report[at] = found;
    console.error(`${at}:\n  ${found.map((one) => one.replaceAll("\n", " ")).join("\n  ")}`);
  };
  try {
    await group[name](page);
    for (const language of languages)
      for (const colours of schemes)
        for (const width of widths) {
          const at = `${name}-${width}-${colours}-${language}`;
          await show(page, language, colours, width);
          await page.screenshot({ path: new URL(`${at}.png`, folder).pathname });
          // A phone's page goes on below the window.
          for (let part = 2; part <= PARTS && width < 861 && (await below(page)); part++)
            await page.screenshot({ path: new URL(`${at}-${part}.png`, folder).pathname });
          await page.evaluate(() => document.getElementById("main").scrollTo(0, 0));
          note(at, [...(await clipped(page)), ...(await violations(page))]);
        }
    note(`${name}-errors`, page.errors);
  } catch (error) {
    note(name, [error.message.split("\n")[0]]);
    await page.screenshot({ path: new URL(`${name}-failed.png`, folder).pathname }).catch(() => undefined);
  }
  await page.context().close();
  console.log(name);
}
writeFileSync(new URL("report.json", folder), JSON.stringify(report, null, 2));
await close();
process.exit(Object.keys(report).length ? 1 : 0);
