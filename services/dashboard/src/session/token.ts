import { shallowRef } from 'vue';

/** For this tab and no longer: what is in sessionStorage is gone when the tab is closed. */
const KEY = 'planledger.token';

const held = shallowRef(sessionStorage.getItem(KEY));

export const token = (): string | null => held.value;

export function signedIn(bearer: string): void {
  sessionStorage.setItem(KEY, bearer);
  held.value = bearer;
}

/** The router's guard sees it and shows the sign-in; what was typed stays where it is kept. */
export function signedOut(): void {
  sessionStorage.removeItem(KEY);
  held.value = null;
}
