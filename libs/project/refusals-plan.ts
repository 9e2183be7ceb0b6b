import type { RejectionCatalogue } from '@planledger/kernel';

/** Refusals of plan-commands.ts, and of everything else once the plan is closed; refusals.ts joins them. */
export const PLAN_REFUSALS = {
  PLAN_CLOSED: {
    kind: 'conflict',
    zh: '规划已收官（{document}）：此后只办理核验、更正、期后填报和交付，以及已开启事项的收尾，请将新事项报入下一个规划。',
    en: 'The plan is closed ({document}): only verification, correction, late claims and deliveries, and what was opened before go on; enter new work in the next plan.',
  },
  PLAN_ALREADY_ISSUED: {
    kind: 'conflict',
    zh: '规划已印发（{basis}），不能再次印发：内容有变请走规划调整程序。',
    en: 'The plan is issued already ({basis}): change it by an adjustment.',
  },
  PLAN_NOT_OVER: {
    kind: 'conflict',
    zh: '{on}早于规划期末{end}：请在规划期结束后再办理。',
    en: '{on} is before the end of the plan period, {end}: do it once the period is over.',
  },
  NOTHING_CHANGES: {
    kind: 'invalid',
    zh: '{code}没有任何变化：请填写要改的内容，或删去此项。',
    en: '{code} changes nothing: say what changes, or leave it out.',
  },
  LISTED_TWICE: {
    kind: 'invalid',
    zh: '{code}出现了两次：请每个只填一次。',
    en: '{code} stands twice: give each once.',
  },
  NOT_IN_PLAN: {
    kind: 'invalid',
    zh: '现行规划中没有任务或产出量{code}：请核对编号。',
    en: 'The current plan has no item or measure {code}: check its code.',
  },
  PLAN_CODE_TAKEN: {
    kind: 'conflict',
    zh: '编号{code}已用过或为系统保留，不能再指别的内容：请另编一个编号。',
    en: 'Code {code} was used before or is reserved: choose another.',
  },
  ITEM_CODE_MISPLACED: {
    kind: 'invalid',
    zh: '任务编号{item}与第{chapter}章不符：正文任务编号为 T章-序号，专栏任务须在已有专栏内且章号一致。',
    en: 'Code {item} does not fit chapter {chapter}: T<chapter>-<n>, or B<programme>-<n> of a programme of that chapter.',
  },
  WITHDRAWN_AND_CHANGED: {
    kind: 'invalid',
    zh: '{code}同时被调整和调出：请只保留一项。',
    en: '{code} is both changed and withdrawn: keep one of the two.',
  },
  ITEM_WITHDRAWN: {
    kind: 'conflict',
    zh: '任务{item}已调出规划，不能再挂接：请挂接现行任务，或按规划外项目办理。',
    en: 'Item {item} was withdrawn from the plan and takes no more projects: link to one that stands.',
  },
  UNIT_NOT_REGISTERED: {
    kind: 'invalid',
    zh: '计量单位{unit}未登记：可选{known}。',
    en: 'The unit {unit} is not registered: choose from {known}.',
  },
  TARGET_MISSING: {
    kind: 'invalid',
    zh: '产出量{measure}按数量考核：请填写目标值。',
    en: 'Measure {measure} is held against a number: give its target.',
  },
  TARGET_NOT_ASKED: {
    kind: 'invalid',
    zh: '{measure}按名册全覆盖或清单考核，没有目标值：请改名册或清单，并删去目标值。',
    en: '{measure} is met by its whole roster or checklist and has no target: leave it out.',
  },
  TARGET_NOT_POSITIVE: {
    kind: 'invalid',
    zh: '{code}的目标值为{target}：目标值必须大于0。',
    en: 'The target of {code} is {target}: it must be above 0.',
  },
  TARGET_ABOVE_WHOLE: {
    kind: 'invalid',
    zh: '比率{measure}的目标值{target}超过了全部：请核对。',
    en: 'The target of the share {measure}, {target}, is above the whole: check it.',
  },
  SHARE_MISFORMED: {
    kind: 'invalid',
    zh: '比率{measure}的单位应为%或‰，且不按单元计数：请改正单位并删去单元类型。',
    en: 'The share {measure} is in % or ‰ and counts no units: correct its unit and leave the unit kind out.',
  },
  RANGE_MISFORMED: {
    kind: 'invalid',
    zh: '产出量{measure}的上限有误：区间目标须填写大于下限的上限，其他目标不填上限。',
    en: 'The upper end of {measure} does not fit: a range needs one above its low, nothing else has one.',
  },
  ROSTER_MISPLACED: {
    kind: 'invalid',
    zh: '产出量{measure}的名册有误：“每县”和“全覆盖”须指定名册，其他不填名册。',
    en: 'The roster of {measure} does not fit: each and all name one, nothing else does.',
  },
  ROSTER_UNKNOWN: {
    kind: 'invalid',
    zh: '规划中没有名册{roster}：请核对编号。',
    en: 'The plan has no roster {roster}: check its id.',
  },
  WORKS_MISPLACED: {
    kind: 'invalid',
    zh: '产出量{measure}的工程清单有误：清单类须列出工程，其他不列。',
    en: 'The works of {measure} do not fit: a checklist lists them, nothing else does.',
  },
  SCHEME_IS_FIRM: {
    kind: 'invalid',
    zh: '谋划事项{measure}只报状态，不能列为确保：请改为力争。',
    en: 'The scheme {measure} has a status only and cannot be firm: make it strive.',
  },
  BASELINE_LEVEL_MISFORMED: {
    kind: 'invalid',
    zh: '产出量{measure}的基期水平有误：存量口径须填写低于目标的基期水平，新增口径不填。',
    en: 'The level that {measure} starts from does not fit: a stock has one below its target, nothing else has one.',
  },
  DUE_OUTSIDE: {
    kind: 'invalid',
    zh: '{code}的完成时限{due}不在{from}至{to}之间，或开始日期早于规划期：请核对日期。',
    en: 'The due date of {code}, {due}, must lie between {from} and {to}, and its start in the period: check the dates.',
  },
  WHOLE_UNKNOWN: {
    kind: 'invalid',
    zh: '{measure}是{whole}的“其中”项：二者须同属一个任务并一同保留，且不能互为“其中”。',
    en: '{measure} is part of {whole}: both must stand, in one item, and neither be part of itself.',
  },
  PART_LARGER: {
    kind: 'invalid',
    zh: '“其中”项{measure}为{part}，大于{whole}的{target}：请核对，或一并调整。',
    en: 'The part {measure}, {part}, is larger than its whole {whole}, {target}: check it, or change both.',
  },
  INDICATOR_NOT_RISING: {
    kind: 'invalid',
    zh: '递增指标{indicator}的目标{target}未高于基期{baseline}：请核对。',
    en: 'The target of the rising indicator {indicator}, {target}, is not above its baseline {baseline}: check it.',
  },
  TARGET_TEXT_MISSING: {
    kind: 'invalid',
    zh: '指标{indicator}改了目标值：请同时填写文件中目标的原文。',
    en: 'The target of {indicator} changes: give it as the document prints it, too.',
  },
  PATH_MISFORMED: {
    kind: 'invalid',
    zh: '指标{indicator}的年度路径须从{first}年到{last}年逐年各填一次，末年等于目标值{target}：请补齐，改目标时请一并改路径。',
    en: 'The path of {indicator} has every year from {first} to {last} once and ends at its target {target}: complete it.',
  },
  NOT_FIRM: {
    kind: 'invalid',
    zh: '{measure}是力争或谋划事项，收官时不办理结转或核销：请删去此项。',
    en: '{measure} is no firm measure and is neither carried over nor written off: leave it out.',
  },
  TARGET_HAS_NO_PARTS: {
    kind: 'invalid',
    zh: '{measure}按比率、名册或清单考核，目标不能分解相加：请按名册或清单落实到县（区）。',
    en: '{measure} is a share, a roster or a checklist: its target is no sum that counties could have parts of.',
  },
  TARGET_PARTS_EXCEED: {
    kind: 'invalid',
    zh: '{measure}各县（区）合计{sum}，超过全市目标{target}：请核减，或先调整全市目标。',
    en: 'The parts of {measure} sum to {sum}, more than its target {target}: lower them, or adjust the target first.',
  },
  WEIGHT_SET_TAKEN: {
    kind: 'conflict',
    zh: '权重方案{set}已有，批准后不再改动：请另编一个编号。',
    en: 'There is a weight set {set} already, and an approved set is never changed: choose another id.',
  },
  WEIGHTS_SUM: {
    kind: 'invalid',
    zh: '{of}的权重合计{sum}，应为{whole}（万分之一）：请核对。',
    en: 'The weights of {of} sum to {sum}, not {whole} basis points: check them.',
  },
  WEIGHS_NOTHING: {
    kind: 'invalid',
    zh: '{measure}是力争、谋划或“其中”项，不计入完成度，不设权重：请删去此项。',
    en: '{measure} is no firm measure, or part of another, and has no weight in completion: leave it out.',
  },
  RULE_NOT_IN_FUTURE: {
    kind: 'invalid',
    zh: '生效日期{from}不晚于今天{today}：权重、阈值和规则只能从今后某日起生效。',
    en: 'It would be in force from {from}, not after today, {today}: weights, thresholds and rules hold from a later day only.',
  },
  THRESHOLD_UNKNOWN: {
    kind: 'invalid',
    zh: '没有名为{name}的阈值：请核对名称；容差写作 tolerance/产出量或指标编号。',
    en: 'There is no threshold {name}: check its name; a tolerance is tolerance/<measure or indicator>.',
  },
  THRESHOLD_MISFORMED: {
    kind: 'invalid',
    zh: '阈值{name}不能为{value}：须不小于0，月数、天数和次数须为整数。',
    en: 'Threshold {name} cannot be {value}: not below 0, and months, days and times are whole.',
  },
  THRESHOLDS_CROSSED: {
    kind: 'invalid',
    zh: '自生效日起，阈值{lower}会高于{upper}：请一并核对两项。',
    en: 'From that day on {lower} would be above {upper}: check both.',
  },
  RULES_UNKNOWN: {
    kind: 'invalid',
    zh: '本系统没有{part}的规则版本{version}：请核对版本，或先升级系统。',
    en: 'This program knows no version {version} of {part}: check it, or upgrade first.',
  },
  RULES_ALREADY_ADOPTED: {
    kind: 'conflict',
    zh: '{part}的规则版本{version}已采用过：请采用新的版本。',
    en: 'Version {version} of {part} was adopted before: adopt a new one.',
  },
  ROSTER_PART_MISPLACED: {
    kind: 'conflict',
    zh: '名册{roster}的第{part}部分（共{parts}部分）接不上：同一文号的各部分须从1起依次提交，末部分提交后生效。',
    en: 'Part {part} of {parts} of roster {roster} does not follow: send the parts of one document in order from 1.',
  },
  MEMBER_NEVER_VALID: {
    kind: 'invalid',
    zh: '名册成员{member}的截止日期早于起始日期：请核对。',
    en: 'Member {member} ends before it begins: check its dates.',
  },
  CHECKLIST_NOT_NEEDED: {
    kind: 'conflict',
    zh: '任务{item}已有可量化的确保产出量，不另设清单：确需变动请走规划调整程序。',
    en: 'Item {item} has a firm measure to count by and takes no checklist: adjust the plan instead.',
  },
  DOUBT_UNKNOWN: {
    kind: 'missing',
    zh: '疑点登记中没有{doubt}：请核对编号。',
    en: 'There is no doubt {doubt}: check its id.',
  },
  READING_UNKNOWN: {
    kind: 'invalid',
    zh: '该疑点没有读法{reading}：可选{known}。',
    en: 'The doubt has no reading {reading}: choose from {known}.',
  },
  DOUBT_ALREADY_SETTLED: {
    kind: 'conflict',
    zh: '疑点{doubt}已由{document}裁定：目标再有变化请走规划调整程序。',
    en: 'Doubt {doubt} was settled by {document}: change the target by an adjustment.',
  },
  POSITION_NOT_KNOWN: {
    kind: 'invalid',
    zh: '台账位置{at}不在可查范围{first}至{head}之内：请核对所依据的位置。',
    en: 'Position {at} is not between {first} and {head}: check what the figures were read at.',
  },
  REPORT_TAKEN: {
    kind: 'conflict',
    zh: '报告{report}已登记发布：再次发布请另编一个编号。',
    en: 'Report {report} is recorded already: give another one another id.',
  },
} as const satisfies RejectionCatalogue;
