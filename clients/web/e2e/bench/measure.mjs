// Quantiles, the frames of a page, the processor time and the memory of its process.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromiumPath, system } from "../browser.mjs";

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

/** Steps through the planes of the first pane, one a frame of the screen: the time of each frame, and how many were late. */
export const through = (page, count) =>
  page.evaluate(async (steps) => {
    const area = document.querySelector('[role="application"]');
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const shown = () => document.querySelector("canvas[data-index]")?.dataset.index;
    const gaps = [];
    let late = 0;
    for (let i = 0, last = await frame(); i < steps; i++) {
      const before = shown();
      area.dispatchEvent(new WheelEvent("wheel", { deltaY: 100, bubbles: true, cancelable: true }));
      const now = await frame();
      gaps.push(now - last);
      last = now;
      if (shown() === before) late += 1;
    }
    return { gaps, late };
  }, count);

/** Resident memory of a process, in MB. */
const resident = (id) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0) / 1000;

/** The browser's process for pages that is the largest: the one that shows images. */
async function largest(page) {
  const session = await page.context().browser().newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const ids = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  return ids.reduce((one, other) => (resident(other) > resident(one) ? other : one));
}

/** Memory of a page's process in MB, with the answers that the inspector keeps for who drives it. */
export const memory = async (page) => Math.round(resident(await largest(page)));

/** Runs a step several times: the processor time in ms that the page's own thread took for each, whatever else runs. */
export async function processorTimes(page, times, one) {
  const id = await largest(page);
  const used = () => Number(readFileSync(`/proc/${id}/task/${id}/schedstat`, "utf8").split(" ")[0]) / 1e6;
  const found = [];
  for (let n = 0; n < times; n++) {
    const before = used();
    await one();
    found.push(used() - before);
  }
  return found;
}

const [POLL_MS, CALM, MOST_POLLS] = [2000, 8, 150];

/** Memory in MB of the process of a page that no inspector watches, once it has not grown for a while. */
export async function memoryAlone(address) {
  const profile = mkdtempSync(join(tmpdir(), "imaging-page-"));
  const flags = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", `--user-data-dir=${profile}`];
  const browser = spawn(chromiumPath, [...flags, "--window-size=1280,800", system.web + address], { stdio: "ignore" });
  const sizes = () =>
    readdirSync("/proc").flatMap((id) => {
      try {
        const command = readFileSync(`/proc/${id}/cmdline`, "utf8");
        return command.includes(profile) && command.includes("--type=renderer") ? [resident(id)] : [];
      } catch {
        return []; // no process, or one that has ended
      }
    });
  let [most, calm] = [0, 0];
  for (let n = 0; n < MOST_POLLS && calm < CALM; n++) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const size = Math.max(0, ...sizes());
    calm = size > most * 1.01 || size < 100 ? 0 : calm + 1;
    most = Math.max(most, size);
  }
  const ended = new Promise((resolve) => browser.on("exit", resolve));
  browser.kill();
  await ended;
  rmSync(profile, { recursive: true, force: true });
  return Math.round(most);
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
