import { type DemoWorld } from './demo-world';

export interface ContentState {
  readonly contentId: string;
  readonly score: readonly { readonly attemptId: string; readonly totalScore: number }[];
  readonly bestScore: { readonly totalScore: number; readonly totalMaxScore: number; readonly attemptId: string };
  readonly attemptsCount: number;
}

export interface LearnerInBatch {
  readonly userId: string;
  readonly courseId: string;
  readonly batchId: string;
}

/** A learner's state over HTTP, as an app on the private network reads it. @throws Error when the answer is no success */
export async function readState(world: DemoWorld, learner: LearnerInBatch): Promise<readonly ContentState[]> {
  const response = await fetch(`http://127.0.0.1:${world.privatePort}/private/v1/content/state/read`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ request: { ...learner, fields: ['score'] } }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`content/state/read answered ${response.status}: ${text}`);
  return (JSON.parse(text) as { result: { contentList: ContentState[] } }).result.contentList;
}

/** Whether the service answers and is ready. */
export async function isReady(world: DemoWorld): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${world.environment['HTTP_PORT']}/health/ready`)).ok;
  } catch {
    return false;
  }
}
