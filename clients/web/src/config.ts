/** Which system this page belongs to: read once at run time from /config.json, so that one build serves every stack. */

export interface Config {
  /** Processing API. */
  api: string;
  /** PACS API. */
  pacs: string;
  /** What the processing API requires of a caller before the client's own token. */
  auth: "open" | "jwt" | "iam";
  /** Where people sign in, in a stack with `jwt` whose page has a client there. */
  oidc: Oidc | null;
  /** Whether the PACS API takes images. */
  uploads: boolean;
  /** Whether the list of studies names patients. */
  patients: boolean;
  /** Whether operators look at the system here. */
  operators: boolean;
}

export interface Oidc {
  issuer: string;
  clientId: string;
  scope: string;
}

export function parseConfig(value: unknown, page: string): Config {
  const { API_BASE, PACS_API_BASE, AUTH, OIDC, UPLOADS, OPERATORS, ...rest } = (value ?? {}) as Record<string, unknown>;
  const auth = AUTH === "jwt" || AUTH === "iam" ? AUTH : "open";
  return {
    api: base(API_BASE, "API_BASE", page),
    pacs: base(PACS_API_BASE, "PACS_API_BASE", page),
    auth,
    oidc: auth === "jwt" ? provider(OIDC) : null,
    uploads: UPLOADS === true,
    patients: rest.PATIENT_COLUMNS === true,
    operators: OPERATORS === true,
  };
}

function base(value: unknown, name: string, page: string): string {
  if (typeof value !== "string" || value === "") throw new Error(`config.json does not say ${name}`);
  // Relative addresses are allowed, for a stack that serves page and APIs from one origin.
  return new URL(value, page).href.replace(/\/+$/, "");
}

function provider(value: unknown): Oidc | null {
  const { issuer, client_id, scope } = (value ?? {}) as Record<string, unknown>;
  if (typeof issuer !== "string" || typeof client_id !== "string" || !issuer || !client_id) return null;
  return { issuer, clientId: client_id, scope: typeof scope === "string" && scope ? scope : "openid" };
}

export async function loadConfig(): Promise<Config> {
  const answer = await fetch("/config.json");
  if (!answer.ok) throw new Error(`config.json answered ${answer.status}`);
  return parseConfig(await answer.json(), window.location.href);
}
