import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { AppError } from '@scorekeep/platform/util-errors';
import { JAVA, MAVEN, pathOf } from './requirements';

export interface JarDownload {
  readonly pomFile: string;
  readonly profile: string;
  /** For people. */
  readonly title: string;
  /** Exists; receives the jars. */
  readonly folder: string;
}

const REPORT_EVERY_MS = 3000;
const LINES_KEPT = 15;

/** @throws AppError STACK.DOWNLOAD with the end of what Maven said */
export async function downloadJars(download: JarDownload, report: (line: string) => void): Promise<void> {
  const { title, profile, folder } = download;
  report(`${title}: downloading its jars…`);
  const goals = ['dependency:copy-dependencies', `-DoutputDirectory=${folder}`];
  const command = [pathOf(MAVEN), '-B', '-Dstyle.color=never', '-f', download.pomFile, `-P${profile}`, ...goals];
  const child = spawn('/bin/sh', ['-c', 'exec "$@" 2>&1', 'sh', ...command], {
    env: { ...process.env, JAVA_HOME: dirname(dirname(realpathSync(pathOf(JAVA)))) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const lastLines = await follow(createInterface({ input: child.stdout }), (progress) =>
    report(`${title}: ${progress}`),
  );
  if ((await exited) !== 0) {
    const words = `Maven could not download the jars of ${title}. The end of what it said:`;
    throw new AppError('STACK.DOWNLOAD', [words, ...lastLines].join('\n'), { retryable: true });
  }
}

async function follow(lines: AsyncIterable<string>, report: (progress: string) => void): Promise<string[]> {
  let [files, bytes, reportedAt] = [0, 0, performance.now()];
  const lastLines: string[] = [];
  for await (const line of lines) {
    const size = downloadedBytes(line);
    if (size === undefined) {
      if (!line.includes('Downloading from')) lastLines.push(line);
      if (lastLines.length > LINES_KEPT) lastLines.shift();
      continue;
    }
    [files, bytes] = [files + 1, bytes + size];
    if (performance.now() - reportedAt < REPORT_EVERY_MS) continue;
    reportedAt = performance.now();
    report(`${files} files, ${(bytes / 1e6).toFixed(1)} MB so far`);
  }
  if (files > 0) report(`${files} files, ${(bytes / 1e6).toFixed(1)} MB, complete`);
  return lastLines;
}

const UNITS: Readonly<Record<string, number>> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 };

/** Size out of `Downloaded from central: <url> (1.2 MB at 3.4 MB/s)`; undefined for every other line. */
export function downloadedBytes(line: string): number | undefined {
  const match = /Downloaded from .* \(([\d.]+) ([kMG]?B) at /.exec(line);
  return match ? Number(match[1]) * (UNITS[match[2] ?? 'B'] ?? 1) : undefined;
}
