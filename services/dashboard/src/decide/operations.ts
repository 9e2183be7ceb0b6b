import type { Permission } from '@planledger/auth';

/** A part of a body as the OpenAPI document describes it. */
export interface Schema {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array';
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** A command of the surface. */
export interface Operation {
  /** Its operationId, under which the catalogue names it. */
  readonly name: string;
  /** Behind `/api/plans/{plan}/`. */
  readonly path: string;
  /** What its path names beside the plan, e.g. `id`, `element`. */
  readonly places: readonly string[];
  readonly permission: Permission;
  readonly body: Schema;
}

/** What commands are about, by how their paths begin; in the order of the menu. */
export const SUBJECTS = {
  plan: ['plan', 'evaluations', 'reports'],
  project: ['projects'],
  indicator: ['indicators'],
  period: ['periods'],
  case: ['cases', 'findings'],
} as const satisfies Record<string, readonly string[]>;
export type Subject = keyof typeof SUBJECTS;

export const subjectOf = ({ path }: Pick<Operation, 'path'>): Subject | undefined =>
  (Object.keys(SUBJECTS) as Subject[]).find((each) => SUBJECTS[each].some((start) => path.split('/')[0] === start));

/**
 * Commands that have a screen where they are at hand: the project's work, the month's reports, supervision, findings. They
 * are not offered a second time.
 */
const ELSEWHERE: ReadonlySet<string> = new Set([
  ...['registerProject', 'setMilestonePlan', 'claimMilestone', 'verifyMilestone', 'rejectMilestone', 'reportProgress'],
  ...['deliverOutput', 'stateOutputFacts', 'verifyOutput', 'rejectOutput', 'requestElement', 'useElement'],
  ...['exemptMilestone', 'requestRebaseline', 'suspendProject', 'resumeProject'],
  ...['submitReport', 'returnReport', 'approveReport', 'issueSupervision', 'raiseFinding'],
]);

interface OpenApi {
  readonly paths: Readonly<Record<string, { readonly post?: Post }>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Referring>> };
}
interface Post {
  readonly operationId?: string;
  readonly 'x-permission'?: Permission;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Referring }>> };
}
type Referring = Omit<Schema, 'items' | 'properties'> & {
  readonly $ref?: string;
  readonly items?: Referring;
  readonly properties?: Readonly<Record<string, Referring>>;
};

const PREFIX = '/api/plans/{plan}/';
const REFERENCE = '#/components/schemas/';

/**
 * The commands that the document describes and that have no screen of their own. What is answered by its position in the
 * ledger is answered where it is listed.
 */
export function operationsOf(document: unknown): Operation[] {
  const { paths, components } = document as OpenApi;
  const resolved = (schema: Referring): Schema => {
    const { $ref, items, properties, ...rest } = schema;
    if ($ref !== undefined) return resolved(components?.schemas?.[$ref.slice(REFERENCE.length)] ?? {});
    return {
      ...rest,
      ...(items && { items: resolved(items) }),
      ...(properties && {
        properties: Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, resolved(each)])),
      }),
    };
  };
  return Object.entries(paths).flatMap(([path, { post }]): Operation[] => {
    const schema = post?.requestBody?.content?.['application/json']?.schema;
    const { operationId: name, 'x-permission': permission } = post ?? {};
    const places = (post?.parameters ?? []).flatMap((each) =>
      each.in === 'path' && each.name !== 'plan' ? [each.name] : [],
    );
    if (!schema || name === undefined || permission === undefined || !path.startsWith(PREFIX)) return [];
    if (ELSEWHERE.has(name) || places.includes('position')) return [];
    const operation = { name, path: path.slice(PREFIX.length), places, permission, body: resolved(schema) };
    return subjectOf(operation) ? [operation] : [];
  });
}

let asked: Promise<readonly Operation[]> | undefined;

/** Those of the surface that serves this page; asked for once. */
export function fetchOperations(): Promise<readonly Operation[]> {
  asked ??= fetch('/openapi.json').then(async (answer) => {
    if (!answer.ok) throw new Error(`/openapi.json: ${answer.status}`);
    return operationsOf(await answer.json());
  });
  // A failure is not remembered.
  asked.catch(() => (asked = undefined));
  return asked;
}
