import type { RejectionCatalogue } from '@planledger/kernel';

/** What the health bureau's rules say to the clerk: refusals at intake first, then why a unit does not count yet. */
export const HEALTH_REFUSALS: RejectionCatalogue = {
  HEA_ONE_AT_A_TIME: {
    kind: 'invalid',
    zh: '医疗卫生机构逐家申报，产出量应为1：请分开填写，每家用自己的登记号。',
    en: 'Deliver each institution on its own, with quantity 1 and its own registration.',
  },
  HEA_OPEN_EXCEEDS_ACTUAL: {
    kind: 'invalid',
    zh: '开放床位{open}张多于实有床位{actual}张：三个床位数口径不同，请按实际开放数填写。',
    en: '{open} open beds exceed the {actual} that stand there: the three bed counts are different things.',
  },
  HEA_ACTUAL_EXCEEDS_APPROVED: {
    kind: 'invalid',
    zh: '实有床位{actual}张多于批准床位{approved}张：请先办理床位变更登记，或核对实有数。',
    en: '{actual} beds stand there but only {approved} are approved: have the approval changed first.',
  },
  HEA_LICENCE_MISSING: {
    kind: 'invalid',
    zh: '已执业（开放床位{open}张）但未填写执业登记号：请补填登记号。',
    en: 'It is said to practise ({open} beds open) without a registration number: give the number.',
  },
  HEA_HOSPITAL_WITHOUT_BEDS: {
    kind: 'invalid',
    zh: '医院须有批准床位：请按设置批准书填写批准床位数，无床位的机构请选其他类别。',
    en: 'A hospital has approved beds: state those of its permission, or choose another kind of institution.',
  },
  HEA_BEDS_NOT_KEPT: {
    kind: 'invalid',
    zh: '疾控机构和专科诊疗中心自身不设床位（填报{approved}张）：床位请由所在医院填报。',
    en: 'Such an institution keeps no beds of its own ({approved} stated): its hospital states them.',
  },
  HEA_LEVEL_BY_COMPLETION: {
    kind: 'invalid',
    zh: '等级不因竣工取得：请按“创建类”项目申报，凭评审批文认定等级。',
    en: 'A building that is finished has no level: register an accreditation project and wait for the document.',
  },
  HEA_GRADE_WITHOUT_LEVEL: {
    kind: 'invalid',
    zh: '填写了等次（甲等、乙等）但没有等级：请同时填写二级或三级。',
    en: 'A grade is stated without a level: state the level too.',
  },
  HEA_GRADE_NEEDS_DOCUMENT: {
    kind: 'invalid',
    zh: '三级不等于三甲：申报等次须填写评审批文文号。',
    en: 'A level is not a grade: state the number of the accreditation document.',
  },
  HEA_LEVEL_BELOW_ASKED: {
    kind: 'invalid',
    zh: '产出量{measure}要求{asked}，填报未达到：请待取得后再申报。',
    en: 'Measure {measure} asks for {asked}, which the facts do not reach: deliver it once reached.',
  },
  HEA_ASSESSMENT_IS_NO_LEVEL: {
    kind: 'invalid',
    zh: '产出量{measure}须经等级评审，服务水平评估不能代替：请凭评审批文申报。',
    en: 'Measure {measure} asks for the accreditation: an assessment of the service does not replace it.',
  },
  HEA_ASPECT_MISMATCH: {
    kind: 'invalid',
    zh: '产出量{measure}统计的是{asked}，填报内容为{stated}：请改选内容或产出量。',
    en: 'Measure {measure} covers {asked}, stated is {stated}: change the one or the other.',
  },
  HEA_LABORATORY_NOT_FILED: {
    kind: 'invalid',
    zh: 'P2实验室以生物安全二级（BSL-2）备案为准：请填写备案号。',
    en: 'A P2 laboratory is one by its BSL-2 filing: give the filing number.',
  },
  HEA_FEVER_CLINIC_LAYOUT: {
    kind: 'invalid',
    zh: '发热门诊须具备三区两通道：未达到的请先整改，再申报。',
    en: 'A fever clinic needs three zones and two passages: rebuild it first.',
  },
  HEA_DEPARTMENT_UNREGISTERED: {
    kind: 'invalid',
    zh: '{department}尚未设置并登记诊疗科目：请登记后再申报。',
    en: 'The department ({department}) is not set up and registered: register it first.',
  },
  HEA_CERTIFICATE_MISSING: {
    kind: 'invalid',
    zh: '{aspect}须凭认定文号或登记号申报：请填写。',
    en: '{aspect}: give the number of the certificate or registration.',
  },
  HEA_CLINIC_NEITHER: {
    kind: 'invalid',
    zh: '村卫生室既非公有产权也未标准化：请至少达到一项并如实填写，两项齐备后计入。',
    en: 'The clinic is neither publicly owned nor up to standard: both are needed to count, one to report it.',
  },
  HEA_STAFF_NOT_NET: {
    kind: 'invalid',
    zh: '人才按净增在岗人数统计：到岗{joined}人、离岗{left}人，产出量应为{net}，填报为{quantity}。',
    en: 'Staff count net: {joined} joined, {left} left, so the quantity is {net} and not {quantity}.',
  },
  HEA_STAFF_LEAVERS_EXCEED: {
    kind: 'invalid',
    zh: '离岗{left}人不少于到岗{joined}人，没有净增：请核减原批次，不再申报。',
    en: '{left} left and {joined} joined: nothing was gained; revoke the earlier cohort instead.',
  },
  HEA_STAFF_CATEGORY: {
    kind: 'invalid',
    zh: '产出量{measure}统计{asked}，填报类别为{stated}：请改选类别或产出量。',
    en: 'Measure {measure} counts {asked}, stated is {stated}: change the one or the other.',
  },
  HEA_STAFF_NOT_COUNTY: {
    kind: 'invalid',
    zh: '引进本科生只统计县、乡医疗卫生机构：市级机构的请勿在此申报。',
    en: 'Bachelors count at county and town institutions only.',
  },
  HEA_NOT_LICENSED: {
    kind: 'conflict',
    zh: '尚未执业登记，暂不计入：竣工验收不等于可以执业，请取得登记后申报。',
    en: 'Not licensed, does not count yet: accepted is not the same as licensed.',
  },
  HEA_NOT_OPENED: {
    kind: 'conflict',
    zh: '已执业登记、未开诊，暂不计入：请在开诊后申报。',
    en: 'Licensed, not open yet: claim the opening once it is.',
  },
  HEA_NUMBER_PENDING: {
    kind: 'conflict',
    zh: '已登记并开诊，登记号尚未填报，暂不计入：请补报登记号。',
    en: 'Licensed and open, but its registration number was never stated: state it.',
  },
  HEA_NOT_STANDARDISED: {
    kind: 'conflict',
    zh: '已投用、未通过标准化认定，暂不计入：认定后请补报。',
    en: 'In use but not certified as up to standard: state the certification once it has it.',
  },
  HEA_AWAITING_DOCUMENT: {
    kind: 'conflict',
    zh: '尚无批文，暂不计入：批文下达后请申报“批文”里程碑。',
    en: 'No document yet: claim that milestone once it is granted.',
  },
  HEA_CLINIC_HALF: {
    kind: 'conflict',
    zh: '村卫生室公有产权和标准化只达到一项，暂不计入：另一项达到后请补报。',
    en: 'Publicly owned or up to standard, but not both: state the other once it holds.',
  },
};
