/** OpenID Connect as the page uses it: authorization code with PKCE, everything kept in session storage. */

import { type User, UserManager, WebStorageStateStore } from "oidc-client-ts";
import type { Oidc } from "../config";

export interface Manager {
  /** A token that is valid now, renewed if the issuer gave a refresh token; null if the user must sign in. */
  token(): Promise<{ token: string; name: string } | null>;
  leave(kept: Kept): Promise<void>;
  complete(): Promise<Kept>;
  /** Signs out here, and at the issuer if it has an address for that; in both cases the page starts again. */
  forget(): Promise<void>;
}
export interface Kept {
  path: string;
  keep?: unknown;
}

const MARGIN_SECONDS = 30;

export function createManager({ issuer, clientId, scope }: Oidc, callback: string): Manager {
  const store = new WebStorageStateStore({ store: sessionStorage, prefix: "imaging.oidc." });
  const manager = new UserManager({
    authority: issuer,
    client_id: clientId,
    scope,
    redirect_uri: window.location.origin + callback,
    post_logout_redirect_uri: `${window.location.origin}/`,
    userStore: store,
    stateStore: store,
    // The Content-Security-Policy allows no frames: a refresh token renews the sign-in when a call needs it.
    automaticSilentRenew: false,
    monitorSession: false,
  });
  let renewing: Promise<User | null> | null = null;
  const valid = (user: User | null) => user !== null && (user.expires_in ?? Infinity) > MARGIN_SECONDS;
  return {
    async token() {
      let user = await manager.getUser();
      if (user?.refresh_token && !valid(user)) {
        renewing ??= manager
          .signinSilent()
          .catch(() => null)
          .finally(() => {
            renewing = null;
          });
        user = await renewing;
      }
      if (!user || !valid(user)) return null;
      const { name, preferred_username, email, sub } = user.profile;
      return { token: user.access_token, name: name ?? preferred_username ?? email ?? sub };
    },
    leave: (kept) => manager.signinRedirect({ state: kept }),
    async complete() {
      const user = await manager.signinRedirectCallback();
      return (user.state as Kept | undefined) ?? { path: "/" };
    },
    async forget() {
      const end = await manager.metadataService.getEndSessionEndpoint().catch(() => undefined);
      if (end) await manager.signoutRedirect();
      else {
        await manager.removeUser();
        window.location.assign("/");
      }
    },
  };
}
