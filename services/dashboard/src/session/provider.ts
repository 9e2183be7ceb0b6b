import type { UserManager } from 'oidc-client-ts';
import { signedIn } from './token';

/** Where the identity provider sends people back to. */
export const RETURN_PATH = '/signed-in';
const WAY = 'planledger.way';

/** Authorization code with PKCE (RFC 7636); the library is fetched only where a provider is configured. */
async function managerOf(provider: { readonly issuer: string; readonly client: string }): Promise<UserManager> {
  const { UserManager, WebStorageStateStore } = await import('oidc-client-ts');
  return new UserManager({
    authority: provider.issuer,
    client_id: provider.client,
    redirect_uri: `${location.origin}${RETURN_PATH}`,
    scope: 'openid',
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
  });
}

/** Leaves the page for the provider's; `to`: where to be afterwards. */
export async function signInAtProvider(provider: { issuer: string; client: string }, to: string): Promise<void> {
  sessionStorage.setItem(WAY, to);
  await (await managerOf(provider)).signinRedirect();
}

/** Back from the provider: takes the token, answers where the person wanted to be. */
export async function returnFromProvider(provider: { issuer: string; client: string }): Promise<string> {
  const user = await (await managerOf(provider)).signinRedirectCallback();
  signedIn(user.access_token);
  return sessionStorage.getItem(WAY) ?? '/';
}
