import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A rule of `deploy/monitoring/alerts/<app>.yaml`. */
export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Panel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly refId: string; readonly expr: string }[];
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** Where an expression stands, for people. */
export interface Expression {
  readonly place: string;
  readonly expr: string;
}

interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Alert[] }[];
}

const folder = 'deploy/monitoring';

/** App → its alerts. */
export function readAlerts(root: string): ReadonlyMap<string, readonly Alert[]> {
  return new Map(
    filesOf(root, 'alerts', '.yaml').map(({ app, text }) => [
      app,
      (parse(text) as RuleFile).groups.flatMap(({ rules }) => rules),
    ]),
  );
}

/** App → its dashboard. */
export function readDashboards(root: string): ReadonlyMap<string, Dashboard> {
  return new Map(filesOf(root, 'dashboards', '.json').map(({ app, text }) => [app, JSON.parse(text) as Dashboard]));
}

/** Everything that is asked of Prometheus about an app. */
export function expressionsOf(root: string, app: string): Expression[] {
  const alerts = readAlerts(root).get(app) ?? [];
  const panels = readDashboards(root).get(app)?.panels ?? [];
  return [
    ...alerts.map(({ alert, expr }) => ({ place: `alert ${alert}`, expr })),
    ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ place: `panel "${title}"`, expr }))),
  ];
}

function filesOf(root: string, kind: string, ending: string): { readonly app: string; readonly text: string }[] {
  return readdirSync(join(root, folder, kind))
    .filter((name) => name.endsWith(ending))
    .map((name) => ({
      app: name.slice(0, -ending.length),
      text: readFileSync(join(root, folder, kind, name), 'utf8'),
    }));
}
