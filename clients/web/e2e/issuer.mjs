// Who signs tokens in the tests: a certified OpenID provider, with a client for the page and one for nobody else.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

export const CLIENT_ID = "imaging-page";
export const AUDIENCE = "imaging";

/** Listens, so that its address is known; it answers once it is told where the page is. */
export async function startIssuer() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}`;
  return {
    address,
    serve: (page) => server.on("request", provider(address, page).callback()),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function provider(address, page) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return new Provider(address, {
    clients: [
      {
        client_id: CLIENT_ID,
        token_endpoint_auth_method: "none",
        redirect_uris: [`${page}/signed-in`],
        post_logout_redirect_uris: [`${page}/`],
        grant_types: ["authorization_code", "refresh_token"],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "key", use: "sig", alg: "RS256" }] },
    cookies: { keys: ["not a secret"] },
    clientBasedCORS: () => true,
    claims: { openid: ["sub"], profile: ["name"] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: id }) }),
    issueRefreshToken: () => true,
    features: {
      // The tokens are JSON web tokens for one audience, as API Gateway's authorizer wants them.
      resourceIndicators: {
        enabled: true,
        defaultResource: () => "urn:imaging",
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: "", audience: AUDIENCE, accessTokenFormat: "jwt" }),
      },
    },
  });
}
