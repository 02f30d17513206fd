/** Which system this page belongs to: read once at run time from /config.json, so that one build serves every stack. */

export interface Config {
  /** Processing API. */
  api: string;
  /** PACS API. */
  pacs: string;
}

export function parseConfig(value: unknown, page: string): Config {
  const { API_BASE, PACS_API_BASE } = (value ?? {}) as Record<string, unknown>;
  return { api: base(API_BASE, "API_BASE", page), pacs: base(PACS_API_BASE, "PACS_API_BASE", page) };
}

function base(value: unknown, name: string, page: string): string {
  if (typeof value !== "string" || value === "") throw new Error(`config.json does not say ${name}`);
  // Relative addresses are allowed, for a stack that serves page and APIs from one origin.
  return new URL(value, page).href.replace(/\/+$/, "");
}

export async function loadConfig(): Promise<Config> {
  const answer = await fetch("/config.json");
  if (!answer.ok) throw new Error(`config.json answered ${answer.status}`);
  return parseConfig(await answer.json(), window.location.href);
}
