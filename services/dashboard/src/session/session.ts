import type { Permission, Role, Scope } from '@planledger/auth';
import { computed, shallowRef, watch } from 'vue';
import { answerOf, surface } from '../api/surface';
import { signOutAtProvider, staySignedIn } from './provider';
import { signedIn, signedOut, token } from './token';

/** Who is signed in, as GET /api/me says it. */
export interface Me {
  readonly subject: string;
  readonly role: Role;
  readonly unit: string;
  readonly sectors: '*' | readonly string[];
  readonly counties: '*' | readonly string[];
  readonly plans: readonly string[];
  readonly permissions: Readonly<Partial<Record<Permission, Scope>>>;
}

export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly unit: string;
}

export type SignIn =
  { readonly demo: true } | { readonly demo: false; readonly issuer: string; readonly client: string };

const known = shallowRef<Me | null>(null);
export const me = computed(() => known.value);
watch(token, (bearer) => {
  if (bearer === null) known.value = null;
});

/** What the screens offer; whether it is allowed is decided by the surface alone. */
export const may = (permission: Permission): boolean => known.value?.permissions[permission] !== undefined;

export const signInOf = (): Promise<SignIn> => answerOf<SignIn>(surface.GET('/api/sign-in'));

/** Who bears the token that is held; null where there is none, or it has run out. */
export async function whoAmI(): Promise<Me | null> {
  if (token() === null) return null;
  if (known.value === null) {
    const found = await answerOf<Me>(surface.GET('/api/me')).catch((error: unknown) => {
      if (token() === null) return null;
      throw error;
    });
    known.value = found;
    if (found) void stay();
  }
  return known.value;
}

async function stay(): Promise<void> {
  const how = await signInOf();
  if (!how.demo) await staySignedIn(how);
}

/** MUST be called where no screen asks anything any more: what is asked without a token is refused. */
export async function signOut(): Promise<void> {
  const how = await signInOf();
  if (how.demo) signedOut();
  else await signOutAtProvider(how);
}

export async function demoPeople(): Promise<readonly DemoPerson[]> {
  const answer = (await (await fetch('/api/demo/people')).json()) as { people: DemoPerson[] };
  return answer.people;
}

export async function signInAs(person: string): Promise<void> {
  const response = await fetch('/api/demo/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person }),
  });
  signedIn(((await response.json()) as { token: string }).token);
  known.value = null;
}
