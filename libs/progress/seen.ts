import type { Standing } from '@planledger/contracts';
import type { Child, Explanation, LeftOut } from './explanation.js';
import { projectsIn } from './node.js';

/** What stands in the place of a project that the reader may not see. */
const HIDDEN_NAME = '其他单位的项目';

/** Whether the reader may see a project, by its stream. */
export type Shows = (stream: string) => boolean;

/** By the standings in which projects are known: what is not among them hides nothing. */
export const showsIn =
  (standings: ReadonlyMap<string, Standing>, visible: (standing: Standing) => boolean): Shows =>
  (stream) => {
    const standing = standings.get(stream);
    return !standing || visible(standing);
  };

/** Whether an address may be asked about: a project that the reader may not see does not show, nor anything in it. */
export const isSeen = (shows: Shows, node: string): boolean => projectsIn(node).every(shows);

/**
 * An explanation as the reader may read it: lines of projects that he may not see keep their numbers, so that sums are the
 * same for everybody, and lose their names and addresses.
 */
export const asSeen = <Made extends Pick<Explanation, 'children' | 'leftOut'>>(shows: Shows, made: Made): Made => ({
  ...made,
  children: made.children.map((each): Child =>
    isSeen(shows, each.node) ? each : { ...each, node: '', name: HIDDEN_NAME },
  ),
  leftOut: made.leftOut.map(({ node, ...rest }): LeftOut =>
    node === undefined ? rest : isSeen(shows, node) ? { node, ...rest } : { ...rest, what: HIDDEN_NAME },
  ),
});
