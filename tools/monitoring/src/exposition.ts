/** Metric → the labels of its samples. */
export type Exposed = ReadonlyMap<string, ReadonlySet<string>>;

/** What a service says at /metrics: samples by the names that Prometheus knows them by (`…_bucket`, `…_count`). */
export function parseExposition(text: string): Exposed {
  const exposed = new Map<string, Set<string>>();
  for (const line of text.split('\n').filter((each) => each !== '' && !each.startsWith('#'))) {
    const [, name = '', labels = ''] = /^([\w:]+)(?:\{(.*)\})? /.exec(line) ?? [];
    const known = exposed.get(name) ?? new Set();
    for (const [, label = ''] of labels.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)) known.add(label);
    exposed.set(name, known);
  }
  return exposed;
}
