import { contentReadUrl } from './content-read-url';

it.each([
  ['http://content-service:9000', 'http://content-service:9000/content/v3/read/do_1'],
  ['http://content-service:9000/', 'http://content-service:9000/content/v3/read/do_1'],
  ['https://host/api/content/v1', 'https://host/api/content/v1/read/do_1'],
  ['https://host/api/content/v1/read/', 'https://host/api/content/v1/read/do_1'],
])('a content at %s is read at %s', (contentApiUrl, url) => {
  expect(contentReadUrl(contentApiUrl, 'do_1')).toBe(url);
});

it.each(['a/../b', 'a?b#c', '%2e%2e', ' ', '\u0000'])('an id like %j stays one part of the path', (id) => {
  const url = new URL(contentReadUrl('http://host', id) ?? '');
  expect([url.pathname.split('/').slice(0, -1).join('/'), url.search, url.hash]).toEqual(['/content/v3/read', '', '']);
  expect(decodeURIComponent(url.pathname.split('/').at(-1) ?? '')).toBe(id);
});

it.each(['.', '..'])('the id %s has no URL', (id) => {
  expect(contentReadUrl('http://host', id)).toBeUndefined();
});
