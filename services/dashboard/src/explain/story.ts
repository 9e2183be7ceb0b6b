/** What an entry carries, told field by field for people. Pure: names come from outside. */

/** One thing that an entry says. */
export interface Line {
  readonly field: string;
  readonly label: string;
  readonly text: string;
  /** The entry that is meant. */
  readonly position?: number;
  /** The stream that is meant, e.g. project/<id>. */
  readonly stream?: string;
  /** What it is made of; `text` is empty then, or says how many. */
  readonly lines?: readonly Line[];
}

/** Who speaks: an entry's own circumstances that its payload does not repeat. */
export interface Told {
  readonly type: string;
  readonly stream: string;
  readonly sector: string;
}

/** Words for codes; of what is not known the code itself. */
export interface Words {
  field(name: string): string;
  /** A choice among the values of the contract, e.g. MATURITY_FINAL. */
  choice(name: string): string;
  code(text: string): string;
  truth(value: boolean): string;
  money(yuan: string): string;
  quantity(amount: string, measure: string): string;
  elementQuantity(amount: string, kind: string): string;
  every(count: number): string;
  sector(slug: string): string;
  county(code: string): string;
  unit(id: string): string;
  item(code: string): string;
  measure(id: string): string;
  indicator(code: string): string;
  doubt(id: string): string;
  roster(id: string): string;
  stream(stream: string): string;
  template(sector: string, code: string): string;
  milestone(told: Told, code: string): string;
  unitKind(sector: string, code: string): string;
  fact(sector: string, measure: string, name: string, value: FactPayload): { label: string; text: string };
  readonly isEvent: (name: string) => boolean;
}

export interface FactPayload {
  readonly number?: number;
  readonly text?: string;
  readonly truth?: boolean;
}

type Payload = Readonly<Record<string, unknown>>;

/** Numbers that point to an entry of the same ledger. */
const POSITIONS = new Set(['claim', 'delivery', 'statement', 'request', 'observation', 'entry', 'entries']);
/** Of these 0 or false means that nothing is said. */
const SAID_BY_ABSENCE = new Set([
  'designed',
  'programme',
  'part',
  'parts',
  'estimateYuan',
  'at',
  'quantity',
  'chapter',
]);
const MONEY = new Set(['estimateYuan', 'completedYuan', 'yuan']);

/** The fields of a payload in the contract's order; what is empty is not said. */
export function linesOf(payload: Payload, told: Told, words: Words): Line[] {
  return Object.entries(payload).flatMap(([field, value]) => {
    const line = lineOf(field, value, payload, told, words);
    return line ? [line] : [];
  });
}

/** Those fields that say what an entry is about, in a row: for lists. */
export function summaryOf(lines: readonly Line[]): string {
  const isNamed = lines.some(({ field }) => field === 'unitName');
  const told = lines.filter(
    ({ field, text, position }) =>
      ABOUT.has(field) && text !== '' && position === undefined && !(isNamed && field === 'unitOfProject'),
  );
  return told
    .slice(0, 4)
    .map(({ text }) => text)
    .join(' · ');
}
const ABOUT = new Set([
  ...[
    'title',
    'name',
    'unitName',
    'milestone',
    'measure',
    'quantity',
    'item',
    'indicator',
    'element',
    'doubt',
    'roster',
  ],
  ...['month', 'period', 'value', 'level', 'document', 'why', 'completedYuan', 'report', 'set', 'into', 'nil', 'part'],
]);

function lineOf(field: string, value: unknown, payload: Payload, told: Told, words: Words): Line | undefined {
  if (value === '' || value === null || value === false || value === undefined) return undefined;
  if ((value === 0 || value === '0') && (SAID_BY_ABSENCE.has(field) || POSITIONS.has(field))) return undefined;
  // Of a project's own work a unit is what is built; elsewhere it is who is responsible.
  const named =
    field === 'unit' && /^(output|milestone|baseline|rebaseline)/i.test(told.type) ? 'unitOfProject' : field;
  const line = { field: named, label: words.field(named), text: '' };
  if (Array.isArray(value)) return value.length === 0 ? undefined : listOf(line, value, told, words);
  if (typeof value === 'object') {
    const lines =
      field === 'facts'
        ? factsOf(value as Readonly<Record<string, FactPayload>>, payload, told, words)
        : nestedOf(value as Payload, told, words);
    return lines.length > 0 ? { ...line, lines } : undefined;
  }
  if (typeof value === 'number' && pointsToEntry(field, told)) return { ...line, text: `${value}`, position: value };
  const text = textOf(field, value as string | number | boolean, payload, told, words);
  const stream = streamIn(field, `${value as string}`, told);
  return { ...line, text, ...(stream !== undefined && { stream }) };
}

