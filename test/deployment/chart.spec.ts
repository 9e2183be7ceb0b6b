import { beforeAll, describe, expect, it } from '@jest/globals';
import { SERVICES } from '@planledger/cluster';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ASKING_AUDIT, CHECKS, type Data, documents, environmentProblems, ROOT } from './deployed.js';

interface Resource extends Data {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Labels };
  readonly spec?: Data & { readonly template?: { readonly metadata: { readonly labels: Labels }; readonly spec: Pod } };
}
type Labels = Readonly<Record<string, string>>;
interface Pod extends Data {
  readonly containers: readonly Container[];
}
interface Container extends Data {
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly envFrom?: readonly unknown[];
}

const CHART = join(ROOT, 'deploy/helm/planledger');
const EXAMPLE = join(CHART, 'ci/example-values.yaml');
const SCHEMAS = join(CHECKS, 'kubernetes-schemas');

function helm(...args: string[]): { status: number | null; out: string; complaint: string } {
  const { status, stdout, stderr } = spawnSync(join(CHECKS, 'helm'), args, { encoding: 'utf8' });
  return { status, out: stdout, complaint: stderr };
}
const template = (...args: string[]) => helm('template', 'planledger', CHART, '-f', EXAMPLE, ...args);

/** The schema of a kind, as kubernetes-validate carries it: strict, so that an unknown field is a problem. */
const compiled = new Map<string, ValidateFunction>();
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const schema = (file: string): Data => JSON.parse(readFileSync(join(SCHEMAS, file), 'utf8')) as Data;

