import { contentSearchUrl } from './content-search-url';

it.each([
  ['http://platform:9000', 'http://platform:9000/api/content/v1/search'],
  ['http://platform:9000/', 'http://platform:9000/api/content/v1/search'],
  ['https://host/api/content/v1', 'https://host/api/content/v1/search'],
  ['https://host/api/content/v1/read/', 'https://host/api/content/v1/search'],
])('contents at %s are searched at %s', (contentApiUrl, url) => {
  expect(contentSearchUrl(contentApiUrl)).toBe(url);
});
