import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expressionsOf, readAlerts, readDashboards } from './monitoring-files';
import { metricsOf } from './promql';

const root = resolve(__dirname, '../../..');
const alerts = [...readAlerts(root)].flatMap(([app, rules]) => rules.map((rule) => ({ app, ...rule })));
const dashboards = [...readDashboards(root)].map(([app, dashboard]) => ({ app, ...dashboard }));
const apps = [...new Set([...alerts, ...dashboards].map(({ app }) => app))];

/** As GitHub and most viewers make them of headings. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** The text under a heading, up to the next. */
function paragraph(page: string, anchor: string): string | undefined {
  const sections = readFileSync(join(root, page), 'utf8').split(/^#+ /m);
  const found = sections.find((section) => anchorOf(section.split('\n')[0] ?? '') === anchor);
  return found?.split('\n').slice(1).join('\n').trim();
}

describe('the alerts', () => {
  it('have names of their own', () => {
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  });

  it.each(alerts)('$alert: who must act when, and where it is said what to do', (rule) => {
    expect(existsSync(join(root, 'apps', rule.app, 'src/main.ts'))).toBe(true);
    expect(rule.for).toMatch(/^\d+[mh]$/);
    expect(['critical', 'warning', 'info']).toContain(rule.labels['severity']);
    expect(rule.labels['app']).toBe(rule.app);
    expect(rule.annotations['summary']).toMatch(/^.{20,}\.$/);
    const [page = '', anchor = ''] = (rule.annotations['runbook'] ?? '').split('#');
    expect(existsSync(join(root, page))).toBe(true);
    expect(paragraph(page, anchor)?.length).toBeGreaterThan(150);
  });
});

describe('every paragraph of a runbook', () => {
  it.each(apps)('of %s belongs to an alert', (app) => {
    const page = readFileSync(join(root, `docs/runbooks/${app}.md`), 'utf8');
    const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(alerts.filter((rule) => rule.app === app).map(({ alert }) => alert));
  });
});

describe('the dashboards', () => {
  it.each(dashboards)('$title: panels have places, names and targets of their own', ({ app, uid, panels }) => {
    expect(uid).toBe(`scorekeep-${app}`);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    expect(new Set(panels.map(({ gridPos: { x, y } }) => `${x},${y}`)).size).toBe(panels.length);
    panels.forEach(({ targets }) => expect(targets.length).toBeGreaterThan(0));
  });
});

describe('what is asked of Prometheus', () => {
  it.each(apps.flatMap((app) => expressionsOf(root, app)))('$place parses and names metrics', ({ expr }) => {
    expect(metricsOf(expr)).not.toEqual([]);
  });
});
