// Quantiles, the frames of a page, and the memory of its process.
import { readFileSync } from "node:fs";

export const quantile = (values, q) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))];
export const round = (value) => Math.round(value * 100) / 100;

/** Times of the frames of the screen while something goes on. */
export async function frames(page, during) {
  await page.evaluate(() => {
    // Each measurement has a list of its own, which ends the loop of the one before.
    const times = [];
    window.times = times;
    const note = (now) => {
      if (window.times !== times) return;
      times.push(now);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  await during();
  const times = await page.evaluate(() => {
    const { times } = window;
    window.times = null;
    return times;
  });
  return times.slice(1).map((time, i) => time - times[i]);
}

/** Resident memory in MB of the largest of the browser's processes for pages: the one that shows images. */
export async function memory(page) {
  const session = await page.context().browser().newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0));
  return Math.round(Math.max(...sizes) / 1000);
}

/** Counts the requests of a page and the bytes of their answers, as they travel. */
export async function traffic(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const found = { requests: 0, bytes: 0 };
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    found.requests += 1;
    found.bytes += encodedDataLength;
  });
  return found;
}
