/**
 * clerk 填报, approver 审核, verifier 核验; the rest as they are called (DOMAIN §8). `service` is no person: a process of
 * this system that asks another one.
 */
export type Role =
  'clerk' | 'approver' | 'verifier' | 'county-commission' | 'commission' | 'auditor' | 'operator' | 'service';

export const ROLE_NAMES: Readonly<Record<Role, { readonly zh: string; readonly en: string }>> = {
  clerk: { zh: '填报员', en: 'clerk' },
  approver: { zh: '审核员', en: 'approver' },
  verifier: { zh: '市直部门核验员', en: 'verifier of the city bureau' },
  'county-commission': { zh: '县区发改委', en: 'county commission' },
  commission: { zh: '市发改委', en: 'commission' },
  auditor: { zh: '审计员', en: 'auditor' },
  operator: { zh: '系统运维员', en: 'operator' },
  service: { zh: '系统服务', en: 'service' },
};
