import { expect } from '@jest/globals';
import { does, type Town } from './town.js';

/** A month of the 祥符区 office of a sector: who reports it, who judges it, who closes it. */
export interface Month {
  readonly town: Town;
  readonly sector: string;
  readonly unit: string;
  readonly month: string;
  readonly clerk: string;
  /** Unit, county, bureau, in their order. */
  readonly judges: readonly [string, string, string];
  /** Names the month to those who have more than one unit or sector. */
  readonly names: { readonly unit: string; readonly sector: string };
}

export function monthOf(town: Town, sector: string, month = '2025-09'): Month {
  const unit = `410212-${sector}`;
  return {
    ...{ town, sector, unit, month, clerk: `clerk-${sector}-410212`, names: { unit, sector } },
    judges: [`approver-${sector}-410212`, 'county-commission-410212', `verifier-${sector}`],
  };
}

export const at = ({ month }: Month, act: string): string => `periods/${month}/${act}`;

export const opens = (month: Month, due = '2025-10-31'): Promise<number> =>
  does(month.town, 'commission', at(month, 'open'), {
    ...{ occurredOn: '2025-10-01', ...month.names, county: '410212', due },
  });

export const reports = (month: Month, body: object = { nil: false }): Promise<number> =>
  does(month.town, month.clerk, at(month, 'submit'), { occurredOn: '2025-10-08', ...body });

/** The first `levels` of unit, county and bureau approve, in their order. */
export async function approve(month: Month, levels = 3): Promise<void> {
  for (const person of month.judges.slice(0, levels)) {
    await does(month.town, person, at(month, 'approve'), { occurredOn: '2025-10-09', ...month.names });
  }
}

export const closes = (month: Month, person = 'commission'): Promise<number> =>
  does(month.town, person, at(month, 'close'), { occurredOn: '2025-10-10', ...month.names });

/** The month as everybody who reads the plan sees it. */
export async function seen({ town, month, names }: Month) {
  await town.caughtUp();
  const query = new URLSearchParams({ month, ...names });
  const { status, body } = await town.read('auditor', `periods?${query.toString()}`);
  expect(status).toBe(200);
  expect(body.periods).toHaveLength(1);
  return body.periods[0] as Readonly<Record<string, unknown>>;
}
