// Finding images: the list, searches, what is empty, slow or not there.
import { goto, imagePath, STUDY, system } from "../browser.mjs";

/** Each state: a name and what leads to it. */
export const states = {
  async choose(page) {
    await goto(page, "/");
    await page.getByRole("link", { name: /BRAIN/ }).waitFor();
  },
  async patients(page) {
    const json = {
      next: null,
      studies: [
        ["ROSSI^ANNA MARIA", "P-77"],
        ["BIANCHI^GIOVANNI", "P-78"],
      ].map(([patient_name, patient_id], n) => ({
        ...{ study_id: `2.25.${n}`, modalities: ["CT", "SEG"], study_description: "CHEST WITH CONTRAST" },
        ...{ study_date: "20260412", patient_name, patient_id },
      })),
    };
    await page.route(`${system.PACS_API_BASE}/studies?**`, (route) => route.fulfill({ json }));
    await page.route("**/config.json", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), PATIENT_COLUMNS: true } });
    });
    await goto(page, "/");
    await page.getByText("ROSSI, ANNA MARIA").waitFor();
  },
  async adding(page) {
    await goto(page, "/");
    await page.getByRole("button", { name: "Add images …" }).waitFor();
    const drop = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(128), "DICM", new Uint8Array(40)], "broken.dcm"));
      transfer.items.add(new File(["notes"], "notes.txt"));
      return transfer;
    });
    await page.dispatchEvent("body", "dragover", { dataTransfer: drop });
    await page.dispatchEvent("body", "drop", { dataTransfer: drop });
    await page.getByRole("listitem").filter({ hasText: "damaged: broken.dcm" }).waitFor();
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
    await page.getByText("This system asks you to sign in").waitFor();
  },
  async missing(page) {
    await goto(page, "/nowhere");
    await page.getByText("There is no page at this address").waitFor();
  },
};
