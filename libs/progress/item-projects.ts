import type { IsoDate } from '@planledger/kernel';
import type { Cells } from './cells.js';
import type { ProjectGroup } from './cells-groups.js';
import { totalOn } from './series.js';

/** Linked projects of an item that go on, and how many of them have claimed 开工. */
export interface ItemProjects {
  readonly projects: number;
  readonly started: number;
}
export const NO_PROJECTS: ItemProjects = { projects: 0, started: 0 };

/** By item, for every item that has one. */
export function projectsByItem({ groups }: Cells, on: IsoDate): ReadonlyMap<string, ItemProjects> {
  const byItem = new Map<string, ItemProjects>();
  for (const group of groups.values()) {
    const more = { projects: totalOn(group.ongoing, on), started: totalOn(group.started, on) };
    if (more.projects === 0) continue;
    for (const item of group.items) {
      const { projects, started } = byItem.get(item) ?? NO_PROJECTS;
      byItem.set(item, { projects: projects + more.projects, started: started + more.started });
    }
  }
  return byItem;
}

/** The groups of projects that are linked to any of these items: no project is in two of them. */
export const groupsOf = ({ groups }: Cells, has: (item: string) => boolean): ProjectGroup[] =>
  [...groups.values()].filter(({ items }) => items.some(has));
