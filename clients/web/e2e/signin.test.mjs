// Signing in, where the stack asks for it: at a real OpenID provider, with tokens that are checked as API Gateway does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { choose, goto, imagePath, job, open, send, system, tidy, waitState } from "./browser.mjs";
import { AUDIENCE } from "./issuer.mjs";

tidy();
const keys = createRemoteJWKSet(new URL(`${system.issuer}/jwks`));

/** Refuses calls as the two APIs of such a stack do, which the embedded cloud's open stack does not; counts them. */
async function guard(page, prefix) {
  await page.route(`${system.guarded}${prefix}/**`, async (route) => {
    const request = route.request();
    const [scheme, token] = (request.headers().authorization ?? "").split(" ");
    const wanted = { issuer: system.issuer, audience: AUDIENCE };
    const known = await jwtVerify(token ?? "", keys, wanted).catch(() => null);
    if (scheme === "Bearer" && known) return route.fallback();
    page.refused += 1;
    await route.fulfill({ status: 401, json: { message: "Unauthorized" } });
  });
}

async function visit(address, told) {
  const page = await open();
  page.refused = 0;
  await guard(page, "/api");
  // The PACS API checks tokens, and no signatures of AWS.
  if (told?.AUTH !== "iam") await guard(page, "/pacs");
  if (told) {
    const config = { API_BASE: "/api", PACS_API_BASE: "/pacs", ...told };
    await page.route("**/config.json", (route) => route.fulfill({ json: config }));
  }
  await goto(page, address, system.guarded);
  return page;
}

async function signIn(page) {
  await page.getByRole("button", { name: "Sign in", exact: true }).first().click();
  await page.getByPlaceholder("Enter any login").fill("Ada");
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}

/** Changes the tokens that the page keeps. */
const tokens = (page, change) =>
  page.evaluate((body) => {
    const key = Object.keys(sessionStorage).find((name) => name.startsWith("imaging.oidc.user:"));
    const user = JSON.parse(sessionStorage.getItem(key));
    new Function("user", body)(user);
    sessionStorage.setItem(key, JSON.stringify(user));
    return user.access_token;
  }, change);

test("who signs in comes back to the image that was asked for, and may see it, process it and sign out", async () => {
  const page = await visit(imagePath(7));
  await page.getByText("Sign in to see the images").waitFor();
  await page.getByText("This system asks you to sign in").waitFor();
  await signIn(page);
  await page.waitForURL(system.guarded + imagePath(7));
  await page.locator("canvas[data-index]").waitFor();
  await page.locator("img.thumb").first().waitFor();
  await choose(page, "gaussian");
  await send(page);
  await waitState(page, "succeeded");
  await page.reload();
  await job(page).getByRole("button", { name: "Open the result" }).click();
  await page.locator('[data-testid="view-Result"] canvas[data-index]').waitFor();
  assert.equal(page.refused, 0, "nothing was asked without a token");
  assert.equal(await page.evaluate(() => JSON.stringify(localStorage).includes("token")), false);
  assert.deepEqual(page.errors, []);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await page.waitForURL(`${system.guarded}/`);
  await page.getByText("This system asks you to sign in").waitFor();
  assert.equal(await page.getByTestId("job").count(), 0);
  const left = await page.evaluate(() => JSON.stringify(sessionStorage));
  assert.doesNotMatch(left, /access_token|"token/, "neither the user's tokens nor the client's are left");
});

test("a token that ran out is renewed, and one that cannot be asks to sign in again and loses no job", async () => {
  const page = await visit(imagePath(7));
  await signIn(page);
  const before = await tokens(page, "user.expires_at = 1");
  await choose(page, "gaussian");
  await send(page);
  await waitState(page, "succeeded");
  assert.notEqual(await tokens(page, ""), before);
  await tokens(page, "user.expires_at = 1; delete user.refresh_token");
  await send(page);
  await page.getByText("You are no longer signed in").waitFor();
  assert.equal(await page.getByTestId("job").count(), 1, "what was not sent is no job");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  await send(page);
  await waitState(page, "succeeded");
  assert.equal(await page.getByTestId("job").count(), 2);
  assert.equal(page.refused, 0);
});

test("an answer of the issuer that nobody asked for signs nobody in, and says so", async () => {
  const page = await visit("/signed-in?code=stolen&state=unknown");
  for (const part of [page.getByTestId("studies"), page.getByRole("region", { name: "Process" })]) {
    await part.getByText(/Signing in did not work/).waitFor();
    await part.getByRole("button", { name: "Sign in", exact: true }).waitFor();
  }
  await page.waitForURL(`${system.guarded}/`);
});

const REFUSED = ["This system asks you to sign in", "Sign in to see the images"];
for (const [name, told, words] of [
  ["a stack that asks for a token and has no client for the page", { AUTH: "jwt" }, REFUSED],
  ["a stack that its page knows nothing of", {}, REFUSED],
  ["a stack that wants AWS signatures", { AUTH: "iam" }, ["This system takes only calls that are signed for AWS"]],
]) {
  test(`${name} says so`, async () => {
    const page = await visit(imagePath(7), told);
    for (const each of words) await page.getByText(each).waitFor();
    if (words === REFUSED) assert.equal(await page.locator("canvas[data-index]").count(), 0);
    else await page.locator("canvas[data-index]").waitFor();
    assert.equal(await page.getByRole("button", { name: "Sign in", exact: true }).count(), 0);
  });
}