/** A corrected payload stands in an entry of its own, of which nothing but the event is set. */
function nestedOf(value: Payload, told: Told, words: Words): Line[] {
  const event = Object.keys(value).find((name) => words.isEvent(name));
  return event === undefined
    ? linesOf(value, told, words)
    : linesOf(value[event] as Payload, { ...told, type: event }, words);
}

function listOf(line: Line, values: readonly unknown[], told: Told, words: Words): Line {
  const lines = values.map((value): Line => {
    if (typeof value === 'object' && value !== null) {
      const parts = linesOf(value as Payload, told, words);
      return parts.every(({ lines: inner }) => inner === undefined)
        ? inOneLine(parts)
        : { field: '', label: '', text: '', lines: parts };
    }
    if (typeof value === 'number' && pointsToEntry(line.field, told))
      return { field: '', label: '', text: `${value}`, position: value };
    const stream = streamIn(line.field, String(value), told);
    const text = textOf(line.field, value as string | number, {}, told, words);
    return { field: '', label: '', text, ...(stream !== undefined && { stream }) };
  });
  return { ...line, text: words.every(values.length), lines };
}

/** A part of a list under its name; a code that a name stands beside is not said. */
function inOneLine(parts: readonly Line[]): Line {
  const name = parts.find(({ field }) => field === 'name' || field === 'text' || field === 'title') ?? parts[0];
  const codes = name === parts[0] ? [] : ['reading', 'work', 'member', 'measure', 'item'];
  const rest = parts.filter((part) => part !== name && !codes.includes(part.field));
  return { field: '', label: name?.text ?? '', text: rest.map(({ label, text }) => `${label} ${text}`).join(' · ') };
}

const factsOf = (facts: Readonly<Record<string, FactPayload>>, payload: Payload, told: Told, words: Words): Line[] =>
  Object.entries(facts).map(([name, fact]) => ({
    field: '',
    ...words.fact(told.sector, String(payload['measure'] ?? ''), name, fact),
  }));

/** `report` is a position where progress is judged, and a name where a report is published. */
const pointsToEntry = (field: string, { type }: Told): boolean =>
  (POSITIONS.has(field) && type !== 'planLoaded') || (field === 'report' && type !== 'reportPublished');

function streamIn(field: string, value: string, { type }: Told): string | undefined {
  if (field === 'about' && /^(project|indicator)\//.test(value)) return value;
  return field === 'into' && (type === 'projectSplit' || type === 'projectMerged') ? `project/${value}` : undefined;
}

function textOf(field: string, value: string | number | boolean, payload: Payload, told: Told, words: Words): string {
  if (typeof value === 'boolean') return words.truth(value);
  const text = `${value}`;
  if (MONEY.has(field)) return words.money(text);
  if (/^[A-Z][A-Z]+(_[A-Z]+)+$/.test(text)) return words.choice(text);
  switch (field) {
    case 'sector':
      return words.sector(text);
    case 'county':
    case 'statParent':
      return words.county(text);
    case 'unit':
    case 'toUnit':
      return words.unit(text);
    case 'item':
      return words.item(text);
    case 'measure':
    case 'partOf':
      return words.measure(text);
    case 'indicator':
      return words.indicator(text);
    case 'doubt':
      return words.doubt(text);
    case 'roster':
      return words.roster(text);
    case 'about':
      return /^(project|indicator)\//.test(text)
        ? words.stream(text)
        : words.measure(words.item(words.indicator(text)));
    case 'into':
      return words.stream(`project/${text}`);
    case 'template':
      return words.template(told.sector || String(payload['sector'] ?? ''), text);
    case 'milestone':
      return words.milestone(told, text);
    case 'unitKind':
      return words.unitKind(told.sector || String(payload['sector'] ?? ''), text);
    case 'quantity':
      return quantityOf(text, payload, told, words);
    case 'kind':
      return told.type === 'outputDelivered' ? words.unitKind(told.sector, text) : words.code(text);
    case 'element':
    case 'frequency':
    case 'level':
    case 'lamp':
    case 'colour':
      return words.code(text);
    default:
      return text;
  }
}

function quantityOf(text: string, payload: Payload, { type }: Told, words: Words): string {
  if (typeof payload['measure'] === 'string') return words.quantity(text, payload['measure']);
  const kind = String(payload['kind'] ?? payload['element'] ?? '');
  return type.startsWith('element') ? words.elementQuantity(text, kind) : text;
}
