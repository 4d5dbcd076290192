import { AppError } from '@scorekeep/platform/util-errors';
import { exhaustErrorCodes } from './exhaust.errors';

/** A node of a course's tree: a unit or a content. What is not said is empty. */
export interface CourseNode {
  readonly id: string;
  readonly name: string | undefined;
  readonly contentType: string;
  readonly objectType: string;
  readonly primaryCategory: string;
}

/** What a course consists of. */
export interface CourseHierarchy {
  /** The collection's own name; undefined when it has none. */
  readonly name: string | undefined;
  /** How many contents it has; undefined when that is not said. */
  readonly leafNodesCount: number | undefined;
  /** Every node below the collection that has an id, in hierarchy order: parents before children. */
  readonly nodes: readonly CourseNode[];
}

/** Which nodes are assessments. */
export interface AssessmentRules {
  /** Of such a `contentType` … */
  readonly contentTypes: readonly string[];
  /** … or of such an `objectType` and such a `primaryCategory`. */
  readonly objectTypes: readonly string[];
  readonly primaryCategories: readonly string[];
}

type JsonObject = Readonly<Record<string, unknown>>;

/** @param text the JSON tree in `content_hierarchy` @throws EXHAUST.UNREADABLE_HIERARCHY naming the course */
export function readHierarchy(courseId: string, text: string): CourseHierarchy {
  const root = parseTree(courseId, text);
  const { leafNodesCount } = root;
  const nodes: CourseNode[] = [];
  const waiting = childrenOf(root).reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const id = textOf(node, 'identifier');
    if (id !== '') nodes.push(courseNode(id, node));
    // Not spread into `push`: a course may have more children than a call can have arguments.
    for (const child of childrenOf(node).reverse()) waiting.push(child);
  }
  return {
    name: nameOf(root),
    leafNodesCount: typeof leafNodesCount === 'number' ? leafNodesCount : undefined,
    nodes,
  };
}

/** Title by content id; of a content that stands there twice, the first in hierarchy order. */
export function titlesIn({ nodes }: CourseHierarchy): Map<string, string> {
  const titles = new Map<string, string>();
  for (const { id, name } of nodes) if (name !== undefined && !titles.has(id)) titles.set(id, name);
  return titles;
}

/** Ids of the assessments in hierarchy order, each once. */
export function assessmentsIn({ nodes }: CourseHierarchy, rules: AssessmentRules): string[] {
  return [...new Set(nodes.filter((node) => isAssessment(node, rules)).map(({ id }) => id))];
}

function isAssessment({ contentType, objectType, primaryCategory }: CourseNode, rules: AssessmentRules): boolean {
  if (rules.contentTypes.includes(contentType)) return true;
  return rules.objectTypes.includes(objectType) && rules.primaryCategories.includes(primaryCategory);
}

function courseNode(id: string, node: JsonObject): CourseNode {
  return {
    id,
    name: nameOf(node),
    contentType: textOf(node, 'contentType'),
    objectType: textOf(node, 'objectType'),
    primaryCategory: textOf(node, 'primaryCategory'),
  };
}

function parseTree(courseId: string, text: string): JsonObject {
  let tree: unknown;
  try {
    tree = JSON.parse(text);
  } catch (cause) {
    throw unreadable(courseId, 'it is no JSON', cause);
  }
  if (!isObject(tree)) throw unreadable(courseId, 'it is JSON, but no object');
  return tree;
}

function childrenOf({ children }: JsonObject): JsonObject[] {
  return Array.isArray(children) ? children.filter(isObject) : [];
}

function nameOf({ name }: JsonObject): string | undefined {
  return typeof name === 'string' ? name : undefined;
}

function textOf(node: JsonObject, field: string): string {
  const value = node[field];
  return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(courseId: string, why: string, cause?: unknown): AppError {
  const words = `the hierarchy of course ${courseId} in content_hierarchy cannot be read: ${why}`;
  return new AppError(exhaustErrorCodes.unreadableHierarchy, words, { cause, context: { courseId } });
}
