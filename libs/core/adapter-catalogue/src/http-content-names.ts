import { ContentNames } from '@scorekeep/core/domain-exhaust';
import { AppError } from '@scorekeep/platform/util-errors';
import { contentApiUnavailable } from './catalogue.errors';
import { namesInAnswer } from './content-answer';
import { contentSearchUrl } from './content-search-url';
import { type ContentApiOptions } from './http-course-catalogue';
import { Turnstile } from './turnstile';

/** More than the search gives at most, if it is not asked for more. */
const IDS_PER_SEARCH = 100;

/** The content search API: names of contents and collections, in whatever state they are. */
export class HttpContentNames extends ContentNames {
  private readonly url: string;
  private readonly turnstile: Turnstile;

  /** @param options `url`: see `contentSearchUrl` */
  constructor(private readonly options: ContentApiOptions) {
    super();
    this.url = contentSearchUrl(options.url);
    this.turnstile = new Turnstile(options.maxRequests);
  }

  override async namesOf(ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const asked = [...new Set(ids)];
    const searches: Promise<Map<string, string>>[] = [];
    for (let start = 0; start < asked.length; start += IDS_PER_SEARCH) {
      const some = asked.slice(start, start + IDS_PER_SEARCH);
      searches.push(this.turnstile.pass(() => this.search(some)));
    }
    const found = new Map<string, string>();
    for (const names of await Promise.all(searches)) {
      for (const id of asked) if (names.has(id)) found.set(id, names.get(id) ?? '');
    }
    return found;
  }

  private async search(ids: readonly string[]): Promise<Map<string, string>> {
    const request = { filters: { identifier: ids, status: [] }, fields: ['identifier', 'name'], limit: ids.length };
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ request }),
        signal: AbortSignal.timeout(this.options.timeoutMs),
      });
      return namesInAnswer({ url: this.url, status: response.status, text: await response.text() });
    } catch (cause) {
      throw cause instanceof AppError ? cause : contentApiUnavailable('does not answer', this.url, cause);
    }
  }
}
