import type { UserManager } from 'oidc-client-ts';
import { signedIn, signedOut } from './token';

interface Provider {
  readonly issuer: string;
  readonly client: string;
}

/** Where the identity provider sends people back to. */
export const RETURN_PATH = '/signed-in';
const WAY = 'planledger.way';

let made: Promise<UserManager> | undefined;

/** Authorization code with PKCE (RFC 7636); the library is fetched only where a provider is configured. */
async function make(provider: Provider): Promise<UserManager> {
  const { UserManager, WebStorageStateStore } = await import('oidc-client-ts');
  const manager = new UserManager({
    authority: provider.issuer,
    client_id: provider.client,
    redirect_uri: `${location.origin}${RETURN_PATH}`,
    post_logout_redirect_uri: location.origin,
    scope: 'openid',
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
  });
  // A provider's tokens last minutes; each is exchanged for the next before it runs out.
  manager.events.addUserLoaded((user) => signedIn(user.access_token));
  return manager;
}
const managerOf = (provider: Provider): Promise<UserManager> => (made ??= make(provider));

/** Leaves the page for the provider's; `to`: where to be afterwards. */
export async function signInAtProvider(provider: Provider, to: string): Promise<void> {
  sessionStorage.setItem(WAY, to);
  await (await managerOf(provider)).signinRedirect();
}

/** Back from the provider: takes the token, answers where the person wanted to be. */
export async function returnFromProvider(provider: Provider): Promise<string> {
  await (await managerOf(provider)).signinRedirectCallback();
  return sessionStorage.getItem(WAY) ?? '/';
}

/** After a reload: the token that is held goes on being exchanged before it runs out. */
export async function staySignedIn(provider: Provider): Promise<void> {
  await (await managerOf(provider)).getUser();
}

/** Leaves for the provider, which forgets the person and sends the page back: the next one at this desk is asked anew. */
export async function signOutAtProvider(provider: Provider): Promise<void> {
  const manager = await managerOf(provider);
  signedOut();
  await manager.signoutRedirect();
}
