import type { MeasureDefined } from '@planledger/contracts';
import { fraction } from '@planledger/kernel';
import type { Child } from './explanation.js';
import { type Answer, input, type Question, shareChild } from './explaining.js';
import { milestoneNode } from './node.js';
import { keysFrom } from './ordered.js';
import { isOngoing, milestoneShare } from './project.js';
import { SCHEME_STEPS, schemeStatus } from './scheme.js';

/** A 谋划: its status, and the document milestones of the linked projects that give it. */
export function schemeAnswer({ reading, confidence }: Question, { measure }: MeasureDefined): Answer {
  const { cells, standings, on } = reading;
  const streams = cells.works.get(measure)?.designing;
  const children: Child[] = [];
  const entries: number[] = [];
  for (const stream of streams ? keysFrom(streams) : []) {
    const standing = standings.get(stream);
    if (!standing || !isOngoing(standing, on)) continue;
    for (const milestone of standing.milestones) {
      if (milestone.type !== 'document' || milestone.exempt || !SCHEME_STEPS.has(milestone.milestone)) continue;
      const share = milestoneShare(milestone, confidence, on);
      const name = `${standing.name} ${milestone.name}`.trim();
      children.push(shareChild(milestoneNode(stream, milestone.milestone), name, fraction(milestone.weight), share));
      if (share.n > 0n) entries.push(...milestone.entries);
    }
  }
  return {
    ...{ value: null, whyNull: 'scheme', rule: 'none', children, entries },
    text: '谋划事项只报状态，不计百分比：以关联项目已达到的最后一个文件节点为准（在编、已报、已批）',
    inputs: [input('status', '状态', schemeStatus(cells, measure, confidence, on))],
  };
}
