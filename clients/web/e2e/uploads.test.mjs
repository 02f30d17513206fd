// Adding images: a folder dropped on the page, other files among them; its study is in the list at once.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { goto, open, python, root, tidy } from "./browser.mjs";

tidy();

const IMAGES = 60;

test("a folder with files of all kinds is taken, counted and listed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "uploads-"));
  try {
    execFileSync(python, ["-m", "tests.clients.cli.intake.mixed", folder, String(IMAGES)], { cwd: root });
    const page = await open();
    await goto(page, "/");
    await page.getByRole("button", { name: "Add images …" }).waitFor();
    await page.getByTestId("folder").setInputFiles(folder);
    const region = page.getByRole("region", { name: "Adding images" });
    await region.getByRole("button", { name: "Close" }).waitFor();
    const counts = await region.getByRole("status").innerText();
    // Of the first image, its copy and the image with its identifiers, whichever comes first is stored.
    assert.match(counts, new RegExp(`^${IMAGES} images stored( · 1 there already)? · 4 other files skipped$`));
    const reasons = await region.getByRole("listitem").allInnerTexts();
    for (const reason of ["1 × damaged: damaged.dcm", "1 × cut off: not all", "1 × no image", "1 × a DICOMDIR"])
      assert.ok(
        reasons.some((text) => text.startsWith(reason)),
        `${reason} in ${reasons}`,
      );
    await page.getByTestId("studies").getByRole("link", { name: /2026/ }).first().waitFor();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("what is dropped on the page is sent, and the archive's refusals are told in Italian", async () => {
  const page = await open({ language: "it" });
  await goto(page, "/");
  await page.getByRole("button", { name: "Aggiungi immagini …" }).waitFor();
  const drop = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(128), "DICM", new Uint8Array(40)], "rotto.dcm"));
    transfer.items.add(new File(["appunti"], "appunti.txt"));
    return transfer;
  });
  await page.dispatchEvent("body", "dragover", { dataTransfer: drop });
  await page.getByText("Rilasciare la cartella").waitFor();
  await page.dispatchEvent("body", "drop", { dataTransfer: drop });
  await page.getByRole("listitem").filter({ hasText: "1 × danneggiato: rotto.dcm" }).waitFor();
  await page.getByText("1 altro file ignorato").waitFor();
});
