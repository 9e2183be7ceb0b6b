import type { RejectionCatalogue } from '@planledger/kernel';

/** Refusals of renewal-commands.ts, of units' own dates and of later facts; refusals.ts joins them. */
export const RENEWAL_REFUSALS = {
  CODE_HELD: {
    kind: 'conflict',
    zh: '项目自{from}起已有代码{code}：无需再次登记。',
    en: 'The project has code {code} since {from} already.',
  },
  CODE_NOT_HELD: {
    kind: 'invalid',
    zh: '项目没有在用的同类代码{code}：请核对被替代的代码，或不填此项。',
    en: 'The project holds no code {code} of that kind: check which one is replaced, or leave it out.',
  },
  CODE_BEFORE_REPLACED: {
    kind: 'invalid',
    zh: '新代码生效日{validFrom}早于被替代代码{code}的生效日{from}：请核对。',
    en: 'Valid from {validFrom}, before {from} on which {code}, which it replaces, became valid: check the dates.',
  },
  OFF_PLAN_NOT_ADMITTED: {
    kind: 'conflict',
    zh: '项目自{since}起列为规划外，尚未批准纳入，不能挂接任务：请先由市发改委凭文号批准纳入。',
    en: 'The project is off-plan since {since}: the commission must admit it by document before it is linked.',
  },
  OFF_PLAN_ALREADY: {
    kind: 'conflict',
    zh: '项目自{since}起已列为规划外。',
    en: 'The project is off-plan since {since} already.',
  },
  NOT_OFF_PLAN: {
    kind: 'conflict',
    zh: '项目未列为规划外，无需批准纳入：直接挂接任务即可。',
    en: 'The project is not flagged off-plan: link it, nothing needs admitting.',
  },
  IN_RESERVE: {
    kind: 'conflict',
    zh: '项目自{since}起在储备库中：请先办理出库转入前期，再填报开工、进度或产出。',
    en: 'The project is in the reserve since {since}: take it out before works, progress or outputs are entered.',
  },
  IN_RESERVE_ALREADY: {
    kind: 'conflict',
    zh: '项目自{since}起已在储备库中。',
    en: 'The project is in the reserve since {since} already.',
  },
  NOT_IN_RESERVE: {
    kind: 'conflict',
    zh: '项目不在储备库中，无需出库。',
    en: 'The project is not in the reserve.',
  },
  RESERVE_AFTER_START: {
    kind: 'conflict',
    zh: '项目已于{on}开工或已有进度、产出，不能再入储备库：确需停工请办理暂停。',
    en: 'Work began on {on}, so it cannot enter the reserve: suspend it instead.',
  },
  SUCCESSOR_UNKNOWN: {
    kind: 'invalid',
    zh: '没有项目{project}：承接的项目须先登记。',
    en: 'There is no project {project}: register what takes the work over first.',
  },
  SUCCESSOR_IS_ITSELF: {
    kind: 'invalid',
    zh: '项目不能拆分或合并到自身{project}：请填写承接的项目。',
    en: 'A project cannot go on in itself, {project}: name the projects that take its work over.',
  },
  SUCCESSOR_TWICE: {
    kind: 'invalid',
    zh: '承接项目{project}出现了两次：请每个只填一次。',
    en: 'Project {project} stands twice: name each once.',
  },
  SUCCESSOR_OF_OTHER_SECTOR: {
    kind: 'invalid',
    zh: '承接项目{project}属于领域{other}，本项目属于{sector}：只能拆分或合并到本领域的项目。',
    en: 'Project {project} is of sector {other}, this one of {sector}: work goes on within one sector.',
  },
  SUCCESSOR_ENDED: {
    kind: 'conflict',
    zh: '承接项目{project}已取消、调出、拆分或合并，不能承接：请另选项目。',
    en: 'Project {project} has ended itself: choose another.',
  },
  PROJECT_ID_MALFORMED: {
    kind: 'invalid',
    zh: '项目编号{project}格式不对：请填写项目在前一规划中的编号。',
    en: 'Project id {project} is malformed: give the id that the project has in the earlier plan.',
  },
  CARRIED_IN_ALREADY: {
    kind: 'conflict',
    zh: '项目{project}在本规划已有记录，不能再次结转。',
    en: 'Project {project} is in this plan already.',
  },
  CARRIED_FROM_THIS_PLAN: {
    kind: 'invalid',
    zh: '结转来源就是本规划{plan}：请填写前一规划的编号。',
    en: 'It cannot be carried in from {plan}, which is this plan: name the earlier one.',
  },
  OPENING_TWICE: {
    kind: 'invalid',
    zh: '期初数量中产出量{measure}出现了两次：请每项只填一次。',
    en: 'Measure {measure} stands twice among the opening quantities: give each once.',
  },
  UNIT_NOT_DESIGNED: {
    kind: 'invalid',
    zh: '里程碑计划（B0）的设计产出中没有单元{unit}：只有事先列名的单元才有自己的计划日期。',
    en: 'B0 designs no unit {unit}: only units named there have dates of their own.',
  },
  UNIT_DATE_GIVEN: {
    kind: 'conflict',
    zh: '单元{unit}的里程碑{milestone}已计划于{due}完成：计划日期不重编，录入有误请更正。',
    en: 'Milestone {milestone} of unit {unit} is planned for {due}: dates are given once; correct that entry if wrong.',
  },
  UNIT_HAS_NO_QUANTITY: {
    kind: 'invalid',
    zh: '里程碑{milestone}按全项目工程量计算，单元没有自己的日期。',
    en: 'Milestone {milestone} follows the quantities of the whole project: a unit has no date for it.',
  },
  DESIGNED_UNIT_TWICE: {
    kind: 'invalid',
    zh: '设计产出中单元{unit}的产出量{measure}出现了两次：请每个单元只填一次。',
    en: 'Unit {unit} of measure {measure} stands twice among the designed outputs: give each once.',
  },
  YEAR_OUTSIDE_PERIOD: {
    kind: 'invalid',
    zh: '年度投资计划的年份{year}不在规划期{first}—{last}年内：请核对。',
    en: 'Year {year} of the investment plan is outside the plan period, {first} to {last}.',
  },
  YEAR_TWICE: {
    kind: 'invalid',
    zh: '年度投资计划中{year}年出现了两次：请每年只填一次。',
    en: 'Year {year} stands twice in the investment plan: give each once.',
  },
  STATEMENT_NOT_PENDING: {
    kind: 'conflict',
    zh: '第{statement}号补报信息不在待核验之列：请核对编号。',
    en: 'Statement {statement} waits for no answer: check its position.',
  },
} as const satisfies RejectionCatalogue;
