import { BaseRpcContext } from '@nestjs/microservices';
import { EMPTY, of, throwError } from 'rxjs';
import { callHandler } from './handler-call';

const context = new BaseRpcContext([]);
const done = { kind: 'done' };

describe('callHandler', () => {
  it.each([
    ['a promise', async () => [done]],
    ['an Observable', async () => of([done])],
  ])('takes outcomes from %s', async (_, handler) => {
    await expect(callHandler(handler, [], context)).resolves.toEqual([done]);
  });

  it('rejects with the error that was thrown', async () => {
    const error = new Error('mine');
    await expect(callHandler(async () => throwError(() => error), [], context)).rejects.toBe(error);
  });

  it('makes an error of what the default filter of Nest throws instead', async () => {
    const replaced = { status: 'error', message: 'Internal server error' };
    await expect(callHandler(async () => throwError(() => replaced), [], context)).rejects.toThrow(
      new Error('Internal server error'),
    );
  });

  it.each([
    ['nothing', undefined],
    ['no list', { kind: 'done' }],
    ['another kind', [{ kind: 'perhaps' }]],
    ['an empty element', [null]],
    ['an empty Observable', EMPTY],
  ])('rejects when the handler gives %s', async (_, given) => {
    await expect(callHandler(async () => given as never, [], context)).rejects.toThrow(Error);
  });
});
