import { type Redis } from 'ioredis';
import { CourseCatalogue } from '@scorekeep/core/domain-scoring';
import { answered } from './answered';
import { questionCountOf } from './question-count';

/** The databases that the catalogue is in; they may be one. */
export interface CatalogueDatabases {
  readonly relations: Redis;
  readonly contents: Redis;
}

/** Leaf nodes are the set `<courseId>:<courseId>:leafnodes`; a content is JSON at `<contentId>`, its field `totalquestions`. */
export class RedisCourseCatalogue extends CourseCatalogue {
  constructor(private readonly databases: CatalogueDatabases) {
    super();
  }

  override async leafNodesOf(courseId: string): Promise<ReadonlySet<string> | undefined> {
    const ids = await answered(this.databases.relations.smembers(`${courseId}:${courseId}:leafnodes`));
    return ids && ids.length > 0 ? new Set(ids) : undefined;
  }

  override async totalQuestionsOf(contentId: string): Promise<number | undefined> {
    const text = await answered(this.databases.contents.get(contentId));
    return text ? totalQuestionsIn(text) : undefined;
  }
}

/** The reference lower-cases the names of fields when it reads them, so they may be written in any case. */
function totalQuestionsIn(text: string): number | undefined {
  const content = parsed(text);
  if (typeof content !== 'object' || content === null) return undefined;
  const [, value] = Object.entries(content).find(([name]) => name.toLowerCase() === 'totalquestions') ?? [];
  return questionCountOf(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
