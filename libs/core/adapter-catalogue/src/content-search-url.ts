/** Where a platform has its content search. */
const PLATFORM_PATH = '/api/content/v1';

/**
 * The URL that contents are searched at.
 *
 * @param contentApiUrl without a path that of the platform; with one that of a gateway's content API, or what the reference
 *   calls `content.read.api`, which ends in `/read/`
 */
export function contentSearchUrl(contentApiUrl: string): string {
  const { origin, pathname } = new URL(contentApiUrl);
  const path = pathname.replace(/\/+$/, '').replace(/\/read$/, '');
  return `${origin}${path || PLATFORM_PATH}/search`;
}
