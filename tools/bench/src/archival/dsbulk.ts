import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { downloadJars, JAVA, pathOf } from '../../../stack/src';
import { type CommandMeasurement, measureCommand } from './measured-command';

export const DSBULK_VERSION = '1.10.0';
const ROOT = resolve(__dirname, '../../../..');
const CACHE = join(ROOT, 'data/bench');
const JARS = join(CACHE, `dsbulk-${DSBULK_VERSION}`);

/** What is unloaded, and from where. */
export interface Unload {
  /** `host:port` */
  readonly contactPoint: string;
  readonly datacenter: string;
  readonly query: string;
  /** Receives the files. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Gets DSBulk's jars by Maven, unless they are there. */
export async function prepareDsbulk(report: (line: string) => void): Promise<void> {
  if (existsSync(JARS)) return;
  mkdirSync(CACHE, { recursive: true });
  const arriving = mkdtempSync(join(CACHE, 'arriving-'));
  try {
    const pomFile = join(ROOT, 'tools/bench/config/dsbulk-pom.xml');
    await downloadJars({ pomFile, profile: 'dsbulk', title: 'DSBulk', folder: arriving }, report);
    if (readdirSync(arriving).length === 0) throw new Error('Maven brought no jars of DSBulk');
    renameSync(arriving, JARS);
  } finally {
    rmSync(arriving, { recursive: true, force: true });
  }
}

/** Unloads to gzip-compressed CSV, as performance-notes.md has it. @returns the rows that it says it wrote, with what it took */
export async function unload(asked: Unload): Promise<CommandMeasurement & { readonly rows: number }> {
  const [host = '', port = ''] = asked.contactPoint.split(':');
  const measurement = await measureCommand({
    command: pathOf(JAVA),
    args: [
      ...['-Xmx1g', '-cp', join(JARS, '*'), 'com.datastax.oss.dsbulk.runner.DataStaxBulkLoader', 'unload'],
      ...[
        '-h',
        host,
        '-port',
        port,
        '-dc',
        asked.datacenter,
        '-query',
        asked.query,
        '-url',
        join(asked.folder, 'rows'),
      ],
      ...['--connector.csv.compression', 'gzip', '--connector.csv.maxCharsPerColumn', '-1'],
      ...['--log.directory', join(asked.folder, 'logs')],
    ],
    environment: {},
    signal: asked.signal,
  });
  return { ...measurement, rows: rowsIn(measurement.stderr + measurement.stdout) };
}

/** Out of the table at its end: `total | failed | rows/s | …` and the figures below. */
export function rowsIn(said: string): number {
  const figures = [...said.matchAll(/^\s*([\d,]+)\s*\|\s*([\d,]+)\s*\|/gm)].at(-1);
  if (!figures || figures[2] !== '0') throw new Error(`DSBulk did not say that it wrote all rows:\n${said}`);
  return Number(figures[1]?.replaceAll(',', ''));
}
