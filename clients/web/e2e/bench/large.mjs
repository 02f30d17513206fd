// 300 planes of 512 x 512, cut in three directions and gone through, and a study of 12 series; NiiVue between the runs.
import { goto, look, open } from "../browser.mjs";
import { memory, memoryAlone, processorTimes, quantile, round, through, traffic } from "./measure.mjs";
import { peerVolume } from "./peer.mjs";

const PLANES = 300;
const ROUNDS = 3;

/** One plane back, until it is painted. */
const back = (page) =>
  page.evaluate(async () => {
    const area = document.querySelector('[role="application"]');
    area.dispatchEvent(new WheelEvent("wheel", { deltaY: -100, bubbles: true, cancelable: true }));
    for (let n = 0; n < 2; n++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });

async function volume(query) {
  const page = await open();
  page.setDefaultTimeout(300_000); // a volume is shown when all of it is here
  const counted = await traffic(page);
  const start = performance.now();
  // A browser notes no more than 250 requests by itself: they are counted here.
  let planes = 0;
  const all = new Promise((resolve, reject) => {
    setTimeout(reject, 300_000, new Error("the planes did not all arrive within 300 s")).unref();
    page.on("requestfinished", (request) => {
      if (request.url().includes("/pixels") && ++planes === PLANES) resolve();
    });
  });
  await look(page, `/studies/volume/series/head${query}`);
  const first = performance.now() - start;
  await all;
  await page.waitForTimeout(1000);
  const loaded = performance.now() - start;
  await page.getByRole("application").first().focus();
  const { gaps, late } = await through(page, query ? 100 : PLANES - 1);
  // Back again, one by one: what a plane costs, however busy the machine is.
  const work = await processorTimes(page, 60, () => back(page));
  const found = {
    first_ms: round(first),
    loaded_ms: round(loaded),
    frame_p50_ms: round(quantile(gaps, 0.5)),
    frame_p95_ms: round(quantile(gaps, 0.95)),
    late,
    frame_work_p50_ms: round(quantile(work, 0.5)),
    frame_work_p95_ms: round(quantile(work, 0.95)),
    memory_mb: await memory(page),
    ...counted,
  };
  await page.context().close();
  return found;
}

/** What opens with a study: the list of its series with their pictures, and the first image. */
async function twelve() {
  const page = await open();
  const counted = await traffic(page);
  const start = performance.now();
  await goto(page, "/studies/twelve");
  await page.locator("canvas[data-index]").waitFor();
  await page.waitForLoadState("networkidle");
  const found = { quiet_ms: round(performance.now() - start), memory_mb: await memory(page), ...counted };
  await page.context().close();
  return found;
}

/** Each kind in turn, several times, so that what else the machine does meets all of them. */
export async function largeStudies() {
  const runs = { stack: [], coronal: [], oblique: [], twelve: [], niivue: [], memory_alone_mb: [] };
  for (let n = 0; n < ROUNDS; n++) {
    runs.stack.push(await volume(""));
    runs.niivue.push(await peerVolume(PLANES));
    runs.coronal.push(await volume("?pane1=coronal"));
    runs.oblique.push(await volume("?pane1=coronal+tilt20+turn30"));
    runs.twelve.push(await twelve());
  }
  for (const query of ["", "?pane1=coronal"])
    runs.memory_alone_mb.push(await memoryAlone(`/studies/volume/series/head${query}`));
  return runs;
}
