import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { CHECKS, readYaml, ROOT } from './deployed.js';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
interface Case {
  readonly input_series: readonly { readonly series: string }[];
  readonly alert_rule_test: readonly { readonly alertname: string; readonly exp_alerts?: readonly unknown[] }[];
}

const FOLDER = join(ROOT, 'deploy/prometheus');
const rules = (readYaml('deploy/prometheus/alerts.yml')['groups'] as { rules: Rule[] }[]).flatMap(
  (group) => group.rules,
);
const cases = readYaml('deploy/prometheus/alerts.test.yml')['tests'] as Case[];

function told(): Set<string> {
  const host = join(ROOT, 'libs/host');
  const sources = readdirSync(host).filter((file) => file.endsWith('.ts'));
  const own = sources.flatMap((file) =>
    [...readFileSync(join(host, file), 'utf8').matchAll(/name: '(planledger_\w+)'/g)].map(([, name]) => name ?? ''),
  );
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return new Set([...own, ...registry.getMetricsAsArray().map(({ name }) => name), 'up']);
}

function promtool(...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(join(CHECKS, 'promtool'), args, { cwd: FOLDER, encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

describe('the alerts', () => {
  it('are rules that Prometheus takes', () => {
    expect(promtool('check', 'rules', 'alerts.yml')).toMatchObject({ status: 0 });
  });

  it('fire when they should and keep quiet when they should not', () => {
    expect(promtool('test', 'rules', 'alerts.test.yml')).toMatchObject({ status: 0 });
    const shown = cases.flatMap((each) => each.alert_rule_test).filter(({ exp_alerts = [] }) => exp_alerts.length > 0);
    expect(new Set(shown.map(({ alertname }) => alertname))).toEqual(new Set(rules.map(({ alert }) => alert)));
  });

  it('are found out by their tests when a rule never fires', () => {
    const changed = mkdtempSync(join(tmpdir(), 'planledger-alerts-'));
    const copy = (file: string, change: (text: string) => string): void =>
      writeFileSync(join(changed, file), change(readFileSync(join(FOLDER, file), 'utf8')));
    copy('alerts.yml', (text) => text.replace('planledger_parked_keys{', 'planledger_parked{'));
    copy('alerts.test.yml', (text) => text);
    expect(promtool('test', 'rules', join(changed, 'alerts.test.yml'))).toMatchObject({
      status: 1,
      said: expect.stringContaining('PlanledgerKeysParked'),
    });
    rmSync(changed, { recursive: true });
  });

  it('look at what processes tell', () => {
    const known = told();
    const names = rules.flatMap(({ expr }) => expr.match(/\b(up|(planledger|process|nodejs)_\w+)(?=[{[])/g) ?? []);
    expect(names.length).toBeGreaterThanOrEqual(rules.length);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
    const series = cases.flatMap((each) => each.input_series).map(({ series: text }) => text.split('{')[0]);
    expect(new Set(series)).toEqual(new Set(names));
  });

  it('say how grave it is, what is the matter and what to do, with a page for each', () => {
    const pages = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');
    for (const { alert, labels, annotations } of rules) {
      expect(labels['severity']).toMatch(/^(critical|warning)$/);
      expect(annotations['summary']).toMatch(/\w/);
      expect(annotations['runbook']).toMatch(new RegExp(`^.+ docs/operations\\.md#${alert.toLowerCase()}$`));
      expect(pages).toContain(`\n### ${alert}\n`);
    }
  });
});