function problemsOf(resource: Resource): string[] {
  const group = resource.apiVersion.replace(/\.[a-z0-9.]*\//, '/').replace('/', '-');
  const file = `${resource.kind}-${group}.json`.toLowerCase();
  let valid = compiled.get(file);
  if (!valid) compiled.set(file, (valid = ajv.compile(schema(file))));
  // As a boolean: for the compiler what is not valid would be nothing at all.
  const isValid: boolean = valid(resource);
  if (isValid) return [];
  return (valid.errors ?? []).map(
    (error) => `${resource.kind} ${resource.metadata.name}${error.instancePath}: ${error.message}`,
  );
}

describe('the chart', () => {
  let resources: readonly Resource[];
  const ofKind = (kind: string): Resource[] => resources.filter((resource) => resource.kind === kind);
  const pods = () =>
    resources.flatMap(({ metadata, spec }) =>
      spec?.template ? [{ name: metadata.name, labels: spec.template.metadata.labels, pod: spec.template.spec }] : [],
    );

  beforeAll(() => {
    ajv.addSchema(schema('_definitions.json'), '_definitions.json');
    const { status, out, complaint } = template();
    expect([status, complaint]).toEqual([0, '']);
    resources = documents(out) as readonly Data[] as readonly Resource[];
  });

  it('passes helm lint', () => {
    expect(helm('lint', '--strict', CHART, '-f', EXAMPLE)).toMatchObject({ status: 0 });
  });

  it('makes what Kubernetes knows, and nothing it does not', () => {
    expect(resources.flatMap(problemsOf)).toEqual([]);
    const [deployment] = ofKind('Deployment');
    expect(problemsOf({ ...(deployment as Resource), spec: { replicsa: 1 } })).not.toEqual([]);
  });

  it('refuses values that are missing or wrong, before anything is made', () => {
    const refused = (...args: string[]): string => {
      const { status, complaint } = template(...args);
      return status === 0 ? 'rendered' : complaint;
    };
    expect(helm('template', 'planledger', CHART).complaint).toMatch(/oidc\/issuer[^]*mongodb|mongodb[^]*oidc\/issuer/);
    expect(refused('--set', 'kafka.brokers={kafka}')).toMatch(/\/kafka\/brokers\/0/);
    expect(refused('--set', 'kafka.passwordSecret.name=')).toMatch(/\/kafka\/passwordSecret\/name/);
    expect(refused('--set', 'oidc.claims.shoe=size')).toMatch(/shoe/);
    expect(refused('--set', 'image.tag=latest')).toMatch(/\/image\/tag/);
    expect(refused('--set', 'repicas=3')).toMatch(/repicas/);
    expect(refused('--set', 'processes.housing.size=huge')).toMatch(/sizes.huge of housing/);
    expect(refused('--set', 'processes.housing.replicas=4')).toBe('rendered');
  });

  it('runs every service of the tree, each by its own main, under its own name and with its own budget', () => {
    const names = (kind: string) => ofKind(kind).map(({ metadata }) => metadata.name);
    for (const kind of ['Deployment', 'Service', 'PodDisruptionBudget'])
      expect(names(kind).sort()).toEqual([...SERVICES, 'front'].sort());
    const mains = pods().map(({ name, pod }) => [name, pod.containers[0]?.args?.[0]]);
    expect(Object.fromEntries(mains)).toEqual({
      ...Object.fromEntries(SERVICES.map((name) => [name, `services/${name}/dist/main.js`])),
      front: undefined,
      prepare: 'services/intake/dist/prepare.js',
    });
  });

  it('tells each process the variables it knows and needs, and no secret', () => {
    const [settings] = ofKind('ConfigMap');
    const common = Object.keys(settings?.['data'] as Data);
    const problems = pods()
      .filter(({ name }) => name !== 'front')
      .flatMap(({ name, pod }) =>
        pod.containers.flatMap(({ env = [], envFrom }) =>
          environmentProblems(name, [...(envFrom ? common : []), ...env.map((variable) => variable.name)]),
        ),
      );
    expect(problems).toEqual([]);
    expect(ofKind('Secret')).toEqual([]);
  });

  it('keeps to the restricted standard of pod security, and looks in on everything that stays', () => {
    for (const { name, pod } of pods()) {
      expect(pod).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
      for (const host of ['hostNetwork', 'hostPID', 'hostIPC', 'initContainers']) expect(pod).not.toHaveProperty(host);
      for (const volume of (pod['volumes'] ?? []) as Data[])
        expect(Object.keys(volume).filter((key) => !['name', 'emptyDir', 'secret'].includes(key))).toEqual([]);
      for (const container of pod.containers) {
        expect(container).toMatchObject({
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          resources: { requests: expect.anything(), limits: expect.anything() },
        });
        if (name === 'prepare') continue;
        const ready = name === 'front' ? '/health/live' : '/health/ready';
        expect(container).toMatchObject({
          livenessProbe: { httpGet: { path: '/health/live' } },
          readinessProbe: { httpGet: { path: ready } },
        });
        expect(pod['topologySpreadConstraints']).toHaveLength(2);
      }
    }
  });

  it('lets pods reach what they need, and nothing else', () => {
    const policies = ofKind('NetworkPolicy');
    const selected = (labels: Labels): string[] =>
      policies
        .filter(({ spec }) => selects(spec?.['podSelector'] as Selector, labels))
        .map(({ metadata }) => metadata.name);
    const reached = Object.fromEntries(pods().map(({ name, labels }) => [name, selected(labels).sort()]));
    const process = ['names', 'nothing', 'processes'];
    expect(reached).toEqual({
      ...Object.fromEntries(SERVICES.map((name) => [name, process])),
      ...Object.fromEntries(ASKING_AUDIT.map((name) => [name, [...process, 'sectors-to-audit']])),
      audit: ['audit-from-sectors', ...process],
      front: ['front', 'names', 'nothing'],
      prepare: ['names', 'nothing', 'prepare'],
    });
    const shut = policies.find(({ metadata }) => metadata.name === 'nothing');
    expect(shut?.spec).toMatchObject({ policyTypes: ['Ingress', 'Egress'] });
    expect(shut?.spec).not.toHaveProperty('ingress');
    expect(shut?.spec).not.toHaveProperty('egress');
  });
});

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { readonly key: string }[];
}

/** Of the chart's selectors, which know labels and Exists. */
const selects = ({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
  matchExpressions.every(({ key }) => key in labels);
