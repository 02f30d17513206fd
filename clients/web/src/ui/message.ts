/** An error's sentence; the page's own errors get theirs here, in the user's language. */

import { ApiError, SIGN_IN, SIGNATURE } from "../api/http";
import type { Translate } from "../i18n";

export function message(t: Translate, error: Error): string {
  const code = error instanceof ApiError ? error.code : "";
  if (code === "unreadable") return t("trouble.unreadable");
  if (code === "unreachable") return t("trouble.unanswered");
  // An answer of what stands before the servers has no sentence.
  if (error instanceof ApiError && error.message.startsWith(`${error.status} `))
    return t("trouble.status", { status: error.status });
  return code === SIGN_IN ? t("auth.title") : code === SIGNATURE ? t("auth.signature") : said(t, code, error.message);
}

/** The language's sentence of a server's code, with the server's own in it where that says more; else the server's own. */
export function said(t: Translate, code: string, detail: string): string {
  return t(`said.${code}`, { detail }) || detail;
}

/** Why images are no volume, from the PACS API's word and sentence. */
export function noVolume(t: Translate, code: string | null, sentence: string): string {
  return t(`said.not_a_volume.${code}`, { detail: sentence }) || said(t, "not_a_volume", sentence);
}
