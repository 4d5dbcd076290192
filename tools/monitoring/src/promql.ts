import { parser } from '@prometheus-io/lezer-promql';

/** A metric that an expression reads, and the labels that must be there for it to mean something. */
export interface MetricUse {
  readonly metric: string;
  readonly labels: readonly string[];
}

type Tree = ReturnType<typeof parser.parse>;
type Node = Tree['topNode'];

/**
 * The metrics of a PromQL expression with the labels that select them, and those by which everything around them is
 * grouped (`sum by (route) (…)`).
 * @throws SyntaxError with the place
 */
export function metricsOf(expression: string): MetricUse[] {
  const { topNode } = parser.parse(expression);
  const textOf = ({ from, to }: Node): string => expression.slice(from, to);
  const visit = (node: Node, grouping: readonly string[]): MetricUse[] => {
    if (node.type.isError) throw new SyntaxError(`not PromQL from character ${node.from}: ${expression}`);
    const labels = [...grouping, ...(node.name === 'AggregateExpr' ? groupedBy(node, textOf) : [])];
    const own = node.name === 'VectorSelector' ? [useOf(node, labels, textOf)] : [];
    return [...own, ...childrenOf(node).flatMap((child) => visit(child, labels))];
  };
  return visit(topNode, []);
}

function useOf(selector: Node, grouping: readonly string[], textOf: (node: Node) => string): MetricUse {
  const [name] = childrenOf(selector).filter(({ name: kind }) => kind === 'Identifier');
  if (name === undefined) throw new SyntaxError(`a selector without the metric's name: ${textOf(selector)}`);
  const matched = descendants(selector).filter(({ name: kind }) => kind === 'LabelName');
  return { metric: textOf(name), labels: [...new Set([...grouping, ...matched.map(textOf)])].sort() };
}

function groupedBy(aggregate: Node, textOf: (node: Node) => string): string[] {
  const modifiers = childrenOf(aggregate).filter(({ name }) => name === 'AggregateModifier');
  return modifiers.flatMap((modifier) =>
    descendants(modifier)
      .filter(({ name }) => name === 'LabelName')
      .map(textOf),
  );
}

function descendants(node: Node): Node[] {
  return childrenOf(node).flatMap((child) => [child, ...descendants(child)]);
}

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}
