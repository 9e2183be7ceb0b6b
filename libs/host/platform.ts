import type { Bookmark, Feed, Relay } from '@planledger/feed';
import type { TokenCheck } from '@planledger/auth';
import type { Ledger } from '@planledger/ledger';
import type { History, ParkedKey, ViewBuilds, ViewStore } from '@planledger/views';

/**
 * What a process stands on, chosen once in adapters.ts: the services know these ports and nothing behind them. One value
 * for the whole process, provided to every Nest module under PLATFORM.
 */
export interface Platform {
  readonly ledger: Ledger;
  readonly feed: Feed;
  /** A store of its own for each name; where views outlive the process and can be rebuilt, its builds. */
  views<Doc>(name: string): ViewStore<Doc> | ViewBuilds<Doc>;
  /** The parked keys of all stores, with the name of each one's store. */
  parked(plan: string): Promise<readonly (ParkedKey & { readonly view: string })[]>;
  /** How far the relay of a plan has got, kept where the views are kept. */
  bookmark(plan: string): Bookmark;
  /**
   * The group of a follower that keeps what it has seen in memory: one that nobody shares and that begins at the first
   * record with every start.
   */
  ownGroup(name: string): string;
  /** The ledger's stored bytes of a stream; in the distributed profile asked of audit. */
  readonly history: History;
  /** A folder for what can be made again; undefined where there is none, and everything is made anew. */
  readonly cacheFolder: string | undefined;
  /** Plans that this process serves. */
  readonly plans: readonly string[];
  /** The plan's clock: real, or a demo plan's simulated one. Milliseconds since 1970 UTC. */
  clock(plan: string): number;
  readonly checkToken: TokenCheck;
  /** Whether it can judge tokens now; asks the identity provider for its keys where they are not at hand. Never rejects. */
  keysAtHand(): Promise<boolean>;
  /** The identity provider that people sign in at, and as which client a browser asks it; undefined for demo people. */
  readonly signIn: { readonly issuer: string; readonly client: string } | undefined;
  /** Sign-in of demo people; undefined where an identity provider is configured. */
  readonly demo: DemoSignIn | undefined;
  readonly relays: Map<string, Relay>;
  /** Followers of this process, by name: readiness and lag are read off them. */
  readonly desks: Map<string, Desk>;
}

/** What the process shows of a follower. */
export interface Desk {
  lag(): number;
  /** Seconds that the oldest record it has not handled has been on the feed. */
  lagSeconds(): number;
  /** Position of the last entry handled of a plan. */
  through(plan: string): number;
  /** Of one that keeps what it has seen in this process alone: its parked keys. Those of the others are in their stores. */
  parkedHere?(plan: string): readonly ParkedKey[];
}

/** All parked keys of a plan that this process knows, each with the view that it is parked in. */
export async function everyParked(
  { parked, desks }: Pick<Platform, 'parked' | 'desks'>,
  plan: string,
): Promise<(ParkedKey & { readonly view: string })[]> {
  const here = [...desks].flatMap(([view, desk]) => (desk.parkedHere?.(plan) ?? []).map((key) => ({ view, ...key })));
  return [...(await parked(plan)), ...here];
}

export interface DemoSignIn {
  readonly people: readonly {
    id: string;
    name: string;
    role: string;
    unit: string;
    sectors: '*' | readonly string[];
    counties: '*' | readonly string[];
  }[];
  issue(personId: string): Promise<string>;
}

export const PLATFORM = Symbol('PLATFORM');
export const PLAN_STATES = Symbol('PLAN_STATES');
