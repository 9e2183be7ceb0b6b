import type { RejectionCatalogue } from '@planledger/kernel';

/** What the civil affairs bureau's rules of the safety net say to the clerk: refusals first, then why a unit waits. */
export const SOCIAL_PROTECTION_REFUSALS: RejectionCatalogue = {
  SSP_ONE_AT_A_TIME: {
    kind: 'invalid',
    zh: '机构、站点、文件逐个申报，产出量应为1，填报为{quantity}：服务人数请填入相应项目，不要填入产出量。',
    en: 'Deliver each institution, site or document on its own, quantity 1, not {quantity}: persons served are a fact.',
  },
  SSP_PERSONAL_DATA: {
    kind: 'invalid',
    zh: '“{field}”含疑似居民身份证号：服务对象只报人数，不报姓名和证件号，请删去后再报。',
    en: 'The field {field} seems to hold a resident id number: persons served are numbers only, remove it.',
  },
  SSP_PURPOSE_NOT_ASKED: {
    kind: 'invalid',
    zh: '产出量{measure}只统计{asked}，填报用途为{stated}：请改选用途，或挂接相应任务申报。',
    en: 'Measure {measure} counts {asked}, stated is {stated}: change the purpose, or deliver it under its own task.',
  },
  SSP_NOT_A_RELOCATION: {
    kind: 'invalid',
    zh: '本任务是整体迁建，填报为{stated}：原址扩建或另建新点不算迁建，请核对建设方式。',
    en: 'The task is to relocate the whole institution, stated is {stated}: building beside it does not relocate it.',
  },
  SSP_BEDS_MISSING: {
    kind: 'invalid',
    zh: '{purpose}须收住服务对象，床位数不能为0：请填写床位数。',
    en: 'People live in such an institution ({purpose}), so it has beds: state them.',
  },
  SSP_TRAINING_PLACES_MISSING: {
    kind: 'invalid',
    zh: '康复中心床位和日间训练位都为0：请至少填写一项。',
    en: 'A rehabilitation centre without a bed or a day place serves nobody: state the one or the other.',
  },
  SSP_SERVED_EXCEED_PLACES: {
    kind: 'invalid',
    zh: '在院服务对象{served}人多于床位和日间位合计{places}个：请核对，超员的先调剂再申报。',
    en: '{served} persons are served in {places} beds and day places: check both.',
  },
  SSP_LICENCE_MISSING: {
    kind: 'invalid',
    zh: '{purpose}须持{licence}方可交付：请填写证号。',
    en: 'Such an institution ({purpose}) holds a licence ({licence}): state its number.',
  },
  SSP_DISABLED_EXCEED_RESIDENTS: {
    kind: 'invalid',
    zh: '其中失能失智和重度残疾{disabled}人多于收住总数{residents}人：是其中数，请核对。',
    en: '{disabled} of only {residents} residents are severely disabled: they are part of the residents.',
  },
  SSP_HOME_WITHOUT_ROOM: {
    kind: 'invalid',
    zh: '儿童之家活动用房面积为0：只挂牌、没有用房的不得申报，请落实用房。',
    en: 'A children’s home without a room is a sign on a wall: find the room first.',
  },
  SSP_HOME_WITHOUT_WORKER: {
    kind: 'invalid',
    zh: '儿童之家没有专（兼）职人员在岗：请先落实人员；已申报后撤岗的，请撤销该产出。',
    en: 'Nobody is on post in the children’s home: appoint somebody; if the post was given up, revoke it.',
  },
  SSP_HOME_NEVER_OPEN: {
    kind: 'invalid',
    zh: '儿童之家每周开放0天：不开放的不得申报，请填写公示的开放天数。',
    en: 'A children’s home that opens on no day of the week cannot be delivered: state its days.',
  },
  SSP_STATION_WITHOUT_WORKER: {
    kind: 'invalid',
    zh: '社会工作站无人驻站：须有社会工作者驻站，请落实后再申报。',
    en: 'No social worker is stationed there: the station counts by them, appoint one first.',
  },
  SSP_CERTIFIED_EXCEED_WORKERS: {
    kind: 'invalid',
    zh: '持证{certified}人多于驻站{workers}人：是其中数，请核对。',
    en: '{certified} of only {workers} workers are certified: they are part of the workers.',
  },
  SSP_ROLL_INCOMPLETE: {
    kind: 'invalid',
    zh: '{programme}核查名册缺{lacking}：应保、在保、漏保、错保四项须同时填报，不能只报覆盖数。',
    en: 'The roll of {programme} lacks {lacking}: all four numbers belong together, what is covered alone says nothing.',
  },
  SSP_MISSED_EXCEED_ELIGIBLE: {
    kind: 'invalid',
    zh: '{programme}漏保{missed}人多于应保{eligible}人：漏保是应保的其中数，请核对。',
    en: '{programme}: {missed} missed of {eligible} entitled persons; the missed are part of the entitled.',
  },
  SSP_ROLL_DOES_NOT_ADD_UP: {
    kind: 'invalid',
    zh: '{programme}在保{covered}人对不上：应保{eligible}－漏保{missed}＋错保{wrong}＝{expected}，请核对名册，不得以错抵漏。',
    en: '{programme}: {covered} covered, but {eligible} entitled less {missed} missed plus {wrong} wrongly paid is {expected}.',
  },
  SSP_NOT_A_CITY_DOCUMENT: {
    kind: 'invalid',
    zh: '市级统筹以市级文件为准：县（区）文件不能实现全市统一，请待市级文件印发后申报。',
    en: 'Unified across the city means by a document of the city: one of a county unifies nothing.',
  },
  SSP_NOT_ACCEPTED: {
    kind: 'conflict',
    zh: '尚未竣工验收，暂不计入：验收后请填报里程碑“竣工验收”。',
    en: 'Not accepted yet; counts once its acceptance and its use are claimed.',
  },
  SSP_NOT_REGISTERED: {
    kind: 'conflict',
    zh: '尚未办理机构登记，暂不计入：登记后请填报里程碑“机构登记”。',
    en: 'Not registered as an institution; does not count yet.',
  },
  SSP_FACILITY_NOT_IN_USE: {
    kind: 'conflict',
    zh: '已具备条件、未投用收住：服务对象入住（收治）后请填报，自投用之日起计入。',
    en: 'Ready, but nobody is served there yet: counts from the day of its use.',
  },
  SSP_OLD_SITE_STILL_SERVES: {
    kind: 'conflict',
    zh: '新址已投用、原址服务未整体迁出，暂不计入：整体迁建完成后请补报“原址已整体迁出”。',
    en: 'The new site is in use, but the old one was not moved as a whole; state it once it was.',
  },
  SSP_NOT_DESIGNATED: {
    kind: 'conflict',
    zh: '定点文件尚未印发，暂不计入：与医疗机构签了协议不等于定点。',
    en: 'No document designates it yet: an agreement with the hospital is not the designation.',
  },
  SSP_NOBODY_ADMITTED: {
    kind: 'conflict',
    zh: '已定点、未收住特困人员，暂不计入：收住后请填报里程碑“收住”。',
    en: 'Designated, but nobody was admitted yet.',
  },
  SSP_DESIGNATION_NUMBER_UNSTATED: {
    kind: 'conflict',
    zh: '已定点收住、未填定点文件文号，暂不计入：请补报文号。',
    en: 'Designated and in use, but without the number of the document: state it.',
  },
  SSP_NO_SIGN: {
    kind: 'conflict',
    zh: '尚未挂牌，暂不计入：挂牌后请填报。',
    en: 'Has no sign of its own yet; does not count.',
  },
  SSP_HOME_NOT_OPENED: {
    kind: 'conflict',
    zh: '儿童之家已挂牌、未开放，暂不计入：开放后请填报里程碑“开放服务”。',
    en: 'The children’s home has its sign but is not open yet.',
  },
  SSP_NOBODY_STATIONED: {
    kind: 'conflict',
    zh: '已挂牌、社会工作者未到岗驻站，暂不计入：到岗后请填报里程碑“人员到岗”。',
    en: 'It has its sign, but no social worker took up the post yet.',
  },
  SSP_NOT_ISSUED: {
    kind: 'conflict',
    zh: '市级文件尚未印发，暂不计入。',
    en: 'The document of the city is not issued yet.',
  },
  SSP_ISSUED_NOT_IN_FORCE: {
    kind: 'conflict',
    zh: '文件已印发、尚未施行，暂不计入：自施行之日起计入。',
    en: 'Issued but not in force: counts from the day on which it is.',
  },
};
