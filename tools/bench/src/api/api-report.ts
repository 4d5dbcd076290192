import { statisticsOf } from '../statistics';
import { type LoadResult } from './constant-load';
import { type Measurement } from './measure-load';
import { type TokenRates } from './token-rate';

type Figure = 'p50Ms' | 'p99Ms' | 'cpuMsPerRequest' | 'acceptedPerSecond';

/** Median and spread of a figure over the runs. */
export function spread(values: readonly number[], digits: number): string {
  const { median, min, max } = statisticsOf(values);
  return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}

/** Answers other than 2xx, by status; 0: none at all. */
export function failuresOf({ statuses }: LoadResult): string {
  const failed = [...statuses].filter(([status]) => status < 200 || status >= 300);
  return failed.length === 0 ? 'no errors' : failed.map(([status, count]) => `${count} × ${status}`).join(', ');
}

export function describeMeasurement(measurement: Measurement): string {
  const { p50Ms, p99Ms, maxMs, cpuMsPerRequest, acceptedPerSecond } = measurement;
  const latencies = `p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, most ${maxMs.toFixed(0)} ms`;
  return `${acceptedPerSecond.toFixed(0)} accepted/s, ${latencies}, ${cpuMsPerRequest.toFixed(2)} CPU ms/request, ${failuresOf(measurement)}`;
}

export function summarizeMeasurements(measurements: readonly Measurement[]): string {
  const of = (figure: Figure, digits: number): string =>
    spread(
      measurements.map((each) => each[figure]),
      digits,
    );
  const failed = measurements.map(failuresOf).filter((text) => text !== 'no errors');
  return [
    `${of('acceptedPerSecond', 0)} accepted/s`,
    `p50 ${of('p50Ms', 1)} ms`,
    `p99 ${of('p99Ms', 1)} ms`,
    `${of('cpuMsPerRequest', 2)} CPU ms/request`,
    failed.length === 0 ? 'no errors' : `errors: ${failed.join('; ')}`,
  ].join(', ');
}

/** Of the medians. */
export function ratioOf(figure: Figure, measured: readonly Measurement[], yardstick: readonly Measurement[]): string {
  const medianOf = (of: readonly Measurement[]): number => statisticsOf(of.map((each) => each[figure])).median;
  return (medianOf(measured) / medianOf(yardstick)).toFixed(2);
}

export function describeTokens(rates: readonly TokenRates[]): string[] {
  const of = (side: keyof TokenRates): string =>
    spread(
      rates.map((each) => each[side]),
      0,
    );
  const ratios = rates.map(({ authenticator, bare }) => authenticator / bare);
  return [
    `authenticator  ${of('authenticator')} per CPU second`,
    `crypto.verify  ${of('bare')} per CPU second`,
    `ratio          ${spread(ratios, 2)}`,
  ];
}
