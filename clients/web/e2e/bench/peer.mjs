// NiiVue, a viewer of volumes, over the same server: the files of the series, its converter, its coronal planes.
// npm install --prefix build/peer @niivue/niivue@0.69.0 @niivue/dicom-loader; without it this arm is left out.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { open, system } from "../browser.mjs";
import { memory, quantile, round, traffic } from "./measure.mjs";

const modules = fileURLToPath(new URL("../../../build/peer/node_modules/", `file://${process.env.HERE}`));
const TYPES = {
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".html": "text/html",
};
const PAGE = `<!doctype html><canvas width="900" height="700"></canvas>
<script type="importmap">{"imports": {"@niivue/dcm2niix": "/m/@niivue/dcm2niix/dist/index.js"}}</script>
<script type="module">
import { Niivue } from "/m/@niivue/niivue/dist/index.js";
import { dicomLoader } from "/m/@niivue/dicom-loader/dist/index.mjs";
window.show = async (count) => {
  const name = (n) => String(n + 1).padStart(3, "0");
  const read = async (n) => {
    const answer = await fetch("/pacs/studies/volume/series/head/images/" + name(n), { headers: { Accept: "application/dicom" } });
    return { name: name(n) + ".dcm", data: await answer.arrayBuffer() };
  };
  const files = await Promise.all(Array.from({ length: count }, (_, n) => read(n)));
  const [found] = await dicomLoader(files);
  const nv = new Niivue();
  await nv.attachToCanvas(document.querySelector("canvas"));
  await nv.loadFromArrayBuffer(found.data, found.name);
  nv.setSliceType(nv.sliceTypeCoronal);
  window.nv = nv;
};
window.through = async (steps) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const gaps = [];
  for (let i = 0, last = await frame(); i < steps; i++) {
    nv.scene.crosshairPos = [0.5, 0.2 + (0.6 * i) / steps, 0.5];
    nv.drawScene();
    const now = await frame();
    gaps.push(now - last);
    last = now;
  }
  return gaps;
};
</script>`;

/** Serves NiiVue's files, and the server's own below /pacs. */
async function serve() {
  const server = createServer(async (request, response) => {
    const { url } = request;
    if (url.startsWith("/pacs/")) {
      const answer = await fetch(system.web + url, { headers: { Accept: request.headers.accept } });
      response.writeHead(answer.status, { "Content-Type": answer.headers.get("Content-Type") ?? "" });
      return response.end(Buffer.from(await answer.arrayBuffer()));
    }
    const file = url.startsWith("/m/") ? modules + url.slice(3) : null;
    if (file && !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": TYPES[file ? extname(file) : ".html"] ?? "text/plain" });
    response.end(file ? readFileSync(file) : PAGE);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return server;
}

export async function peerVolume(count) {
  if (!existsSync(`${modules}@niivue/niivue`)) return null;
  const server = await serve();
  const page = await open();
  const counted = await traffic(page);
  try {
    const start = performance.now();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => "show" in window);
    await page.evaluate((planes) => window.show(planes), count);
    const loaded = performance.now() - start;
    const gaps = await page.evaluate(() => window.through(100));
    return {
      loaded_ms: round(loaded),
      frame_p50_ms: round(quantile(gaps, 0.5)),
      frame_p95_ms: round(quantile(gaps, 0.95)),
      memory_mb: await memory(page),
      ...counted,
    };
  } catch (error) {
    return { failed: error.message.split("\n")[0] };
  } finally {
    await page.context().close();
    server.close();
  }
}
