import { expect, it } from "vitest";
import { problem, SIGN_IN, SIGNATURE } from "../api/http";
import { createSession } from "./session";

const stack = { api: "http://a", pacs: "http://p", oidc: null, uploads: false, patients: false, operators: false };

it("an open stack is called without a header", async () => {
  expect(await createSession({ ...stack, auth: "open" }).authorization()).toBeNull();
});

it("a stack that the page has no way into is not called at all", async () => {
  await expect(createSession({ ...stack, auth: "jwt" }).authorization()).rejects.toMatchObject({ code: SIGN_IN });
  await expect(createSession({ ...stack, auth: "iam" }).authorization()).rejects.toMatchObject({ code: SIGNATURE });
});

it("the gateway's refusal, which has no code, asks to sign in; a handler's tells of the client", async () => {
  const gateway = await problem(Response.json({ message: "Unauthorized" }, { status: 401 }));
  expect([gateway.code, gateway.clientGone]).toEqual([SIGN_IN, false]);
  const handler = await problem(Response.json({ code: "unauthorized" }, { status: 401 }));
  expect([handler.code, handler.clientGone]).toEqual(["unauthorized", true]);
});
