import type { Standing } from '@planledger/contracts';
import type { Child, Explanation, LeftOut } from './explanation.js';
import { projectsIn } from './node.js';

/** What stands in the place of a project that the reader may not see. */
const HIDDEN_NAME = '其他单位的项目';

/** Who may see a project, and the standings in which projects are known. */
export interface Sight {
  readonly standings: ReadonlyMap<string, Standing>;
  readonly visible: (standing: Standing) => boolean;
}

/** Whether an address may be asked about: a project that the reader may not see does not show, nor anything in it. */
export const isSeen = ({ standings, visible }: Sight, node: string): boolean =>
  projectsIn(node).every((stream) => {
    const standing = standings.get(stream);
    return !standing || visible(standing);
  });

/**
 * An explanation as the reader may read it: lines of projects that he may not see keep their numbers, so that sums are the
 * same for everybody, and lose their names and addresses.
 */
export function asSeen(sight: Sight, explanation: Explanation): Explanation {
  const { children, leftOut } = explanation;
  return {
    ...explanation,
    children: children.map((each) => child(sight, each)),
    leftOut: leftOut.map((each) => left(sight, each)),
  };
}

const child = (sight: Sight, each: Child): Child =>
  isSeen(sight, each.node) ? each : { ...each, node: '', name: HIDDEN_NAME };

function left(sight: Sight, each: LeftOut): LeftOut {
  const { node, ...rest } = each;
  return node === undefined || isSeen(sight, node) ? each : { ...rest, what: HIDDEN_NAME };
}
