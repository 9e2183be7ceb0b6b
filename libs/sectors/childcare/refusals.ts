import type { RejectionCatalogue } from '@planledger/kernel';

/** What the rules of childcare say to the clerk: refusals at intake, then why a unit does not count yet. */
export const CHILDCARE_REFUSALS: RejectionCatalogue = {
  CHC_ONE_AT_A_TIME: {
    kind: 'invalid',
    zh: '机构、乡镇（街道）和系统逐个申报，产出量应为1，填报为{quantity}：托位数请按“托位”申报。',
    en: 'Institutions, towns and systems are delivered one by one, not {quantity} at once; places have a kind of their own.',
  },
  CHC_PLACES_NOT_NET: {
    kind: 'invalid',
    zh: '托位按净增数计：净增{newPlaces}个，产出量填报为{quantity}，两者应一致。',
    en: 'Places count net: {newPlaces} are new, the quantity says {quantity}; both are the same number.',
  },
  CHC_NEW_PLACES_EXCEED: {
    kind: 'invalid',
    zh: '净增托位{newPlaces}个多于机构托位总数{places}个：请核对。',
    en: '{newPlaces} new places of {places} in all: check both.',
  },
  CHC_PLACES_EXCEED_CLASSES: {
    kind: 'invalid',
    zh: '按填报的班数最多设{allowed}个托位（乳儿班10、托小班15、托大班20、混合编班18），填报为{places}个：请核对班数与托位。',
    en: 'The classes stated hold {allowed} places at most (10, 15, 20 and 18 a class by age), stated are {places}: check both.',
  },
  CHC_KINDERGARTEN_UNSTATED: {
    kind: 'invalid',
    zh: '托幼一体的，请填写所在幼儿园学位数和核定办园规模，以免托位与幼儿园学位重复计算。',
    en: 'Within a kindergarten: state its places and its approved size, or one seat may be counted as both.',
  },
  CHC_COUNTED_AS_SCHOOL_PLACES: {
    kind: 'invalid',
    zh: '托位{places}个加幼儿园学位{schoolPlaces}个，超过核定办园规模{approved}人：同一座位不得既算托位又算学位，请核减。',
    en: '{places} nursery places and {schoolPlaces} school places exceed the approved {approved}: no seat is counted as both.',
  },
  CHC_SCHOOL_PLACES_NOT_ASKED: {
    kind: 'invalid',
    zh: '只有托幼一体的机构填写幼儿园学位和办园规模：请改选机构形式，或删去这两项。',
    en: 'Only a nursery within a kindergarten states school places: change its form, or leave them out.',
  },
  CHC_INCLUSIVE_UNDOCUMENTED: {
    kind: 'invalid',
    zh: '申报为普惠性的，请填写普惠认定（协议）文号；尚未认定的请按非普惠申报，认定后补报。',
    en: 'Inclusive by which document? State it, or deliver the places as not inclusive until it is granted.',
  },
  CHC_DEMONSTRATION_NOT_INCLUSIVE: {
    kind: 'invalid',
    zh: '示范性托位须为普惠托位：请先取得普惠认定，或取消“示范性”。',
    en: 'A demonstration nursery is an inclusive one: obtain that recognition first.',
  },
  CHC_FILING_EXCEEDED: {
    kind: 'conflict',
    zh: '备案编号{filing}已申报净增托位{reported}个，再报{newPlaces}个即超过该机构托位总数{places}个：请核对是否重复申报。',
    en: 'Under filing {filing} {reported} places are reported; {newPlaces} more exceed its {places}: check for a repetition.',
  },
  CHC_NOT_COMPREHENSIVE: {
    kind: 'invalid',
    zh: '本项只计综合性托育机构，填报形式为{form}：请只按托位申报。',
    en: 'Counts comprehensive nurseries only and not this form ({form}): deliver its places alone.',
  },
  CHC_NOT_GOVERNMENT_RUN: {
    kind: 'invalid',
    zh: '规划要求每个县设置1所政府举办的妇幼保健机构：非政府举办的不计入，请勿申报。',
    en: 'The plan asks for an institution that is run by the government: another one does not count.',
  },
  CHC_WORKS_MISMATCH: {
    kind: 'invalid',
    zh: '现有机构只做标准化的请按“创建类”项目申报，新建、改扩建的请按建设类项目申报。',
    en: 'A standing institution is certified by an accreditation project; one that is built, by a building project.',
  },
  CHC_TIER_NOT_ASKED: {
    kind: 'invalid',
    zh: '产出量{measure}统计的是{asked}妇幼保健机构：请核对机构层级或改挂产出量。',
    en: 'Measure {measure} counts institutions of another tier ({asked}): check the tier or the measure.',
  },
  CHC_LEVEL_BELOW_TIER: {
    kind: 'invalid',
    zh: '{tier}妇幼保健机构须达到{needed}标准，填报未达到：请待评审通过后申报。',
    en: 'The level is below the one that the plan asks of this tier ({tier}: {needed}): deliver it once reached.',
  },
  CHC_LEVEL_NEEDS_REVIEW: {
    kind: 'invalid',
    zh: '等级由评审取得，不随建设竣工取得：请按“创建类”项目申报。',
    en: 'A level is granted by review, not by finishing a building: register an accreditation project.',
  },
  CHC_NOT_FREE: {
    kind: 'invalid',
    zh: '规划要求的是免费孕前优生健康检查：收费的检查不计入覆盖。',
    en: 'The plan asks for check-ups free of charge: others cover nobody.',
  },
  CHC_NO_ELIGIBLE: {
    kind: 'invalid',
    zh: '覆盖须有应检对象作分母：请填写当年应检夫妇对数。',
    en: 'Coverage needs those entitled to it as its denominator: state the eligible couples of the year.',
  },
  CHC_CHECKED_EXCEED_ELIGIBLE: {
    kind: 'invalid',
    zh: '已检{checked}对多于应检{eligible}对：请核对分母，外地户籍的不计入已检。',
    en: '{checked} couples were checked of {eligible} eligible: check the denominator, people from elsewhere are not in it.',
  },
  CHC_CONNECTED_EXCEED: {
    kind: 'invalid',
    zh: '已接入县（区）{connected}个多于应接入{districts}个：请核对。',
    en: '{connected} counties are connected of {districts}: check both.',
  },
  CHC_NOT_ACCEPTED: {
    kind: 'conflict',
    zh: '尚未通过消防验收（检查），暂不计入：通过后请申报该里程碑。',
    en: 'Has not passed its fire acceptance: does not count yet.',
  },
  CHC_BUILT_NOT_FILED: {
    kind: 'conflict',
    zh: '建成未投用：已通过消防验收、未办理托育机构备案，备案后请申报该里程碑。',
    en: 'Built, not in use: it passed its fire acceptance but is not filed as a nursery.',
  },
  CHC_PLACES_NOT_OPENED: {
    kind: 'conflict',
    zh: '建成未投用：已备案、托位尚未可用，可以收托后请申报该里程碑。',
    en: 'Filed, but its places cannot be used yet: claim that milestone once they can.',
  },
  CHC_FILING_NUMBER_UNSTATED: {
    kind: 'conflict',
    zh: '已申报备案但没有备案编号，暂不计入：请补报托育机构备案编号。',
    en: 'Filing is claimed without its number: state it.',
  },
  CHC_NOT_LICENSED: {
    kind: 'conflict',
    zh: '妇幼保健机构尚未执业登记，暂不计入：登记后请申报该里程碑。',
    en: 'Not licensed to practise: does not count yet.',
  },
  CHC_INSTITUTION_NOT_OPENED: {
    kind: 'conflict',
    zh: '建成未投用：妇幼保健机构已执业登记、未开诊，开诊后请申报该里程碑。',
    en: 'Licensed, but not open to mothers and children: claim its opening once it is.',
  },
  CHC_LICENCE_UNSTATED: {
    kind: 'conflict',
    zh: '没有执业登记号，暂不计入：请补报。',
    en: 'Its licence number was never stated: state it.',
  },
  CHC_NOT_STANDARDISED: {
    kind: 'conflict',
    zh: '尚未通过标准化认定，暂不计入：认定后请补报认定文号。',
    en: 'Not certified as up to standard: state the document once it is.',
  },
  CHC_AWAITING_DOCUMENT: {
    kind: 'conflict',
    zh: '评审尚无批文，暂不计入：公示不等于批准，批文下达后请申报该里程碑。',
    en: 'Reviewed, not granted: claim the document once there is one.',
  },
  CHC_DOCUMENT_UNSTATED: {
    kind: 'conflict',
    zh: '已申报批复或验收、没有文号，暂不计入：请补报文号。',
    en: 'Granted or accepted without the number of its document: state it.',
  },
  CHC_NO_CHECK_UPS_YET: {
    kind: 'conflict',
    zh: '项目已开通、没有当年检查记录，暂不计入：有检查后请补报已检对数。',
    en: 'Offered, but nobody was checked this year: state the number once there are some.',
  },
  CHC_SYSTEM_NOT_ACCEPTED: {
    kind: 'conflict',
    zh: '信息系统尚未竣工验收，暂不计入。',
    en: 'The system is not accepted yet.',
  },
  CHC_SYSTEM_NOT_IN_USE: {
    kind: 'conflict',
    zh: '建成未投用：信息系统已验收、未上线，上线后请申报该里程碑。',
    en: 'The system is accepted but not in use: claim that once it is.',
  },
  CHC_SYSTEM_NOT_EVERYWHERE: {
    kind: 'conflict',
    zh: '规划要求全域覆盖：尚未接入全部县（区），暂不计入，全部接入后请补报。',
    en: 'The plan asks for the whole city: not all of its counties are connected.',
  },
};
