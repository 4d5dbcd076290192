import { parseHostPortList } from './host-port';

describe('parseHostPortList', () => {
  it('splits a list of names, IPv4 and IPv6 addresses', () => {
    expect(parseHostPortList('node-1.example:9042, 10.0.0.1:1,[::1]:65535')).toEqual([
      { host: 'node-1.example', port: 9042 },
      { host: '10.0.0.1', port: 1 },
      { host: '::1', port: 65535 },
    ]);
  });

  it.each(['', 'host', 'host:', ':9042', 'host:0', 'host:65536', 'host:9042,', '::1:9042', 'http://host:80', 'a b:1'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseHostPortList(text)).toThrow(/^not a list of host:port/);
    },
  );
});
