import { randomBytes } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installed } from './installed.js';
import { answersOk, startOwned } from './owned-process.js';
import { claimPort } from './ports.js';
import { CLIENT, DEMO_PASSWORD, demoRealm, REALM, SERVICE_CLIENT } from './realm.js';

/** It makes its schema and signs for thirty people at every start: four times what the others need. */
const START_MS_MAX = 300_000;

export interface KeycloakOptions {
  /** A new one: people and keys are made anew at every start and kept in memory. */
  readonly folder: string;
  /** A free one when not given. */
  readonly port?: number;
}

export interface Keycloak {
  /** For OIDC_ISSUER. */
  readonly issuer: string;
  pid(): number;
  /** The client that services sign in as; its secret is new at every start. */
  readonly service: { readonly clientId: string; readonly clientSecret: string };
  /** Signs a demo person in and answers an access token. */
  token(person: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts Keycloak with the demo people and resolves once their realm answers. */
export async function startKeycloak({ folder, port }: KeycloakOptions): Promise<Keycloak> {
  const own = await claimPort(port);
  const address = `http://127.0.0.1:${own}`;
  const issuer = `${address}/realms/${REALM}`;
  const service = { clientId: SERVICE_CLIENT, clientSecret: randomBytes(24).toString('base64url') };
  const home = join(folder, 'keycloak');
  const dist = installed('keycloak/dist');
  mkdirSync(join(home, 'data/import'), { recursive: true });
  for (const part of ['lib', 'conf', 'providers', 'themes']) symlinkSync(join(dist, part), join(home, part));
  writeFileSync(join(home, 'data/import', `${REALM}-realm.json`), JSON.stringify(demoRealm(service.clientSecret)));

  // Not kc.sh: it stays between us and the server, which would not end with us.
  const server = startOwned({
    command: 'java',
    args: [
      ...['-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', `-Dkc.home.dir=${home}`],
      ...[`-Djboss.server.config.dir=${home}/conf`, '-Djava.util.logging.manager=org.jboss.logmanager.LogManager'],
      ...['-cp', join(dist, 'lib/quarkus-run.jar'), 'io.quarkus.bootstrap.runner.QuarkusEntryPoint'],
      ...['start', '--optimized', '--import-realm', '--cache=local', '--http-enabled=true'],
      ...['--http-host=127.0.0.1', `--http-port=${own}`, `--hostname=${address}`],
    ],
    log: join(folder, 'keycloak.log'),
  });
  try {
    await server.until(() => answersOk(`${issuer}/.well-known/openid-configuration`), START_MS_MAX);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    issuer,
    service,
    pid: () => server.pid,
    async token(person) {
      const body = { grant_type: 'password', client_id: CLIENT, username: person, password: DEMO_PASSWORD };
      const url = `${issuer}/protocol/openid-connect/token`;
      const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(body) });
      const said = (await answer.json()) as { access_token?: string };
      if (!said.access_token) throw new Error(`${person} was not signed in: ${JSON.stringify(said)}`);
      return said.access_token;
    },
    stop: () => server.stop(),
  };
}
