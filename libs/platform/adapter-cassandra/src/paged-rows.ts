import { type Row } from './statement';

export interface Page {
  readonly rows: readonly Row[];
  /** Where the next page starts; null or undefined after the last. */
  readonly pageState?: string | null | undefined;
}

/**
 * The rows of all pages, in order. While a page is consumed the next one is under way, and never more than that one:
 * a slow consumer holds the server back. Whoever stops reading stops the paging.
 */
export async function* pagedRows(fetch: (pageState?: string) => Promise<Page>): AsyncGenerator<Row, void, undefined> {
  let page = await fetch();
  for (;;) {
    const next = page.pageState ? fetch(page.pageState) : undefined;
    // Its failure is thrown where it is awaited, below; abandoned before that, it concerns nobody any more.
    next?.catch(() => undefined);
    yield* page.rows;
    if (!next) return;
    page = await next;
  }
}
