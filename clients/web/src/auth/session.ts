/** Who uses the page, in a stack whose processing API asks for a JSON web token; the tokens end with the tab. */

import { ApiError, SIGN_IN, SIGNATURE } from "../api/http";
import type { Config } from "../config";
import { type Observable, observable } from "../observable";
import type { Manager } from "./oidc";

/** The path to which the issuer sends the browser back. */
export const CALLBACK = "/signed-in";

export interface Session {
  /** Whether people can sign in here. */
  offered: boolean;
  state: Observable<{ user: string | null; error: string | null }>;
  /** The header of a call; null if none is needed. Rejects with an ApiError if the call would be refused. */
  authorization(): Promise<string | null>;
  /** Leaves the page for the issuer; `keep` is there again when it returns. */
  signIn(keep?: unknown): Promise<void>;
  /** Ends a sign-in that has come back from the issuer. */
  complete(): Promise<{ path: string; keep?: unknown }>;
  signOut(): Promise<void>;
}

export function createSession({ auth, oidc }: Config): Session {
  const state = observable<{ user: string | null; error: string | null }>({ user: null, error: null });
  const open = { offered: false, state, complete: async () => ({ path: "/" }), signIn: none, signOut: none };
  if (auth === "open") return { ...open, authorization: async () => null };
  if (auth === "iam") return { ...open, authorization: () => refused(SIGNATURE) };
  if (!oidc) return { ...open, authorization: () => refused(SIGN_IN) };
  // Loaded only in stacks that need it.
  const manager: Promise<Manager> = import("./oidc").then((library) => library.createManager(oidc, CALLBACK));
  manager.catch(() => undefined);
  const know = (user: string | null) => {
    if (state.get().user !== user) state.set({ user });
  };
  return {
    offered: true,
    state,
    async authorization() {
      const found = await (await manager).token();
      know(found?.name ?? null);
      return found ? `Bearer ${found.token}` : refused(SIGN_IN);
    },
    async signIn(keep) {
      const path = window.location.pathname + window.location.search;
      try {
        await (await manager).leave({ path, keep });
      } catch (error) {
        state.set({ error: words(error) });
      }
    },
    async complete() {
      try {
        return await (await manager).complete();
      } catch (error) {
        state.set({ error: words(error) });
        return { path: "/" };
      }
    },
    async signOut() {
      await (await manager).forget();
    },
  };
}

async function none(): Promise<void> {}

function refused(code: string): Promise<never> {
  return Promise.reject(new ApiError(401, code, code));
}

const words = (error: unknown) => (error instanceof Error ? error.message : String(error));
