import type { Role } from '@planledger/auth';

/** Where somebody stands, seen from the object: a project of the county's education office, an indicator of health. */
export type Place = 'own unit' | 'sibling unit' | 'other county' | 'other sector';
export const PLACES: readonly Place[] = ['own unit', 'sibling unit', 'other county', 'other sector'];

const OWN: readonly Place[] = ['own unit'];
const SECTOR: readonly Place[] = ['own unit', 'sibling unit'];
const COUNTY: readonly Place[] = ['own unit', 'sibling unit', 'other sector'];
const PLANWIDE: readonly Place[] = PLACES;
/** Whoever is not of the unit that claimed. */
const SECTOR_NOT_UNIT: readonly Place[] = ['sibling unit'];
const PLANWIDE_NOT_UNIT: readonly Place[] = ['sibling unit', 'other county', 'other sector'];

type Who = Partial<Record<Role, readonly Place[]>>;
const ANSWERS: Who = { verifier: SECTOR_NOT_UNIT, commission: PLANWIDE_NOT_UNIT };
const DECIDES: Who = { commission: PLANWIDE };
const JUDGES: Who = { approver: OWN, 'county-commission': COUNTY, verifier: SECTOR };
const HANDLES: Who = { 'county-commission': COUNTY, commission: PLANWIDE };
export const SEES: Who = {
  clerk: SECTOR,
  approver: SECTOR,
  verifier: SECTOR,
  'county-commission': COUNTY,
  commission: PLANWIDE,
  auditor: PLANWIDE,
};

/** Who may do what to which object, written out: not computed from the policy that it checks (DOMAIN §8). */
export const TABLE: Readonly<Record<string, Who>> = {
  registerProject: { clerk: OWN },
  linkProject: { clerk: OWN, commission: PLANWIDE },
  setMilestonePlan: { clerk: OWN },
  claimMilestone: { clerk: OWN },
  verifyMilestone: ANSWERS,
  rejectMilestone: ANSWERS,
  reportProgress: { clerk: OWN },
  verifyProgress: ANSWERS,
  rejectProgress: ANSWERS,
  deliverOutput: { clerk: OWN },
  stateOutputFacts: { clerk: OWN },
  verifyOutput: ANSWERS,
  rejectOutput: ANSWERS,
  revokeOutput: { verifier: SECTOR },
  suspendProject: { clerk: OWN },
  resumeProject: { clerk: OWN },
  cancelProject: { commission: PLANWIDE },
  moveProjectOut: { commission: PLANWIDE },
  bindCode: { clerk: OWN },
  flagOffPlan: { 'county-commission': COUNTY, commission: PLANWIDE },
  admitOffPlan: { commission: PLANWIDE },
  enterReserve: { clerk: OWN },
  leaveReserve: { clerk: OWN },
  splitProject: { commission: PLANWIDE },
  mergeProject: { commission: PLANWIDE },
  carryInProject: { clerk: OWN },
  planUnitMilestone: { clerk: OWN },
  requestElement: { clerk: OWN },
  allocateElement: { commission: PLANWIDE },
  useElement: { clerk: OWN },
  releaseElement: { clerk: OWN },
  requestRebaseline: { clerk: OWN },
  exemptMilestone: { clerk: OWN },
  // Of an exemption; who answers depends on what is asked.
  approveRequest: ANSWERS,
  rejectRequest: ANSWERS,
  'approveRequest of a re-baselining': { commission: PLANWIDE_NOT_UNIT },
  'rejectRequest of a re-baselining': { commission: PLANWIDE_NOT_UNIT },
  observeIndicator: { verifier: SECTOR },
  issuePlan: DECIDES,
  adjustPlan: DECIDES,
  closePlan: DECIDES,
  decomposeTarget: DECIDES,
  approveWeights: DECIDES,
  approveThresholds: DECIDES,
  adoptRules: DECIDES,
  adoptRoster: DECIDES,
  adoptChecklist: DECIDES,
  settleDoubt: DECIDES,
  approveEvaluation: DECIDES,
  publishReport: DECIDES,
  // One corrects what one may write: of a claim the clerk, of an answer to it the verifier.
  correctEntry: { clerk: OWN },
  retractEntry: { clerk: OWN },
  'retractEntry of an answer': { verifier: SECTOR, commission: PLANWIDE },
  'approveRequest of a late correction': ANSWERS,
  'rejectRequest of a late correction': ANSWERS,
  // The month of the project's unit.
  openPeriod: { commission: PLANWIDE },
  submitReport: { clerk: OWN },
  returnReport: JUDGES,
  approveReport: JUDGES,
  closePeriod: { verifier: SECTOR, commission: PLANWIDE },
  // Cases about the project.
  issueSupervision: HANDLES,
  escalateCase: HANDLES,
  closeCase: HANDLES,
  raiseFinding: { auditor: PLANWIDE },
  rectifyFinding: { clerk: OWN, verifier: SECTOR },
  project: SEES,
  'education-project': SEES,
  replayProject: { commission: PLANWIDE, auditor: PLANWIDE },
  'education-retryParked': { operator: PLANWIDE },
};
