import type { Happening, ProjectState, Report } from '@planledger/sectors/kit';

type Plain = Readonly<Record<string, unknown>>;

const happening = ({ on, by, positions }: Happening): Plain => ({ on, by, entries: positions });

const report = ({ done, completedYuan, ...rest }: Report): Plain => ({
  ...happening(rest),
  done: Object.fromEntries(done),
  completedYuan: completedYuan.toString(),
});

const optionally = <T>(value: T | undefined, plain: (value: T) => Plain): Plain | null =>
  value === undefined ? null : plain(value);

/** A project as JSON: what was recorded, each with its day, its author and the positions of its entries. */
export function plainProject(plan: string, project: ProjectState): Plain {
  const { registration, baseline, lifecycle, progress } = project;
  return {
    plan,
    stream: project.stream,
    version: project.version,
    position: project.position,
    registration: optionally(registration, (value) => ({
      name: value.name,
      sector: value.sector,
      county: value.county,
      unit: value.unit,
      nature: value.nature,
      template: value.template,
      codes: value.codes.map(({ kind, value: code }) => ({ kind, value: code })),
      site: value.site,
      estimateYuan: value.estimateYuan.toString(),
      namedProject: value.namedProject,
      ...happening(value),
    })),
    items: [...project.items].map(([item, linked]) => ({ item, ...happening(linked) })),
    baseline: optionally(baseline, (value) => ({
      milestones: value.milestones.map(({ milestone, due, designed }) => ({ milestone, due, designed })),
      outputs: value.outputs.map(({ measure, quantity, due }) => ({ measure, quantity, due })),
      ...happening(value),
    })),
    milestones: [...project.milestones].map(([key, { claimed, verified, rejected }]) => ({
      milestone: key,
      claimed: optionally(claimed, happening),
      verified: optionally(verified, happening),
      rejected: optionally(rejected, (value) => ({ ...happening(value), reason: value.reason })),
    })),
    progress: {
      claimed: optionally(progress.claimed, report),
      verified: optionally(progress.verified, report),
      pending: progress.pending.map(report),
    },
    units: [...project.lostUnits, ...project.units.values()].map((unit) => ({
      unit: unit.unit,
      name: unit.name,
      measure: unit.measure,
      kind: unit.kind,
      quantity: unit.quantity,
      member: unit.member,
      facts: unit.facts,
      delivered: happening(unit.delivered),
      verified: optionally(unit.verified, happening),
      lost: optionally(unit.lost, happening),
      statements: unit.statements.map((statement) => ({
        facts: statement.facts,
        ...happening(statement),
        verified: optionally(statement.verified, happening),
      })),
    })),
    requests: [...project.requests].map(([request, { kind, entry, ...asked }]) => ({
      ...{ request, kind, entry, role: asked.role, ...happening(asked) },
    })),
    lifecycle: { status: lifecycle.status, since: lifecycle.since?.on ?? null, document: lifecycle.document },
  };
}
