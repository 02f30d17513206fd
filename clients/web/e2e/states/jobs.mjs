// Forms, jobs and the list of them.
import {
  cancelledJob,
  choose,
  expire,
  faultyField,
  goto,
  imagePath,
  look,
  send,
  setNumber,
  slowJob,
  system,
  unsupportedJob,
  waitState,
} from "../browser.mjs";
import { finish } from "./finish.mjs";

const { guarded } = system;

/** Each state: a name and what leads to it. */
export const states = {
  async fault(page) {
    await look(page, imagePath(12));
    await faultyField(page);
  },
  async inputs(page) {
    await page.route(/\/algorithms$/, async (route) => {
      if (route.request().isNavigationRequest()) return route.fallback();
      const answer = await route.fetch();
      const body = await answer.json();
      const port = (name, type) => ({ name, type, description: `the ${name}`, required: true, scopes: ["series"] });
      for (const one of body.algorithms)
        if (one.name === "gaussian") one.inputs = [port("earlier", "image"), port("seeds", "points")];
      await route.fulfill({ response: answer, json: body });
    });
    await look(page, "/studies/long/series/thick");
    await choose(page, "gaussian");
    await page.getByTestId("missing").waitFor();
  },
  async each(page) {
    await look(page, "/studies/pair?scope=series");
    await choose(page, "gaussian");
    await page.getByRole("checkbox", { name: /^Each of the 2/ }).check();
  },
  async noJobs(page) {
    await goto(page, "/jobs");
    await page.getByText("No jobs yet").waitFor();
  },
  async jobs(page) {
    await look(page, imagePath(12));
    for (const [name, parameter, value] of [
      ["gaussian", "Sigma", 1],
      ["median", null, null],
      ["gaussian", "Sigma", 4],
    ]) {
      await choose(page, name);
      if (parameter) await setNumber(page, new RegExp(`^${parameter}`), value);
      await send(page);
      await waitState(page, "succeeded");
    }
    await page.getByRole("link", { name: "Jobs" }).click();
    await page.getByRole("button", { name: "Release" }).waitFor();
  },
  async batch(page) {
    await look(page, "/studies/pair?scope=series");
    await choose(page, "gaussian");
    await page.getByRole("checkbox", { name: /^Each of the 2/ }).check();
    await send(page);
    await page.getByTestId("batch").getByText("Done 2").waitFor();
    await page.getByRole("link", { name: "Jobs", exact: true }).click();
    await page.getByRole("button", { name: "Show the jobs" }).click();
    await page.getByTestId("job").nth(1).waitFor();
  },
  async unanswered(page) {
    await page.route("**/process/gaussian", (route) => route.abort());
    await look(page, "/studies/pair?scope=series");
    await choose(page, "gaussian");
    await page.getByRole("checkbox", { name: /^Each of the 2/ }).check();
    await send(page);
    await page.getByTestId("batch").getByText("No answer 2").waitFor();
  },
  async failed(page) {
    await unsupportedJob(page);
  },
  async cancelled(page) {
    await cancelledJob(page);
  },
  async asleep(page) {
    await page.route("**/jobs/*", async (route) => {
      if (route.request().method() !== "GET") return route.fallback();
      const answer = await route.fetch();
      const body = await answer.json();
      await route.fulfill({
        response: answer,
        json: { ...body, state: "queued", attempts: 0, hops: {}, result: null },
      });
    });
    await page.route("**/proxy-sqs*", (route) =>
      route.fulfill({ json: { messages: [] }, headers: { "access-control-allow-origin": "*" } }),
    );
    await look(page, imagePath(12));
    await choose(page, "gaussian");
    await send(page);
    await page.getByText(/Starting the first process/).waitFor();
  },
  async expired(page) {
    await finish(page, "gaussian", "Sigma", 1);
    await expire(page);
    await look(page, imagePath(12));
    await send(page);
    await page.getByText(/place for results had expired/).waitFor();
  },
  async running(page) {
    await slowJob(page, 150, 12);
    await page.getByText(/running [2-9] s/).waitFor();
  },
  async system(page) {
    await goto(page, "/system");
    await page
      .getByRole("region", { name: /^Durations/ })
      .getByRole("row", { name: /gaussian/ })
      .waitFor();
  },
  async systemElsewhere(page) {
    await goto(page, "/system", guarded);
    await page.getByText("This page does not show the system").waitFor();
  },
  async catalogue(page) {
    await goto(page, "/algorithms");
    await page.getByRole("heading", { name: "Algorithms" }).waitFor();
  },
  async algorithm(page) {
    await look(page, imagePath(12));
    await page.getByRole("link", { name: "About this algorithm" }).click();
    await page.getByTestId("curl").waitFor();
  },
};
