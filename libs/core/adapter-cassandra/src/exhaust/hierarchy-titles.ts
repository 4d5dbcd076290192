import {
  CassandraErrorCode,
  type CassandraSession,
  type Row,
  type Statement,
} from '@scorekeep/platform/adapter-cassandra';
import { ContentTitles, type CourseTitles, exhaustErrorCodes } from '@scorekeep/core/domain-exhaust';
import { AppError, messageOf } from '@scorekeep/platform/util-errors';

/** What is read of a node of the JSON tree; anything else about it is ignored. */
interface HierarchyNode {
  readonly identifier?: unknown;
  readonly name?: unknown;
  readonly children?: unknown;
}

/** Names from the trees in `content_hierarchy`, a table of the content service's keyspace. */
export class HierarchyTitles extends ContentTitles {
  private readonly selectHierarchy: Statement;

  /** @param keyspace CASSANDRA_HIERARCHY_KEYSPACE: a checked name, since it becomes part of the statement */
  constructor(
    private readonly session: CassandraSession,
    keyspace: string,
  ) {
    super();
    this.selectHierarchy = {
      cql: `SELECT hierarchy FROM ${keyspace}.content_hierarchy WHERE identifier = ?`,
      idempotent: true,
    };
  }

  override async titlesOf(courseId: string): Promise<CourseTitles> {
    const row = await this.rowOf(courseId);
    const text = row?.['hierarchy'];
    if (typeof text !== 'string' || text === '') return { collectionName: undefined, titles: new Map() };
    const root = parseHierarchy(courseId, text);
    return { collectionName: nameOf(root), titles: titlesBelow(root) };
  }

  private async rowOf(courseId: string): Promise<Row | undefined> {
    try {
      return await this.session.one(this.selectHierarchy, [courseId]);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== CassandraErrorCode.invalidQuery) throw error;
      const words = `course hierarchies cannot be read: ${messageOf(error)} (setting CASSANDRA_HIERARCHY_KEYSPACE)`;
      throw new AppError(CassandraErrorCode.misconfigured, words, { cause: error });
    }
  }
}

/** Exported for its spec. @throws EXHAUST.UNREADABLE_HIERARCHY */
export function parseHierarchy(courseId: string, text: string): HierarchyNode {
  let tree: unknown;
  try {
    tree = JSON.parse(text);
  } catch (cause) {
    throw unreadable(courseId, 'it is no JSON', cause);
  }
  if (!isNode(tree)) throw unreadable(courseId, 'it is JSON, but no object');
  return tree;
}

/** Exported for its spec. In hierarchy order, parents before children; of a content that stands there twice the first. */
export function titlesBelow(root: HierarchyNode): Map<string, string> {
  const titles = new Map<string, string>();
  const waiting = childrenOf(root).reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const name = nameOf(node);
    const { identifier } = node;
    if (typeof identifier === 'string' && name !== undefined && !titles.has(identifier)) titles.set(identifier, name);
    waiting.push(...childrenOf(node).reverse());
  }
  return titles;
}

function childrenOf({ children }: HierarchyNode): HierarchyNode[] {
  return Array.isArray(children) ? children.filter(isNode) : [];
}

function nameOf({ name }: HierarchyNode): string | undefined {
  return typeof name === 'string' ? name : undefined;
}

function isNode(value: unknown): value is HierarchyNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(courseId: string, why: string, cause?: unknown): AppError {
  const words = `the hierarchy of course ${courseId} in content_hierarchy cannot be read: ${why}`;
  return new AppError(exhaustErrorCodes.unreadableHierarchy, words, { cause, context: { courseId } });
}
