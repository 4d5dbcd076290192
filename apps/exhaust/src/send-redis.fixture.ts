import { connect } from 'node:net';

/**
 * Sends commands to one of Redis' databases, one after the other. As bytes, because an app may not use the client that its
 * adapters use.
 *
 * @throws Error with the first error that Redis answers
 */
export async function sendRedis(url: string, database: number, commands: readonly string[][]): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const all = [['SELECT', String(database)], ...commands, ['QUIT']];
  socket.write(all.map(encoded).join(''));
  let answers = '';
  for await (const chunk of socket) answers += String(chunk);
  const error = answers.split('\r\n').find((line) => line.startsWith('-'));
  if (error !== undefined) throw new Error(`Redis: ${error.slice(1)}`);
}

function encoded(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}
