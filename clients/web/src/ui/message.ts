/** An error's sentence: those of the page's own making have none in the user's language by themselves. */

import { ApiError, SIGN_IN, SIGNATURE } from "../api/http";
import type { Translate } from "../i18n";

export function message(t: Translate, error: Error): string {
  const code = error instanceof ApiError ? error.code : "";
  return code === SIGN_IN ? t("auth.title") : code === SIGNATURE ? t("auth.signature") : error.message;
}
