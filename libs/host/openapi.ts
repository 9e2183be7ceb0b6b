import type { INestApplication } from '@nestjs/common';
import { ApiResponse, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { REFUSAL_STATUS, REFUSALS, surfaceCodes } from './problem.js';

type Schema = Record<string, unknown>;

const SCHEMAS = '#/components/schemas/';
const FACT = [{ type: 'number' as const }, { type: 'string' as const }, { type: 'boolean' as const }];

/** A reference to the schema of a body class, or to one of the named schemas below. */
export const schemaRef = (shape: { name: string } | string): { $ref: string } => ({
  $ref: `${SCHEMAS}${typeof shape === 'string' ? shape : shape.name}`,
});

const PROBLEM: Schema = {
  type: 'object',
  description: 'RFC 9457. `code` is stable; `detail` is Chinese, or English by Accept-Language.',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { field: { type: 'string' }, problem: { type: 'string' } } },
    },
  },
};

const RECEIPT: Schema = {
  type: 'object',
  description: 'What was written. Without entries: there was nothing to do.',
  required: ['commandId', 'entries'],
  properties: {
    plan: { type: 'string' },
    commandId: { type: 'string' },
    recordedAt: { type: 'string', format: 'date-time' },
    entries: {
      type: 'array',
      items: {
        type: 'object',
        required: ['stream', 'version', 'position', 'leafHash'],
        properties: {
          stream: { type: 'string' },
          version: { type: 'integer', minimum: 1 },
          position: { type: 'integer', minimum: 1 },
          leafHash: { type: 'string', pattern: '^[0-9a-f]{64}$' },
        },
      },
    },
  },
};

const problem = (status: number, description: string): MethodDecorator =>
  ApiResponse({ status, description, content: { 'application/problem+json': { schema: schemaRef('Problem') } } });

/** The problems that any read may answer. */
const readProblems = (): MethodDecorator[] => [
  problem(400, 'A parameter is malformed'),
  problem(401, 'Not signed in'),
  problem(403, 'Not for this role or this object'),
  problem(404, 'Nothing at this address, or in another plan'),
];

/** The answers and problems of any write. */
const answerProblems = (): MethodDecorator[] => [
  ApiResponse({ status: 201, description: 'Written and on disk', schema: schemaRef('Receipt') }),
  ApiResponse({ status: 200, description: 'Known command, or nothing to do', schema: schemaRef('Receipt') }),
  problem(400, 'The body has the wrong shape; every violation is listed'),
  problem(401, 'Not signed in'),
  problem(403, 'Not for this role or this object'),
  problem(404, 'No such project, entry or plan'),
  problem(409, 'The state stands against it'),
  problem(412, 'If-Match names another version'),
  problem(413, 'The body is too large'),
  problem(415, 'The content type is not taken'),
  problem(422, 'The content breaks a rule, or the command id was used for another body'),
  problem(503, 'Too busy or store unavailable; see Retry-After'),
];

/** Decorates a read route with its answer, of which `example` is a part, its query parameters and its problems. */
export const reads =
  (description: string, example?: object): MethodDecorator =>
  (target, name, descriptor) => {
    const schema = example && { schema: { type: 'object' as const, example } };
    for (const decorate of [ApiResponse({ status: 200, description, ...schema }), ...readProblems()])
      decorate(target, name, descriptor);
  };

/** Decorates a write route with its answers and its problems. */
export const writes: MethodDecorator = (target, name, descriptor) => {
  for (const decorate of answerProblems()) decorate(target, name, descriptor);
};

/** The OpenAPI document of an application: its routes, the body schemas, and every problem code. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('PlanLedger 规划台账')
    .setDescription(['The system of record of a five-year plan. Codes of problems:', ...codeLines()].join('\n'))
    .setVersion('1')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  const bodies = validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage as never,
    refPointerPrefix: SCHEMAS,
    additionalConverters: { isFacts: { type: 'object', additionalProperties: { oneOf: FACT } } },
  });
  const schemas = { ...document.components?.schemas, ...closed(bodies), Problem: PROBLEM, Receipt: RECEIPT };
  const components = { ...document.components, schemas };
  return { ...document, paths: withPathParameters(document.paths), components };
}

type Paths = OpenAPIObject['paths'];
const METHODS = ['get', 'post'] as const;

/** Handlers that read their parameters off the request tell Nest nothing of them, and the document must name them all. */
function withPathParameters(paths: Paths): Paths {
  const complete: Paths = {};
  for (const [path, item] of Object.entries(paths)) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    const operations = METHODS.flatMap((method) => {
      const { [method]: operation } = item;
      if (!operation) return [];
      const { parameters = [] } = operation;
      const missing = named
        .filter((name) => !parameters.some((given) => 'in' in given && given.in === 'path' && given.name === name))
        .map((name) => ({ name, in: 'path' as const, required: true, schema: { type: 'string' as const } }));
      return [[method, { ...operation, parameters: [...missing, ...parameters] }]];
    });
    complete[path] = { ...item, ...(Object.fromEntries(operations) as typeof item) };
  }
  return complete;
}

/** Unknown fields are refused everywhere, and the schemas say so. */
const closed = (schemas: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, { ...(schema as Schema), additionalProperties: false }]),
  );

function codeLines(): string[] {
  const refusals = Object.entries(REFUSALS).map(
    ([code, { kind, en }]) => `- \`${code}\` (${REFUSAL_STATUS[kind]}): ${en}`,
  );
  return [...surfaceCodes().map(({ code, status, en }) => `- \`${code}\` (${status}): ${en}`), ...refusals];
}
