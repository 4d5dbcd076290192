/** Where the content service itself has its routes; a gateway has them elsewhere, and its URL says where. */
const SERVICE_PATH = '/content/v3';

/**
 * The URL that a content is read at.
 *
 * @param contentApiUrl without a path that of the content service; with one that of a gateway's content API, or what the
 *   reference calls `content.read.api`, which ends in `/read/`
 * @returns undefined for an id that no URL can name: `.` and `..` would be taken for folders, also when escaped
 */
export function contentReadUrl(contentApiUrl: string, contentId: string): string | undefined {
  if (contentId === '.' || contentId === '..') return undefined;
  const { origin, pathname } = new URL(contentApiUrl);
  const path = pathname.replace(/\/+$/, '').replace(/\/read$/, '');
  return `${origin}${path || SERVICE_PATH}/read/${encodeURIComponent(contentId)}`;
}
