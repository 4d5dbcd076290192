import { type LogEntry, type logCreator } from 'kafkajs';

/** Where this library's log lines go. `fields` are safe to log: no secrets, no record's content. */
export type KafkaLog = (level: 'info' | 'warn' | 'error', message: string, fields: Record<string, unknown>) => void;

/** Lines that say what another line says better, or that are part of every rebalance. */
const redundant = [
  /^\[BrokerPool\]/,
  /^\[Consumer\] (Crash|Restarting)/,
  /rebalancing, (so a rejoin|re-joining)/,
  /not aware of this member/,
];

/** Fields that repeat the line's own frame, or are too long for one. */
const dropped = new Set(['timestamp', 'logger', 'message', 'stack', 'retryTime', 'size', 'correlationId']);

/** While brokers are away kafkajs says so several times a second: the same line is passed on once in this time. */
const repeatAfterMs = 30_000;

/** How many different lines are remembered for that. */
const differentLines = 100;

/**
 * Passes kafkajs's lines on as warnings: kafkajs calls much an error that it heals itself by trying again; what it cannot
 * heal reaches this library as an exception.
 */
export function bridgeLog(log: KafkaLog, now: () => number = () => performance.now()): logCreator {
  const lastPassed = new Map<string, number>();
  return () => (entry) => {
    const message = `[${entry.namespace}] ${entry.log.message}`;
    const text = typeof entry.log['error'] === 'string' ? `${message} ${entry.log['error']}` : message;
    if (redundant.some((pattern) => pattern.test(text))) return;
    if (now() - (lastPassed.get(text) ?? -Infinity) < repeatAfterMs) return;
    if (lastPassed.size >= differentLines) lastPassed.clear();
    lastPassed.set(text, now());
    log('warn', `kafkajs: ${message}`, fieldsOf(entry));
  };
}

function fieldsOf(entry: LogEntry): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry.log).filter(([name]) => !dropped.has(name)));
}
