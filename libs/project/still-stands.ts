import { effectiveEntries, type Entry } from '@planledger/contracts';
import type { Rejection } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import { emptyProject, foldEffective, type Sector } from '@planledger/sectors/kit';
import { admit } from './admit.js';
import { observable } from './admit-wide.js';
import { reject } from './command.js';

/**
 * Does everything in a stream still stand once it is rewritten (DESIGN §5)? Its effective entries are folded one by one,
 * each judged by the rules that let it in; the first that may not stand refuses.
 *
 * `entries`: the stream, by version, ending with the rewrite as it would be written.
 */
export function stillStands(entries: readonly Entry[], plan: PlanState, sector: Sector): Rejection | undefined {
  const effective = effectiveEntries(entries);
  const stream = entries[0]?.stream ?? '';
  if (stream.startsWith('indicator/')) {
    for (const { event } of effective) {
      if (event.case !== 'indicatorObserved' && event.case !== 'indicatorRevised') continue;
      const because = observable(plan, stream.slice('indicator/'.length), event.value);
      if (because) return because;
    }
    return undefined;
  }
  let project = emptyProject(stream);
  const newest = entries.at(-1)?.position;
  for (const one of effective) {
    const because = admit(project, { event: one.event, on: one.occurredOn }, sector, plan);
    if (because) {
      // The corrected entry itself: its own refusal says best what is wrong.
      if (one.positions.at(-1) === newest) return because;
      return reject('LATER_ENTRY_ILLEGAL', { entry: one.entry.position, because: because.rejected });
    }
    project = foldEffective(project, one);
  }
  return undefined;
}
