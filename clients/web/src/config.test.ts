import { expect, it } from "vitest";
import { parseConfig } from "./config";

const page = "http://localhost:1234/studies/1";
const addresses = { API_BASE: "http://a/dev/", PACS_API_BASE: "/pacs" };

it("is read without a trailing slash; a missing address is an error that names it", () => {
  expect(parseConfig(addresses, page)).toEqual({
    api: "http://a/dev",
    pacs: "http://localhost:1234/pacs",
    auth: "open",
    oidc: null,
    uploads: false,
    patients: false,
    operators: false,
  });
  expect(parseConfig({ ...addresses, UPLOADS: true }, page).uploads).toBe(true);
  expect(parseConfig({ ...addresses, PATIENT_COLUMNS: true }, page).patients).toBe(true);
  expect(parseConfig({ ...addresses, OPERATORS: true }, page).operators).toBe(true);
  expect(() => parseConfig({ API_BASE: "http://a" }, page)).toThrow("PACS_API_BASE");
});

it("names where to sign in, where the stack asks for it and the page has a client there", () => {
  const OIDC = { issuer: "https://login.example.org", client_id: "page" };
  expect(parseConfig({ ...addresses, AUTH: "jwt", OIDC }, page).oidc).toEqual({
    issuer: OIDC.issuer,
    clientId: "page",
    scope: "openid",
  });
  expect(parseConfig({ ...addresses, AUTH: "jwt", OIDC: { ...OIDC, client_id: "" } }, page).oidc).toBeNull();
  expect(parseConfig({ ...addresses, AUTH: "iam", OIDC }, page)).toMatchObject({ auth: "iam", oidc: null });
});
