import { type KnownRoute } from './route-access';

/** A route and the method it answers. */
export interface MethodRoute extends KnownRoute {
  readonly method: string;
}

interface TableEntry {
  readonly route: MethodRoute;
  readonly segments: readonly string[];
}

/** All routes of an app: to tell a path that is not there from a method that a path does not take. */
export class RouteTable {
  private readonly entries: TableEntry[] = [];

  add(route: MethodRoute): void {
    this.entries.push({ route, segments: route.url.split('/') });
  }

  /** In order of registration. */
  all(): MethodRoute[] {
    return this.entries.map(({ route }) => route);
  }

  /** Routes of any method to which the requested path leads; a query is no part of it. */
  at(path: string): MethodRoute[] {
    const segments = path.split('/').map(decoded);
    return this.entries.filter((entry) => leadsTo(segments, entry.segments)).map(({ route }) => route);
  }
}

/** A parameter (`:id`) stands for any one segment but an empty one, as in Nest. */
function leadsTo(segments: readonly string[], pattern: readonly string[]): boolean {
  return (
    segments.length === pattern.length &&
    pattern.every((part, index) => (part.startsWith(':') ? segments[index] !== '' : part === segments[index]))
  );
}

/** What cannot be decoded leads nowhere: the router refuses it before anybody asks here. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
}
