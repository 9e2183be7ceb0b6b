import type { RejectionCatalogue } from '@planledger/kernel';

/** What the rules of employment say to the clerk: refusals at intake, then why a unit does not count yet. */
export const EMPLOYMENT_REFUSALS: RejectionCatalogue = {
  EMP_ONE_AT_A_TIME: {
    kind: 'invalid',
    zh: '基地、园区、系统、称号和基金逐个申报，产出量应为1，填报为{quantity}。',
    en: 'Bases, parks, systems, titles and funds are delivered one by one, not {quantity} at once.',
  },
  EMP_PERSONAL_DATA: {
    kind: 'invalid',
    zh: '“{field}”含疑似居民身份证号：本系统只收人数和去重名册摘要，请删去个人信息后再报。',
    en: 'The field {field} seems to hold a resident id number: only counts and digests of rolls may be stored here.',
  },
  EMP_ROLL_DIGEST_WRONG: {
    kind: 'invalid',
    zh: '人年去重名册摘要应为64位小写十六进制（SHA-256）：请按去重工具生成的摘要填写，不得填写名单。',
    en: 'The digest of the roll is 64 lower-case hexadecimal digits (SHA-256): give the digest, never the roll.',
  },
  EMP_BEFORE_PERIOD: {
    kind: 'invalid',
    zh: '{day}早于{first}，属上一规划期：不计入本规划，请勿申报。',
    en: 'The day {day} lies before {first}, in the plan before this one: it does not count here.',
  },
  EMP_REPORTED_TWICE: {
    kind: 'conflict',
    zh: '{what}已由单元{other}申报：同一机构的同一批次只计一次，请核对编号。',
    en: 'Unit {other} reports the same already ({what}): one batch of one institution counts once.',
  },
  EMP_PASSED_EXCEED_ENROLLED: {
    kind: 'invalid',
    zh: '结业合格{passed}人次多于参训{enrolled}人次：请核对。',
    en: '{passed} passed of {enrolled} enrolled: check both.',
  },
  EMP_PERSON_TIMES_NOT_PASSED: {
    kind: 'invalid',
    zh: '培训按结业考核合格人次计：合格{passed}人次，产出量填报为{quantity}，参训未合格的不计。',
    en: 'Training counts those who passed: {passed}, the quantity says {quantity}; who did not pass is not in it.',
  },
  EMP_PERSONS_EXCEED_TIMES: {
    kind: 'invalid',
    zh: '首次参训{persons}人多于合格{passed}人次：人数不会多于人次，请核对是否填反。',
    en: '{persons} persons in {passed} person-times: there are never more persons, check whether they were swapped.',
  },
  EMP_PERSONS_COUNTED_TWICE: {
    kind: 'conflict',
    zh: '同一名册{year}年已由单元{other}计过人数：人次可以再计，人不得再计；培训的首次参训人数应填0，取证的不再申报。',
    en: 'Unit {other} counted the persons of this roll in {year}: their person-times count again, the persons do not.',
  },
  EMP_HOLDERS_EXCEED_CERTIFICATES: {
    kind: 'invalid',
    zh: '取证{holders}人多于证书{certificates}本：每人至少一本，请核对是否填反。',
    en: '{holders} holders of {certificates} certificates: everyone has one at least, check whether they were swapped.',
  },
  EMP_HOLDERS_NOT_NET: {
    kind: 'invalid',
    zh: '取证按新增人数计：取证{holders}人、其中不再计{counted}人，产出量应为{net}，填报为{quantity}；证书本数不是人数。',
    en: 'Holders count net: {holders} less {counted} counted before is {net}, not {quantity}; certificates are no persons.',
  },
  EMP_ISSUED_BEFORE_ASSESSED: {
    kind: 'invalid',
    zh: '发证日期{issued}早于评价考核日期{assessed}：先考核后发证，请核对。',
    en: 'Issued on {issued} but assessed on {assessed}: nobody is certified before the assessment.',
  },
  EMP_NOT_HIGH_SKILL: {
    kind: 'invalid',
    zh: '高技能人才指高级工以上，填报等级为{level}：请只按“取得证书”申报。',
    en: 'High skill begins with senior workers, this level is below it ({level}): deliver it as certificates alone.',
  },
  EMP_REGISTERED_EXCEED_ADMITTED: {
    kind: 'invalid',
    zh: '学籍注册{registered}人多于录取{admitted}人：请核对。',
    en: '{registered} are registered of {admitted} admitted: check both.',
  },
  EMP_ENROLMENT_NOT_REGISTERED: {
    kind: 'invalid',
    zh: '招生按学籍注册人数计：注册{registered}人，产出量填报为{quantity}，录取未注册的不计。',
    en: 'Enrolment counts pupils on the register: {registered}, the quantity says {quantity}; admission is not enough.',
  },
  EMP_SENIOR_EXCEED_ALL: {
    kind: 'invalid',
    zh: '高级专业技术人员{senior}人多于总量{quantity}人：高级是其中数，请核对。',
    en: '{senior} senior professionals of {quantity} in all: they are part of them.',
  },
  EMP_LEVEL_ADDED_TWICE: {
    kind: 'conflict',
    zh: '统计单位{reporter}已有在册数（单元{other}）：总量是年末在册数，不得逐年相加，请先核减上年再报本年。',
    en: 'Employer {reporter} stands already with a level (unit {other}): years are not added, revoke the older one first.',
  },
  EMP_TITLE_BY_COMPLETION: {
    kind: 'invalid',
    zh: '称号由认定取得，不因建成取得：请按“认定类”项目申报。',
    en: 'A title is granted, not built: register a project of designation.',
  },
  EMP_TITLE_NOT_ASKED: {
    kind: 'invalid',
    zh: '产出量{measure}只计{asked}：级别高低不能互相顶替，请核对称号和级别或改挂产出量。',
    en: 'Measure {measure} counts one title at one rank ({asked}): no other stands in for it.',
  },
  EMP_RECOGNISED_BELOW_RANK: {
    kind: 'invalid',
    zh: '{rank}称号须由同级以上机关认定，填报的认定机关为{issuer}：请核对文件。',
    en: 'A title of this rank ({rank}) is not granted by a lower office ({issuer}): check the document.',
  },
  EMP_RETURNEES_EXCEED_TENANTS: {
    kind: 'invalid',
    zh: '返乡创业实体{returnees}家多于入驻{tenants}家：返乡是其中数，请核对。',
    en: '{returnees} start-ups of returnees among {tenants} tenants: they are part of them.',
  },
  EMP_PARK_WITHOUT_RETURNEES: {
    kind: 'invalid',
    zh: '返乡创业示范园须有返乡创业实体：请填写入驻实体数和其中返乡创业实体数。',
    en: 'A park of returnees has start-ups of returnees: state its tenants and how many of them they are.',
  },
  EMP_CATEGORY_NOT_ASKED: {
    kind: 'invalid',
    zh: '产出量{measure}统计的是{asked}，填报类别为{stated}：请改选类别或产出量。',
    en: 'Measure {measure} counts another category ({asked}), stated is {stated}: change the one or the other.',
  },
  EMP_BASE_WITHOUT_STATIONS: {
    kind: 'invalid',
    zh: '公共实训基地须有实训工位：请填写工位数，没有工位的只是校舍。',
    en: 'A base for practice has workstations: state how many, without them it is a building.',
  },
  EMP_PURPOSE_NOT_ASKED: {
    kind: 'invalid',
    zh: '产出量{measure}统计{asked}，填报用途为{stated}：平台投资和补助资金不得互相列支，请核对。',
    en: 'Measure {measure} counts another purpose ({asked}), stated is {stated}: the two funds are not mixed.',
  },
  EMP_PAID_WITHOUT_VOUCHER: {
    kind: 'invalid',
    zh: '填报了支付入账日期但没有支付凭证号：请补填凭证号。',
    en: 'A day of payment is stated without its voucher: give the number.',
  },
  EMP_VOUCHER_TWICE: {
    kind: 'conflict',
    zh: '支付凭证{voucher}已由单元{other}申报：一张凭证只计一次。',
    en: 'Voucher {voucher} is reported by unit {other} already: it counts once.',
  },
  EMP_DAY_NOT_COME: {
    kind: 'conflict',
    zh: '填报的日期晚于申报之日，暂不计入：到期后请补报实际日期。',
    en: 'The day that is stated lies after the day of the report: state the real one once it has come.',
  },
  EMP_CERTIFICATE_NOT_ISSUED: {
    kind: 'conflict',
    zh: '已评价合格、未发证，暂不计入：发证后请补报发证日期。',
    en: 'Assessed, but no certificate is issued: state the day once it is.',
  },
  EMP_NOT_REGISTERED: {
    kind: 'conflict',
    zh: '已录取、未完成学籍注册，暂不计入：注册后请补报注册日期。',
    en: 'Admitted but not on the register: state the day of registration once they are.',
  },
  EMP_NOT_RECOGNISED: {
    kind: 'conflict',
    zh: '尚未认定，暂不计入：推荐、公示不等于认定，认定后请申报该里程碑。',
    en: 'Not recognised yet: neither a recommendation nor its publication is the title.',
  },
  EMP_DOCUMENT_UNSTATED: {
    kind: 'conflict',
    zh: '已申报认定、验收或备案、没有文号（编号），暂不计入：请补报。',
    en: 'Recognised, accepted or filed without the number of its document: state it.',
  },
  EMP_NOT_ACCEPTED: {
    kind: 'conflict',
    zh: '尚未竣工验收，暂不计入：验收后请申报该里程碑。',
    en: 'Not accepted yet: claim that milestone once it is.',
  },
  EMP_BUILT_NOT_OPENED: {
    kind: 'conflict',
    zh: '建成未投用：已竣工验收、未投用，投用后请申报该里程碑。',
    en: 'Built and accepted, but not in use.',
  },
  EMP_PARK_NOT_IN_USE: {
    kind: 'conflict',
    zh: '建成未投用：园区已开园、尚无实体入驻，入驻后请补报入驻实体数。',
    en: 'The park is open and empty: state its tenants once there are some.',
  },
  EMP_PROVINCE_NOT_ACCEPTED: {
    kind: 'conflict',
    zh: '已建成投用、未通过省级验收，暂不计入：通过后请补报省级验收文号。',
    en: 'In use, but the province has not accepted it: state that document once it has.',
  },
  EMP_SYSTEM_NOT_ACCEPTED: {
    kind: 'conflict',
    zh: '系统尚未竣工验收，暂不计入。',
    en: 'The system is not accepted yet.',
  },
  EMP_SYSTEM_NOT_IN_USE: {
    kind: 'conflict',
    zh: '建成未投用：系统已验收、未上线，上线后请申报该里程碑。',
    en: 'The system is accepted but not in use: claim that once it is.',
  },
  EMP_SYSTEM_NOT_PROTECTED: {
    kind: 'conflict',
    zh: '系统已上线、未办理网络安全等级保护备案，暂不计入：规划要求安全可靠，备案后请补报备案号。',
    en: 'In use without its filing for protection: the plan asks for safe, state the filing once it has one.',
  },
  EMP_ALLOCATED_NOT_PAID: {
    kind: 'conflict',
    zh: '资金已下达、未支付入账，暂不计入：支付后请补报凭证号和入账日期。',
    en: 'Allocated is not paid: state voucher and day once it is.',
  },
  EMP_FUND_NOT_FILED: {
    kind: 'conflict',
    zh: '基金尚未设立备案，暂不计入：备案后请申报该里程碑。',
    en: 'The fund is not filed yet: claim that milestone once it is.',
  },
};
