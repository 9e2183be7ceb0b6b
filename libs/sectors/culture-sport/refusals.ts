import type { RejectionCatalogue } from '@planledger/kernel';

/** What the culture, tourism and sport rules say to the clerk: refusals first, then why a unit does not count yet. */
export const CULTURE_SPORT_REFUSALS: RejectionCatalogue = {
  CUL_ONE_AT_A_TIME: {
    kind: 'invalid',
    zh: '场馆、设施、认定逐个申报，产出量应为1，填报为{quantity}；只有足球场地按块申报。',
    en: 'Deliver venues, sites and titles one by one, quantity 1, not {quantity}; only pitches come in numbers.',
  },
  CUL_CATEGORY_NOT_ASKED: {
    kind: 'invalid',
    zh: '产出量{measure}只统计{asked}，填报类别为{stated}：请改选类别，或挂接相应任务申报。',
    en: 'Measure {measure} counts {asked}, stated is {stated}: change the category, or deliver it under its own task.',
  },
  CUL_HERITAGE_APPROVAL_MISSING: {
    kind: 'invalid',
    zh: '涉及文物保护单位、遗址或历史文化街区的，须先取得文物部门批准：请填写批准文号。',
    en: 'Works on or beside protected heritage need the heritage authority: state the number of its approval.',
  },
  CUL_NO_OPENING_HOURS: {
    kind: 'invalid',
    zh: '每周开放时间为0小时：以对公众开放为准，请填写公示的每周开放小时数。',
    en: 'It opens for no hour of the week: it counts as open to the public, so state the hours that are posted.',
  },
  CUL_CLOSED_ON_HOLIDAYS: {
    kind: 'invalid',
    zh: '公共体育设施在法定节假日和学校寒暑假不开放：节假日应当延长开放，不得关门，请调整后申报。',
    en: 'A public sports facility that closes on holidays is closed when people have time: it opens longer then.',
  },
  CUL_NOT_A_PUBLIC_FACILITY: {
    kind: 'invalid',
    zh: '{owner}不属于公共体育设施，不计入“公共体育设施全部开放”：向社会开放的请另行登记。',
    en: 'This facility ({owner}) is not one of the public ones that the measure asks for, open as it may be.',
  },
  CUL_SITE_EMPTY: {
    kind: 'invalid',
    zh: '健身场地面积和器材都为0：请至少填写一项。',
    en: 'A fitness site without ground and without equipment is none: state the one or the other.',
  },
  CUL_UPGRADE_CHANGES_NOTHING: {
    kind: 'invalid',
    zh: '提档升级没有更新器材，也没有改造场地：原有设施不得按提档升级申报，请填写更新件数或改造面积。',
    en: 'An upgrade that renews no equipment and no ground upgrades nothing: state what was renewed.',
  },
  CUL_RENEWED_EXCEED: {
    kind: 'invalid',
    zh: '更新器材{renewedSets}件或改造场地{renewedArea}平方米，多于现有{sets}件、{area}平方米：请核对。',
    en: 'Renewed {renewedSets} sets and {renewedArea} m² of only {sets} sets and {area} m²: check them.',
  },
  CUL_OUTSIDE_CIRCLE: {
    kind: 'invalid',
    zh: '社区到最近健身设施步行{minutes}分钟，超出{limit}分钟：不属于“10分钟健身圈”，请就近补建后申报。',
    en: 'The nearest site is {minutes} minutes on foot, beyond {limit}: the community is outside of the circle.',
  },
  CUL_PITCHES_MISMATCH: {
    kind: 'invalid',
    zh: '足球场地按块计数：五人制、七（八）人制、十一人制合计{pitches}块，与产出量{quantity}不一致，请核对。',
    en: 'Pitches count one by one: {pitches} of all sizes do not match the quantity {quantity}.',
  },
  CUL_PITCH_NOT_NEW: {
    kind: 'invalid',
    zh: '{works}的足球场地不增加块数：不得按本产出量申报。',
    en: 'This pitch ({works}) adds none to those that were there: it cannot be delivered under this measure.',
  },
  CUL_STANDARD_BELOW_ASKED: {
    kind: 'invalid',
    zh: '产出量{measure}要求{asked}，填报为{stated}：请取得后再申报。',
    en: 'Measure {measure} asks for {asked}, stated is {stated}: deliver it once it has that.',
  },
  CUL_TIER_NOT_ASKED: {
    kind: 'invalid',
    zh: '产出量{measure}按层级定标准（{asked}）：请填写机构层级，其他层级不在此申报。',
    en: 'Measure {measure} sets its standard by tier ({asked}): state the tier, others do not belong here.',
  },
  CUL_NOT_PERFORMED: {
    kind: 'invalid',
    zh: '演艺项目公演0场：未公演的不得申报，请填写公演场次。',
    en: 'A show that nobody has seen yet cannot be delivered: state how often it was performed.',
  },
  CUL_ROAD_BELOW_CLASS: {
    kind: 'invalid',
    zh: '公路技术等级为{stated}，未达到三级：请改造达标后申报。',
    en: 'The road is of class {stated}, below the third: rebuild it first.',
  },
  CUL_SYSTEM_NOT_FILED: {
    kind: 'invalid',
    zh: '信息系统未办理网络安全等级保护备案：请备案后填写备案号。',
    en: 'The system is not filed under the graded protection of networks: file it and state the number.',
  },
  CUL_REPOSITORY_EMPTY: {
    kind: 'invalid',
    zh: '数字资源库资源为0条：空库不得申报，请填写已入库资源数。',
    en: 'A repository without a record is empty: state what it holds.',
  },
  CUL_NOT_ACCEPTED: {
    kind: 'conflict',
    zh: '尚未验收，暂不计入：验收后请填报相应里程碑。',
    en: 'Not accepted yet; does not count.',
  },
  CUL_BUILT_NOT_OPENED: {
    kind: 'conflict',
    zh: '建成未开放：已验收、未对公众开放的不计入，开放后请填报里程碑“对公众开放”，自开放之日起计入。',
    en: 'Built, not open to the public: counts from the day on which people may come in.',
  },
  CUL_FACILITY_NOT_OPENED: {
    kind: 'conflict',
    zh: '设施尚未向公众开放，暂不计入：签了开放协议不等于开放。',
    en: 'Not open to the public yet: an agreement to open is not the opening.',
  },
  CUL_RECOGNITION_PENDING: {
    kind: 'conflict',
    zh: '已开放、未取得国家认定，暂不计入：取得认定后请补报文号。',
    en: 'Open, but not recognised by the state yet: state the document once it is.',
  },
  CUL_SET_INCOMPLETE: {
    kind: 'conflict',
    zh: '“两场三馆”尚未全部建成开放，暂不计入：两场、三馆到齐后请补报。',
    en: 'Not all two grounds and three halls are open yet; state them once they are.',
  },
  CUL_NO_OPEN_SITE_NEAR: {
    kind: 'conflict',
    zh: '步行范围内的健身设施尚未开放，暂不计入：设施开放后自开放之日起计入。',
    en: 'The site within reach is not open yet: the community counts from its opening.',
  },
  CUL_SYSTEM_NOT_IN_USE: {
    kind: 'conflict',
    zh: '系统已验收、未投用，暂不计入：投用后请填报里程碑“上线投用”。',
    en: 'Accepted, but nobody uses the system yet.',
  },
  CUL_NOT_CONNECTED: {
    kind: 'conflict',
    zh: '已投用、未与上级公共文化云互联互通，暂不计入：联通后请补报。',
    en: 'In use, but not connected with the cloud of the level above: state it once it is.',
  },
  CUL_NOT_NAMED: {
    kind: 'conflict',
    zh: '尚未认定（定级），暂不计入：申报、评估不等于认定。',
    en: 'Not recognised yet: neither the application nor the review is the title.',
  },
  CUL_TITLE_DOCUMENT_UNSTATED: {
    kind: 'conflict',
    zh: '已认定、未填认定文号，暂不计入：请补报文号。',
    en: 'Recognised, but without the number of the document: state it.',
  },
};
