import type { PlanState } from '@planledger/plan';
import {
  answerAsSeen,
  explainView,
  parseViewNode,
  remember,
  SHOWS_ALL,
  type Shows,
  type ViewExplanation,
  viewNode,
  type ViewQuestion,
  type ViewSource,
} from '@planledger/progress';
import type { ProjectState, Sector } from '@planledger/sectors/kit';
import { SEES_ALL } from './authorise.js';
import type { StreamDoc } from './sector-desk.js';
import { pageOf, type ViewPage } from './view-pages.js';

/**
 * One of a sector's views over what the sector knows of a plan, by stream: the question that `explainView` takes apart.
 */
export function viewQuestion(
  sector: Sector,
  name: string,
  docs: readonly StreamDoc[],
  plan: PlanState,
  parameters: Readonly<Record<string, string>>,
  shows: Shows,
): ViewQuestion | undefined {
  const view = Object.hasOwn(sector.views, name) ? sector.views[name] : undefined;
  if (!view || Object.keys(parameters).some((each) => !Object.hasOwn(view.parameters, each))) return undefined;
  const rows = new Map<ViewSource, readonly unknown[]>();
  const slot = `${sector.slug}/${name}`;
  for (const doc of docs) {
    const { source, rows: ofDoc } = made(doc, slot, ALWAYS, () => ({
      source: sourceOf(doc),
      rows: doc.kind === 'project' ? view.rows(doc.state) : (view.rowsOfIndicator?.(doc.state) ?? []),
    }));
    if (ofDoc.length > 0) rows.set(source, ofDoc);
  }
  return {
    ...{ title: view.title, plan, rules: sector.rules, formulas: view.formulas ?? [], shows },
    sources: [...rows.keys()],
    answer: (sources) =>
      view.answer(
        sources.flatMap((source) => rows.get(source) ?? []),
        plan,
        parameters,
      ),
  };
}

/**
 * A page of the view's answer as the reader of the question may read it, with the address of every record that he may ask
 * about.
 */
export const answerOf = (
  { answer, sources, shows }: ViewQuestion,
  asked: Omit<Parameters<typeof viewNode>[0], 'path' | 'of'>,
  page: ViewPage,
): unknown => answerAsSeen(shows, pageOf(answer(sources), viewNode({ ...asked, path: [] }), page));

/** Of a number of any view of the sector; undefined for what is none, and of another sector. */
export function viewExplanation(
  sector: Sector,
  docs: readonly StreamDoc[],
  plan: PlanState,
  address: string,
  page: { readonly limit?: number; readonly after?: string },
  shows: Shows,
): ViewExplanation | undefined {
  const node = parseViewNode(address);
  if (node?.sector !== sector.slug) return undefined;
  const question = viewQuestion(sector, node.view, docs, plan, node.parameters, shows);
  return question && explainView(question, node, page);
}

/** Whether a reader may see a project of these; what is none of them hides nothing. */
export function showsAmong(
  docs: readonly StreamDoc[],
  visible: (project: NonNullable<ProjectState['registration']>) => boolean,
): Shows {
  if (visible === SEES_ALL) return SHOWS_ALL;
  const hidden = new Set<string>();
  for (const { kind, state } of docs) {
    if (kind === 'project' && state.registration && !visible(state.registration)) hidden.add(state.stream);
  }
  return hidden.size === 0 ? SHOWS_ALL : (stream) => !hidden.has(stream);
}

interface Made {
  readonly source: ViewSource;
  /** MUST NOT be changed. */
  readonly rows: readonly unknown[];
}

/** Most of what a question costs: of each view what its document makes, for as long as the desk keeps the document. */
const made = remember<StreamDoc, Made>();
/** A document is a value: nothing else decides what is made of it. */
const ALWAYS: readonly unknown[] = [];

function sourceOf(doc: StreamDoc): ViewSource {
  const { stream } = doc.state;
  const name = doc.kind === 'project' ? doc.state.registration?.name : undefined;
  // Looked for when somebody asks: of most sources nobody does.
  return {
    ...{ stream, name: name ?? stream },
    get entries() {
      return positionsIn(doc.state);
    },
  };
}

/** Positions of every entry that stands in a state: each happening in it says its own. */
function positionsIn(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return [];
  const held = value instanceof Map ? [...value.values()] : Object.values(value);
  const { positions = [] } = value as { readonly positions?: readonly number[] };
  return [...positions, ...held.flatMap(positionsIn)];
}
