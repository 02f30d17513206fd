// How quickly the page answers, in Chromium, beside NiiVue over the same server, as one JSON object on stdout.
import { close, goto, imagePath, look, open, system } from "../browser.mjs";
import { largeStudies } from "./large.mjs";
import { frames, quantile, round } from "./measure.mjs";

/** Work that a frame's callbacks, styles and painting take in the page's own thread, by the browser's trace. */
async function work(page, during) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const read = async () =>
    Object.fromEntries((await session.send("Performance.getMetrics")).metrics.map((m) => [m.name, m.value]));
  const before = await read();
  const gaps = await frames(page, during);
  const after = await read();
  return { gaps, busy: ((after.TaskDuration - before.TaskDuration) * 1000) / gaps.length };
}

async function drag(page) {
  const box = await page.getByRole("application").first().boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const start = Date.now();
  for (let i = 0; Date.now() - start < 3000; i++) {
    await page.mouse.move(x + 120 * Math.sin(i / 15), y + 80 * Math.cos(i / 11));
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
  await page.mouse.up();
}

const result = {};

/** From the start of the navigation until the frame after the first painting of the image has begun. */
async function firstImage(n) {
  const page = await open();
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector("canvas[data-index]")) return;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame((now) => (window.firstImage = now)));
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-index"] });
  });
  await goto(page, imagePath(n));
  const shown = await (await page.waitForFunction(() => window.firstImage)).jsonValue();
  await page.context().close();
  return round(shown);
}

// The browser itself is running, as it is where an address is opened.
const blank = await open();
await blank.goto("about:blank");
await blank.screenshot();
await blank.context().close();

// Each in an empty profile; the first also meets a server that has read nothing yet.
result.first_image_cold_server_ms = await firstImage(10);
const others = [];
for (let n = 1; n <= 7; n++) others.push(await firstImage(n));
result.first_image_p50_ms = quantile(others, 0.5);
result.first_image_most_ms = Math.max(...others);

const page = await open();
await look(page, "/studies/long");
await page.waitForFunction(() => document.querySelector("canvas").width === 512);
// All planes are prefetched: the requests for them have ended.
const prefetched = performance.now();
await page.waitForFunction(
  () => performance.getEntriesByType("resource").filter((r) => r.name.includes("/pixels")).length >= 100,
  undefined,
  { timeout: 120_000 },
);
await page.waitForTimeout(1500);
result.prefetch_100_slices_ms = round(performance.now() - prefetched);

const idle = await work(page, () => page.waitForTimeout(3000));
result.idle_frame_p95_ms = round(quantile(idle.gaps, 0.95));
result.idle_work_a_frame_ms = round(idle.busy);
const moving = await work(page, () => drag(page));
result.window_drag_frames = moving.gaps.length;
result.window_drag_frame_p50_ms = round(quantile(moving.gaps, 0.5));
result.window_drag_frame_p95_ms = round(quantile(moving.gaps, 0.95));
result.window_drag_p95_above_idle_ms = round(quantile(moving.gaps, 0.95) - quantile(idle.gaps, 0.5));
result.window_drag_work_a_frame_ms = round(moving.busy - idle.busy);

// Scroll through all planes; a frame in which the canvas does not show the asked plane is blank.
await page.getByRole("application").focus();
await page.keyboard.press("Home");
await page.waitForTimeout(300);
const scroll = await page.evaluate(async () => {
  const area = document.querySelector('[role="application"]');
  const canvas = document.querySelector("canvas");
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  let late = 0;
  const gaps = [];
  for (let i = 1; i < 100; i++) {
    const start = performance.now();
    area.dispatchEvent(new WheelEvent("wheel", { deltaY: 100, bubbles: true, cancelable: true }));
    await frame();
    if (canvas.dataset.index !== String(i)) late += 1;
    gaps.push(performance.now() - start);
  }
  return { late, gaps };
});
result.scroll_blank_or_late_frames = scroll.late;
result.scroll_two_frames_p95_ms = round(quantile(scroll.gaps, 0.95));
Object.assign(result, await largeStudies());
await close();
console.log(JSON.stringify({ system: system.web, ...result }, null, 2));
