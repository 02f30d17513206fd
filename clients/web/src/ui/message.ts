/** An error's sentence; the page's own errors get theirs here, in the user's language. */

import { ApiError, SIGN_IN, SIGNATURE } from "../api/http";
import type { Translate } from "../i18n";

export function message(t: Translate, error: Error): string {
  const code = error instanceof ApiError ? error.code : "";
  if (code === "unreadable") return t("trouble.unreadable");
  if (code === "unreachable") return t("trouble.unanswered");
  return code === SIGN_IN ? t("auth.title") : code === SIGNATURE ? t("auth.signature") : error.message;
}
