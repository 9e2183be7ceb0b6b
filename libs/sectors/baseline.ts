import type { BaselineSet, Entry, Event, RebaselineRequested, RequestStanding, Standing } from '@planledger/contracts';
import { type MoneyByYear, moneyStandings } from './money.js';
import type { Happening, ProjectState } from './project.js';

/**
 * What a second, entitled person decides of a project, and what he decided (DOMAIN §4.1, §4.5). B0 itself is
 * ProjectState.baseline and is changed by nothing here.
 */
export interface ProjectBaselines {
  /** Asked and not answered yet, by position of the request. */
  readonly requests: ReadonlyMap<number, PendingRequest>;
  /** In the order of the answers. */
  readonly answered: readonly AnsweredRequest[];
  /** The baseline in force, where it is not B0: that of the last re-baselining approved. */
  readonly rebaselined: Rebaselined | undefined;
  /** Milestones that do not apply, each with the request and its approval. */
  readonly exempt: ReadonlyMap<string, Happening>;
  /** Reported money by calendar year. */
  readonly money: MoneyByYear;
}

/** Every kind is answered at the same two routes; libs/project says how (REQUEST_KINDS). */
export type PendingRequest = RebaselineRequest | ExemptionRequest | CorrectionRequest;

export interface RebaselineRequest extends Asked {
  readonly kind: 'rebaseline';
  readonly asked: Readonly<RebaselineRequested>;
}

export interface ExemptionRequest extends Asked {
  readonly kind: 'exemption';
  readonly milestone: string;
}

/** A late correction or retraction, asked for and not yet decided; of projects and of indicators. */
export interface CorrectionRequest extends Asked {
  readonly kind: 'correction';
  /** Role of who asked: who decides stands above him. */
  readonly role: string;
  /** Position of the entry that it would rewrite. */
  readonly entry: number;
}

interface Asked extends Happening {
  readonly reason: string;
}

/** Late corrections are not among them: an approved one is part of the entry that it corrects. */
export interface AnsweredRequest {
  readonly request: Exclude<PendingRequest, CorrectionRequest>;
  readonly answer: Answer;
}

interface Answer extends Happening {
  readonly approved: boolean;
  /** 文号 of an approved re-baselining; empty of any other answer. */
  readonly document: string;
  readonly reason: string;
}

/** In force from its approval on; positions are those of the request and of the approval. */
export interface Rebaselined extends Happening {
  readonly baseline: Readonly<BaselineSet>;
  /** Approved estimate in 元 as this or an earlier re-baselining adjusted it; 0: as registered. */
  readonly estimateYuan: bigint;
  readonly document: string;
}

/** Why a re-baselining is asked, by the numbers of the wire's enum from 1. Mistakes are no reason: those are corrected. */
export const REBASELINE_REASONS = [
  'policy',
  'land',
  'funds',
  'estimate',
  'force-majeure',
  'scope',
  'superior',
] as const;

export const NO_BASELINES: ProjectBaselines = {
  requests: new Map(),
  answered: [],
  rebaselined: undefined,
  exempt: new Map(),
  money: new Map(),
};

/** The next state after a request or an answer to one; any other event changes nothing. */
export function foldBaselines<State extends ProjectBaselines>(
  state: State,
  event: Event,
  happening: Happening,
  reason: string,
): State {
  switch (event.case) {
    case 'rebaselineRequested':
      return ask(state, { ...happening, kind: 'rebaseline', asked: event.value, reason });
    case 'milestoneExempted':
      return ask(state, { ...happening, kind: 'exemption', milestone: event.value.milestone, reason });
    case 'rebaselineApproved':
    case 'rebaselineRefused':
    case 'exemptionApproved':
    case 'exemptionRefused': {
      const approved = event.case === 'rebaselineApproved' || event.case === 'exemptionApproved';
      const document = event.case === 'rebaselineApproved' ? event.value.document : '';
      return answer(state, event.value.request, { ...happening, approved, document, reason });
    }
    default:
      return state;
  }
}

const ask = <State extends ProjectBaselines>(state: State, request: PendingRequest): State => ({
  ...state,
  requests: new Map(state.requests).set(request.positions[0] ?? 0, request),
});

