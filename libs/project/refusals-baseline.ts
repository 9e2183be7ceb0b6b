import type { RejectionCatalogue } from '@planledger/kernel';

/** Refusals of baseline-commands.ts; refusals.ts joins them. */
export const BASELINE_REFUSALS = {
  REBASELINE_PENDING: {
    kind: 'conflict',
    zh: '第{request}号基线调整申请尚未答复：请等待答复，或先撤回该申请再重新提出。',
    en: 'Request {request} for a re-baselining waits for its answer: wait for it, or retract it first.',
  },
  REBASELINE_TOO_OFTEN: {
    kind: 'conflict',
    zh: '{year}年已批准基线调整{approved}次，每个项目每年最多{max}次：请下一年度再申请。',
    en: '{approved} re-baselinings were approved in {year}, at most {max} a year are: ask again next year.',
  },
  REBASELINE_CHANGES_NOTHING: {
    kind: 'invalid',
    zh: '申请的计划和概算与现行基线完全相同：请填写调整后的内容。',
    en: 'The plan and estimate asked for are those in force: give what is to change.',
  },
  REBASELINE_NEEDS_DOCUMENT: {
    kind: 'invalid',
    zh: '批准基线调整须有文号：请填写批准文件的文号。',
    en: 'A re-baselining is approved by a document: give its number.',
  },
  DOCUMENT_NOT_ASKED: {
    kind: 'invalid',
    zh: '第{request}号申请的答复不填文号：请删除文号，相关文件作为佐证附上。',
    en: 'The answer to request {request} has no document number: leave it out, and give the document as evidence.',
  },
  REQUEST_NOT_PENDING: {
    kind: 'conflict',
    zh: '第{request}号记录不是待答复的申请：可能已答复或撤回，请核对编号。',
    en: 'Entry {request} is no request that waits for an answer: check its position.',
  },
  REQUEST_ANSWERED: {
    kind: 'conflict',
    zh: '第{entry}号申请已有答复（第{answer}号），不能撤回：请先由答复人撤回其答复。',
    en: 'Request {entry} was answered by entry {answer}: that answer must be retracted first, by who may give it.',
  },
  MILESTONE_EXEMPT: {
    kind: 'conflict',
    zh: '里程碑{milestone}已豁免（第{entry}号批复），不再填报：如仍需实施，请先由批复人撤回该批复。',
    en: 'Milestone {milestone} is exempted by entry {entry}: that approval must be retracted before it is claimed.',
  },
  MILESTONE_NEVER_EXEMPT: {
    kind: 'invalid',
    zh: '里程碑{milestone}属于竣工验收或许可备案，任何项目都不能豁免。',
    en: 'Milestone {milestone} is an acceptance or a licence: no project is exempted from it.',
  },
  MILESTONE_HAS_CLAIMS: {
    kind: 'conflict',
    zh: '里程碑{milestone}已有申报或完成量，不能豁免：如系误报，请先撤回该填报。',
    en: 'Milestone {milestone} is claimed or has quantities reported: retract those first if they were wrong.',
  },
  EXEMPTION_PENDING: {
    kind: 'conflict',
    zh: '里程碑{milestone}的豁免申请（第{request}号）尚未答复：请等待答复，无需重复申请。',
    en: 'Request {request} for the exemption of {milestone} waits for its answer.',
  },
} as const satisfies RejectionCatalogue;
