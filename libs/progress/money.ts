import type { Standing } from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import { changesOf } from './element.js';
import { endOf } from './project.js';
import type { Step } from './series.js';

/** Steps of one sum by its name. */
type Named = readonly [name: string, steps: readonly Step<bigint>[]];

/**
 * What a project adds to the sums of money of its group (DOMAIN §4.7), in 元:
 * - `estimate/b0`, `estimate/current`: the approved estimate;
 * - `completed/<confidence>`: completed since the start, by the first day of the calendar year whose last report says so:
 *   a standing knows years, no days; `completed/<confidence>/<year>`: of that year alone;
 * - `planned/b0/<year>`, `planned/current/<year>`;
 * - `requested`, `allocated`, `used` of its funds, each from the day on which it was; what was given back is out from then.
 * `gone/<name>` is what of each belongs to projects that have ended: out of current figures, never out of B0's.
 */
export function moneySteps(standing: Standing): Named[] {
  const sums = [...estimates(standing), ...byYear(standing), ...funds(standing)];
  const end = endOf(standing);
  if (end === undefined) return sums;
  const gone = sums
    .filter(([name]) => !name.includes('b0'))
    .map(([name, steps]): Named => [`gone/${name}`, steps.map(([day, yuan]) => [day > end ? day : end, yuan])]);
  return [...sums, ...gone];
}

function estimates({ estimateB0, estimate }: Standing): Named[] {
  const named: Named[] = [
    ['estimate/b0', [['', estimateB0]]],
    ['estimate/current', [['', estimate]]],
  ];
  return named.filter(([, [step]]) => step?.[1] !== 0n);
}

function byYear({ money }: Standing): Named[] {
  const sums = new Map<string, Step<bigint>[]>();
  const add = (name: string, day: IsoDate, yuan: bigint): void => {
    if (yuan === 0n) return;
    const steps = sums.get(name);
    if (steps) steps.push([day, yuan]);
    else sums.set(name, [[day, yuan]]);
  };
  let before = { claimed: 0n, verified: 0n };
  for (const row of [...money].sort((a, b) => a.year - b.year)) {
    for (const confidence of ['claimed', 'verified'] as const) {
      const more = row[confidence] - before[confidence];
      add(`completed/${confidence}`, `${row.year}-01-01`, more);
      add(`completed/${confidence}/${row.year}`, '', more);
    }
    add(`planned/b0/${row.year}`, '', row.plannedB0);
    add(`planned/current/${row.year}`, '', row.planned);
    before = row;
  }
  return [...sums];
}

function funds({ elements }: Standing): Named[] {
  const changes = elements.filter(({ kind }) => kind === 'funds').flatMap(changesOf);
  return (['requested', 'allocated', 'used'] as const).flatMap((name): Named[] => {
    const steps = changes.flatMap((each): Step<bigint>[] => (each[name] === 0n ? [] : [[each.on, each[name]]]));
    return steps.length > 0 ? [[name, steps]] : [];
  });
}
