import type { RejectionCatalogue } from '@planledger/kernel';

/** What the civil affairs bureau's rules say to the clerk: refusals at intake, then why a home or site waits. */
export const ELDERLY_CARE_REFUSALS: RejectionCatalogue = {
  ELD_ONE_SITE_ONE_UNIT: {
    kind: 'invalid',
    zh: '机构和社区设施按所登记，每所产出量为1，填报为{quantity}：请逐所申报。',
    en: 'Homes and sites are registered one by one, quantity 1, not {quantity}.',
  },
  ELD_HOME_WITHOUT_BEDS: {
    kind: 'invalid',
    zh: '床位为0的不是养老机构：请填写床位数，无床位的设施请按社区养老服务设施申报。',
    en: 'A home without beds is none: state its beds, or deliver it as a community site.',
  },
  ELD_CATEGORY_NOT_ASKED: {
    kind: 'invalid',
    zh: '产出量{measure}只统计{asked}：请改选机构类别，或挂接相应任务申报。',
    en: 'Measure {measure} counts {asked} only: change the category, or deliver it under its own measure.',
  },
  ELD_NURSING_EXCEEDS_BEDS: {
    kind: 'invalid',
    zh: '护理型床位{nursing}张多于总床位{beds}张：护理型床位是其中数，请核对。',
    en: '{nursing} nursing beds of {beds} beds in all: the nursing beds are part of the beds.',
  },
  ELD_GUARANTEED_EXCEEDS_BEDS: {
    kind: 'invalid',
    zh: '兜底床位{guaranteed}张多于总床位{beds}张：请核对公建民营协议。',
    en: '{guaranteed} beds are kept for the poorest of only {beds}: check the contract.',
  },
  ELD_FIRE_NOT_ACCEPTED: {
    kind: 'invalid',
    zh: '消防验收未合格的养老机构不得交付：请验收合格后再申报。',
    en: 'A home that did not pass its fire acceptance cannot be delivered.',
  },
  ELD_OPERATOR_MISSING: {
    kind: 'invalid',
    zh: '公建民营、民办机构须填写运营方统一社会信用代码。',
    en: 'A home that is not run by the state names its operator by credit code.',
  },
  ELD_OPERATOR_CODE_WRONG: {
    kind: 'invalid',
    zh: '统一社会信用代码{code}不成立（应为18位，末位校验码{expected}）：请按执照核对。',
    en: 'Credit code {code} is wrong (18 characters, the last should be {expected}): check the certificate.',
  },
  ELD_OPERATOR_NOT_ASKED: {
    kind: 'invalid',
    zh: '公办机构由主办单位自行运营，不填运营方：如已委托运营，请选“公建民营”。',
    en: 'A public home has no other operator: if it has one, it is built by the state and run by others.',
  },
  ELD_PRICE_CAP_MISSING: {
    kind: 'invalid',
    zh: '公建民营机构须约定收费上限：请填写每月收费上限（元）。',
    en: 'A home built by the state and run by others has a price cap: state it in yuan a month.',
  },
  ELD_SITE_WITH_INSTITUTION_BEDS: {
    kind: 'invalid',
    zh: '社区养老服务设施填报了机构床位{beds}张：机构与社区设施分册登记，有床位的请按养老机构申报。',
    en: 'A community site states {beds} institution beds: the two registers are separate, deliver it as a home.',
  },
  ELD_ESTATE_NOT_IN_STEP: {
    kind: 'invalid',
    zh: '小区配建设施须与住宅同步规划、建设、验收、交付：四同步缺项的不得申报为配建达标。',
    en: 'Built with an estate, it is planned, built, accepted and handed over in step with it; a step is missing.',
  },
  ELD_IN_OTHER_REGISTER: {
    kind: 'conflict',
    zh: '单元{unit}已在{register}登记：同一场所不得在两个名册重复计数，合建的请分别编号。',
    en: 'Unit {unit} stands in the register of {register}: one place is not counted in both.',
  },
  ELD_NOT_HANDED_OVER: {
    kind: 'conflict',
    zh: '尚未竣工移交，暂不计入：移交后请申报该里程碑。',
    en: 'Not accepted and handed over yet.',
  },
  ELD_NOT_FILED: {
    kind: 'conflict',
    zh: '已移交、未备案，暂不计入：请完成养老机构备案后申报。',
    en: 'Handed over but not filed as a home: does not count yet.',
  },
  ELD_FILING_NUMBER_UNSTATED: {
    kind: 'conflict',
    zh: '已申报备案但没有备案号，暂不计入：请补报备案号。',
    en: 'Filing is claimed without its number: state it.',
  },
  ELD_SITE_NOT_OPEN: {
    kind: 'conflict',
    zh: '社区设施已移交、未开放，暂不计入：开放服务后请申报。',
    en: 'Handed over but not open to its people yet.',
  },
};