function answer<State extends ProjectBaselines>(state: State, position: number, given: Answer): State {
  const request = state.requests.get(position);
  if (!request || request.kind === 'correction') return state;
  const requests = new Map(state.requests);
  requests.delete(position);
  const next = { ...state, requests, answered: [...state.answered, { request, answer: given }] };
  return given.approved ? approve(next, request, given) : next;
}

function approve<State extends ProjectBaselines>(
  state: State,
  request: AnsweredRequest['request'],
  given: Answer,
): State {
  const { on, by, document } = given;
  const positions = [...request.positions, ...given.positions];
  switch (request.kind) {
    case 'rebaseline': {
      const { baseline, estimateYuan: adjusted } = request.asked;
      // An entry without a baseline is none that intake wrote.
      if (!baseline) return state;
      const estimateYuan = adjusted || (state.rebaselined?.estimateYuan ?? 0n);
      return { ...state, rebaselined: { baseline, estimateYuan, document, on, by, positions } };
    }
    case 'exemption':
      return { ...state, exempt: new Map(state.exempt).set(request.milestone, { on, by, positions }) };
  }
}

/** Requests with a late correction asked for or refused; what an approved one corrects is folded anew, without it. */
export function foldCorrections<Request extends PendingRequest>(
  requests: ReadonlyMap<number, Request | CorrectionRequest>,
  event: Event,
  happening: Happening,
  { actor, reason }: Entry,
): ReadonlyMap<number, Request | CorrectionRequest> {
  if (event.case === 'correctionRequested') {
    const [role, entry] = [actor?.role ?? '', event.value.asked.value?.entry ?? 0];
    return new Map(requests).set(happening.positions[0] ?? 0, {
      ...happening,
      kind: 'correction',
      role,
      entry,
      reason,
    });
  }
  if (event.case !== 'correctionRefused') return requests;
  const waiting = new Map(requests);
  waiting.delete(event.value.request);
  return waiting;
}

/** The milestone plan in force: B0 until a re-baselining is approved; undefined before B0. */
export const currentBaseline = ({ baseline, rebaselined }: ProjectState): Readonly<BaselineSet> | undefined =>
  rebaselined?.baseline ?? baseline;

/** The re-baselinings that were approved, oldest first. */
export const approvedRebaselines = ({ answered }: ProjectBaselines): (RebaselineRequest & { answer: Answer })[] =>
  answered.flatMap(({ request, answer: given }) =>
    request.kind === 'rebaseline' && given.approved ? [{ ...request, answer: given }] : [],
  );

type BaselineStanding = Pick<
  Standing,
  'estimateB0' | 'estimate' | 'money' | 'rebaselines' | 'rebaselinesLate' | 'plannedEntries' | 'replannedEntries'
>;

/** Estimate and money of B0 and of the baseline in force, in 元, and how often the one was replaced by the other. */
export function baselineStanding(project: ProjectState): BaselineStanding {
  const registered = project.registration?.estimateYuan ?? 0n;
  const approved = approvedRebaselines(project);
  return {
    estimateB0: registered,
    estimate: project.rebaselined?.estimateYuan || registered,
    money: moneyStandings(project.money, project.baseline?.years ?? [], currentBaseline(project)?.years ?? []),
    rebaselines: approved.length,
    rebaselinesLate: approved.filter(({ asked }) => asked.late).length,
    plannedEntries: [...(project.baseline?.positions ?? [])],
    replannedEntries: [...(project.rebaselined?.positions ?? [])],
  };
}

/** What waits for a decision, in the order it was asked; of projects and of indicators. */
export const requestStandings = (requests: ReadonlyMap<number, PendingRequest>): RequestStanding[] =>
  requests.size === 0
    ? []
    : [...requests].map(([position, { kind, on, by, reason, ...rest }]) => ({
        $typeName: 'planledger.v1.RequestStanding',
        ...{ position, kind, on, unit: by.unit, reason },
        milestone: 'milestone' in rest ? rest.milestone : '',
        entry: 'entry' in rest ? rest.entry : 0,
      }));
