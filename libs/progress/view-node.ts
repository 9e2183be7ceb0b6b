import { escaped } from './view-figures.js';

/** A number of a sector's own view: view/education/school-places/county=410212/places/…/claimed. */
export interface ViewNode {
  readonly sector: string;
  readonly view: string;
  /** What the view was asked; another question is another number. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Of one project, or one indicator, alone: what it adds to the number. */
  readonly of?: string;
  /** Names of fields, and keys of rows as view-figures.ts makes them. */
  readonly path: readonly string[];
}

/** The address of an answer, of what one stream adds to it, or of a number in it. */
export function viewNode({ sector, view, parameters, of, path }: ViewNode): string {
  const asked = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...['view', sector, view, ...asked.map(([name, value]) => `${name}=${escaped(value)}`)],
    ...(of === undefined ? [] : [of]),
    ...path,
  ].join('/');
}

/** Undefined for text that is no such address, or not the one way to write it. */
export function parseViewNode(text: string): ViewNode | undefined {
  const [kind, sector = '', view = '', ...rest] = text.split('/');
  if (kind !== 'view' || rest.length === 0) return undefined;
  const parameters: Record<string, string> = {};
  while (rest[0]?.includes('=')) {
    const [name = '', value = ''] = (rest.shift() ?? '').split('=');
    parameters[name] = unescaped(value);
  }
  const stream = rest[0] === 'project' || rest[0] === 'indicator' ? rest.splice(0, 2).join('/') : undefined;
  const node = { sector, view, parameters, path: rest, ...(stream === undefined ? {} : { of: stream }) };
  return viewNode(node) === text ? node : undefined;
}

const unescaped = (text: string): string => text.replace(/%(25|2F|2C|3D)/g, (sign) => decodeURIComponent(sign));
