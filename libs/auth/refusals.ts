import type { Rejection, RejectionCatalogue, RejectionText } from '@planledger/kernel';

export type DenialCode =
  | 'ROLE_MAY_NOT'
  | 'OTHER_PLAN'
  | 'OTHER_SECTOR'
  | 'OTHER_COUNTY'
  | 'OTHER_UNIT'
  | 'OWN_CLAIM_PERSON'
  | 'OWN_CLAIM_UNIT';

/** Why not. `details` fill the sentence, speak of the one who asks alone, and are shown to him as they are. */
export interface Denial {
  readonly code: DenialCode;
  readonly details: Rejection['details'];
}

/** The sentences; OTHER_PLAN reads the same whether there is such a plan or not. */
export const AUTH_REFUSALS = {
  ROLE_MAY_NOT: {
    kind: 'forbidden',
    zh: '您的角色（{roleZh}）不能办理此事。请联系有权办理的人员：{entitledZh}。',
    en: 'Your role ({roleEn}) may not do this. Ask somebody who may: {entitledEn}.',
  },
  OTHER_PLAN: {
    kind: 'missing',
    zh: '没有找到这个规划。请核对规划编号；如需查看，请向系统运维员申请该规划的权限。',
    en: 'There is no such plan. Check its name; if you need to see it, ask the operator to be admitted to it.',
  },
  OTHER_SECTOR: {
    kind: 'forbidden',
    zh: '此事不在您的领域内（您的领域：{own}）。请转交该领域的主管部门办理，或核对所选领域。',
    en: 'This is outside your sector (yours: {own}). Pass it to the bureau of that sector, or check the sector chosen.',
  },
  OTHER_COUNTY: {
    kind: 'forbidden',
    zh: '此事不在您的县区内（您的县区：{own}）。请转交该县区的对口部门办理，或核对所选县区。',
    en: 'This is outside your county (yours: {own}). Pass it to the office of that county, or check the county chosen.',
  },
  OTHER_UNIT: {
    kind: 'forbidden',
    zh: '该项目由其他单位填报（您的单位：{own}）。请联系该项目的填报单位办理。',
    en: 'This project is reported by another unit (yours: {own}). Ask the unit that reports it.',
  },
  OWN_CLAIM_PERSON: {
    kind: 'forbidden',
    zh: '这是您本人填报的内容，填报人不能核验自己的填报。请由另一单位的核验人员核验。',
    en: 'You reported this yourself, and who reports cannot verify. Leave it to a verifier of another unit.',
  },
  OWN_CLAIM_UNIT: {
    kind: 'forbidden',
    zh: '这是本单位（{unit}）填报的内容，须由其他单位核验；市直部门自己的项目请报市发改委核验。',
    en: 'Your own unit ({unit}) reported this; another must verify it. A city bureau asks the commission to do so.',
  },
} as const satisfies Record<DenialCode, RejectionText> satisfies RejectionCatalogue;
