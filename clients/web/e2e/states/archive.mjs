// Finding images: the list, searches, what is empty, slow or not there.
import { goto, imagePath, STUDY, system } from "../browser.mjs";

/** Each state: a name and what leads to it. */
export const states = {
  async choose(page) {
    await goto(page, "/");
    await page.getByRole("link", { name: /BRAIN/ }).waitFor();
  },
  async direct(page) {
    await goto(page, "/");
    await page.getByRole("button", { name: "Enter identifiers" }).click();
    await page.getByRole("button", { name: "Open", exact: true }).click();
  },
  async nothing(page) {
    await goto(page, "/");
    await page.getByRole("searchbox").fill("no such study");
    await page.getByText("Nothing found").waitFor();
  },
  async empty(page) {
    await page.route(`${system.PACS_API_BASE}/studies?**`, (route) =>
      route.fulfill({ json: { studies: [], next: null }, headers: { "access-control-allow-origin": "*" } }),
    );
    await goto(page, "/");
    await page.getByText("The archive is empty").waitFor();
  },
  async absent(page) {
    await goto(page, "/studies/nowhere");
    await page.getByText("These images are not in the archive").waitFor();
  },
  async unreachable(page) {
    await page.route(`${system.PACS_API_BASE}/**`, (route) => route.abort());
    await page.route(`${system.API_BASE}/**`, (route) => route.abort());
    await goto(page, "/");
    await page.getByText("The archive does not answer").waitFor({ timeout: 20_000 });
    await page.getByText("The list of algorithms cannot be fetched").waitFor({ timeout: 20_000 });
  },
  async slow(page) {
    await page.route(`${system.PACS_API_BASE}/**`, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 6000));
      await route.fallback();
    });
    await goto(page, `/studies/${STUDY}`);
    await page.getByText("Still waiting for the server").first().waitFor();
  },
  async signin(page) {
    await goto(page, imagePath(12), system.guarded);
    await page.getByText("This stack asks you to sign in").waitFor();
    await page.locator("canvas[data-index]").waitFor();
  },
  async missing(page) {
    await goto(page, "/nowhere");
    await page.getByText("There is no page at this address").waitFor();
  },
};
