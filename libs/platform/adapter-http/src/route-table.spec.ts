import { RouteTable } from './route-table';

const table = new RouteTable();
table.add({ method: 'GET', url: '/v1/things/:thing' });
table.add({ method: 'PUT', url: '/v1/things/:thing' });
table.add({ method: 'POST', url: '/v1/things' });

describe('RouteTable', () => {
  it.each([
    ['/v1/things', ['POST']],
    ['/v1/things/7', ['GET', 'PUT']],
    ['/v1/%74hings/%2F', ['GET', 'PUT']],
    ['/v1/things/', []],
    ['/v1/things/7/8', []],
    ['/v1', []],
    ['/v1/%zz', []],
  ])('knows the methods of %s: %j', (path, methods) => {
    expect(table.at(path).map(({ method }) => method)).toEqual(methods);
  });
});
